/** Why a view or pings did not come, found in made-up runs of the stock lab: pings every 100 ms, dead after 5. */

import { expect } from 'chai';
import type { Waited } from '../../../harness/cluster/contract-broken.js';
import type { Pinging } from '../../../harness/cluster/ping-record.js';
import type { TimelineEvent, View } from '../../../harness/history/timeline.js';
import { causeOfOverdue, type WaitFacts } from '../../../harness/run/overdue-cause.js';
import { viewOf } from '../../reference/recorded-network.js';

const NOW = 10_000;

/** pb1 has acknowledged view 2, with pb2 as its backup; pb3 is idle. All three go on pinging. */
const FORMED: readonly TimelineEvent[] = [
  pinged('pb1', 0, 10),
  pinged('pb2', 0, 20),
  pinged('pb3', 0, 21),
  told('pb1', viewOf(2, 'pb1', 'pb2'), 30),
  told('pb2', viewOf(2, 'pb1', 'pb2'), 40),
  pinged('pb1', 2, 50),
];

function pinged(process: string, viewnum: number, atMs: number): TimelineEvent {
  return { kind: 'pinged', atMs, process, viewnum };
}

function told(process: string, view: View, atMs: number): TimelineEvent {
  return { kind: 'told', atMs, askedMs: atMs - 1, process, view };
}

/** One that has pinged from the beginning; the last time at `lastMs`. */
function until(lastMs: number, viewnum = 2): Pinging {
  return { sinceMs: 10, lastMs, viewnum };
}

const ALL = { pb1: until(NOW - 10), pb2: until(NOW - 20), pb3: until(NOW - 30, 0) };

interface Run extends Partial<Omit<WaitFacts, 'pinging' | 'timeline'>> {
  events?: readonly TimelineEvent[];
  pinging?: Record<string, Pinging>;
  owner?: string;
}

function causeOf(waited: Waited, { events = [], pinging = ALL, owner, ...facts }: Run = {}) {
  return causeOfOverdue(waited, {
    lab: { pingIntervalMs: 100, deadPings: 5 },
    nowMs: NOW,
    timeline: [...FORMED, ...events].toSorted((a, b) => a.atMs - b.atMs),
    free: ['pb1', 'pb2', 'pb3'],
    mute: [],
    lastWords: (process) => `${process} printed nothing`,
    silence: (asker) => ({ owner: owner ?? asker, says: `${owner ?? asker} did not answer` }),
    ...facts,
    pinging: new Map(Object.entries(pinging)),
  });
}

/** Rule and symptom where a scenario waited for another view than this. */
function ofView(view: View, run: Run = {}): string | undefined {
  const cause = causeOf({ kind: 'view', view }, run);
  return cause && `${cause.rule} / ${cause.symptom}: ${cause.because}`;
}

const TWO = viewOf(2, 'pb1', 'pb2');
/** pb2 is gone, and its place is empty. */
const THREE = viewOf(3, 'pb1');
const EMPTY: Run = {
  events: [told('pb1', THREE, 1000), pinged('pb1', 3, 1100)],
  pinging: { ...ALL, pb2: until(300) },
  free: ['pb1', 'pb3'],
};

describe('the cause of a view that did not come', () => {
  it('is a missing refill, if an idle server pings and there is no backup', () => {
    expect(ofView(THREE, EMPTY)).to.equal(
      'view-idle / view-overdue: The view had to change, because there was no backup, and pb3 was idle.',
    );
  });

  it('is no missing refill where the backup could not be taken for long', () => {
    const young = { ...ALL, pb2: until(300), pb3: { sinceMs: NOW - 500, lastMs: NOW, viewnum: 0 } };
    expect(ofView(THREE, { ...EMPTY, pinging: young })).to.equal(undefined);
    const late = [told('pb1', THREE, 1000), pinged('pb1', 3, NOW - 500)];
    expect(ofView(THREE, { ...EMPTY, events: late })).to.equal(undefined);
  });

  it('is a dead member that the view service keeps', () => {
    const pinging = { ...ALL, pb1: until(3000) };
    expect(ofView(TWO, { pinging, free: ['pb2', 'pb3'] })).to.equal(
      'view-dead / view-overdue: The view had to change, because pb1 had fallen silent.',
    );
  });

  it('is a restarted member that the view service keeps', () => {
    const events = [pinged('pb2', 0, 3000)];
    expect(ofView(TWO, { events })).to.contain('view-restart / view-overdue').and.contain('pb2');
  });

  it('is that there is no first view', () => {
    expect(ofView(viewOf(0, ''))).to.contain('view-first / view-overdue');
  });

  it('is that no server ever pinged, where one has not called the view service', () => {
    const never = { pinging: {}, mute: ['pb1', 'pb2'] };
    expect(ofView(viewOf(0, ''), never)).to.equal(
      'view-dead / pings-overdue: pb1 never pinged the view service; pb1 printed nothing.',
    );
    expect(ofView(viewOf(0, ''), { ...never, mute: [] })).to.equal(undefined);
    expect(ofView(TWO, never)).to.equal(undefined);
    const young: TimelineEvent[] = [{ kind: 'started', atMs: NOW - 100, process: 'pb1' }];
    expect(ofView(viewOf(0, ''), { ...never, events: young })).to.contain('pb2 never pinged');
    const unread: TimelineEvent[] = [{ kind: 'unread', atMs: 5, process: 'pb2' }];
    expect(ofView(viewOf(0, ''), { ...never, events: unread })).to.equal(undefined);
  });

  it('is a primary that pings and does not acknowledge its view, and the call it waits for', () => {
    const events = [told('pb1', THREE, 1000)];
    expect(ofView(THREE, { ...EMPTY, events, owner: 'pb3' })).to.equal(
      'view-acknowledged / acknowledgement-overdue: The view service has to keep this view, because pb1 has not acknowledged it: pb1 still pinged with 2, and not with 3, at 9990 ms; pb3 did not answer.',
    );
  });

  it('is a server that is blocked', () => {
    const pinging = { ...ALL, pb1: until(3000) };
    const events = [told('pb1', THREE, 1000)];
    expect(ofView(THREE, { events, pinging, owner: 'pb2' })).to.equal(
      'view-dead / pings-overdue: pb1 has not pinged the view service since 3000 ms: pb2 did not answer.',
    );
  });

  it('is the view service, if it owes the answer to a ping', () => {
    const pinging = { ...ALL, pb1: until(3000) };
    const events = [told('pb1', THREE, 1000)];
    expect(ofView(THREE, { events, pinging, owner: 'vs' })).to.contain(
      'view-answers / view-service-silent',
    );
  });

  it('is not told where the view is as it should be', () => {
    expect(ofView(TWO)).to.equal(undefined);
  });

  it('is not told where the kit keeps a server from pinging, or did until a moment ago', () => {
    const pinging = { ...ALL, pb3: until(3000, 0) };
    expect(ofView(TWO, { pinging, free: ['pb1', 'pb2'] })).to.equal(undefined);
    const events: TimelineEvent[] = [{ kind: 'resumed', atMs: NOW - 100, process: 'pb3' }];
    expect(ofView(TWO, { pinging, events })).to.equal(undefined);
    expect(ofView(TWO, { pinging })).to.contain('pb3 has not pinged');
  });

  it('is not told where pings cannot be read', () => {
    expect(ofView(THREE, { ...EMPTY, pinging: {} })).to.equal(undefined);
    const unread: TimelineEvent = { kind: 'unread', atMs: 5, process: 'pb3' };
    expect(ofView(THREE, { ...EMPTY, events: [...(EMPTY.events ?? []), unread] })).to.equal(
      undefined,
    );
  });
});

describe('the cause of pings that did not come', () => {
  it('is the server that is blocked, and nothing where it pings', () => {
    const pinging = { ...ALL, pb1: until(3000) };
    const cause = causeOf({ kind: 'pings', server: 'pb1' }, { pinging, owner: 'pb2' });
    expect(cause).to.include({ rule: 'view-dead', symptom: 'pings-overdue' });
    expect(causeOf({ kind: 'pings', server: 'pb1' })).to.equal(undefined);
  });
});
