/** What a run is said to have cost: from operations, calls and views to numbers with units. */

import { expect } from 'chai';
import { costsOf } from '../../../harness/costs/costs.js';
import type { Expenses } from '../../../harness/costs/expenses.js';
import type { Operation } from '../../../harness/history/operation.js';
import type { TimelineEvent, View } from '../../../harness/history/timeline.js';
import { createTracer } from '../../../harness/history/trace/tracer.js';
import { resolveSubmission } from '../../../harness/submission/submission.js';
import { settle, startPair } from '../../../harness/scenarios/stage/setting.js';
import { runTest, scenario } from '../../support/runs.js';
import { useSession } from '../../support/session.js';
import { history, open, put } from '../history/operations.js';

const PAIR: View = { viewnum: 2, primary: 'pb1', backup: 'pb2' };
const PROMOTED: View = { viewnum: 3, primary: 'pb2', backup: '' };

const nothing: Expenses = { calls: 0, askedByClerks: 0, askedByServers: new Map() };

function costs(
  operations: readonly Operation[],
  timeline: readonly TimelineEvent[] = [],
  expenses: Partial<Expenses> = {},
) {
  const context = { pingIntervalMs: 100, untilMs: 1000 };
  return costsOf(operations, timeline, { ...nothing, ...expenses }, context);
}

/** The start of a clerk and then puts of these latencies, each a second after the one before. */
function putsOf(...latenciesMs: number[]): Operation[] {
  return history(
    put('c1', 'first', 0, 900),
    ...latenciesMs.map((ms, n) => put('c1', `v${n}`, 1000 * (n + 1), 1000 * (n + 1) + ms)),
  );
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the latency of operations', () => {
  it('is that of the acknowledged ones, without the first of each client', () => {
    expect(costs(putsOf(3, 1, 2))).to.deep.equal({ latencyP50Ms: 2 });
    const open4 = open(put('c1', 'lost', 9000, 9500));
    expect(costs(history(...putsOf(3, 1, 2), open4)).latencyP50Ms).to.equal(2);
    expect(costs(history(put('c1', 'v', 0, 900)))).to.deep.equal({});
  });

  it('has a percentile only where there are operations enough for one', () => {
    const found = (count: number) => costs(putsOf(...upTo(count)));
    expect(found(19)).not.to.have.property('latencyP95Ms');
    expect(found(20).latencyP95Ms).to.equal(19);
    expect(found(99)).not.to.have.property('latencyP99Ms');
    expect(found(100)).to.include({ latencyP50Ms: 50, latencyP95Ms: 95, latencyP99Ms: 99 });
  });

  it('counts for operations per second only while one is under way', () => {
    // 20 of 5 ms each, a second apart, are as fast as 200 in a second.
    expect(costs(putsOf(...upTo(20).map(() => 5))).operationsPerSec).to.equal(200);
    const twice = (client: string) => [
      put(client, 'first', 0, 900),
      ...upTo(10).map((n) => put(client, `${n}`, n * 1000, n * 1000 + 5)),
    ];
    const both = [...twice('c1'), ...twice('c2')].toSorted((a, b) => a.callMs - b.callMs);
    expect(costs(history(...both)).operationsPerSec).to.equal(400);
  });
});

describe('the time of a fail-over', () => {
  const seen = (atMs: number, view: View): TimelineEvent => ({ kind: 'view', atMs, view });
  const killed = (atMs: number, process: string): TimelineEvent => ({
    kind: 'killed',
    atMs,
    process,
  });
  const failOver = (operations: readonly Operation[], ...timeline: TimelineEvent[]) =>
    costs(operations, timeline).failOverMs;

  it('lasts from the kill of the primary to the first answer after it', () => {
    const operations = history(
      put('c1', 'a', 0, 50),
      put('c1', 'b', 110, 600),
      put('c1', 'c', 610, 620),
    );
    expect(failOver(operations, seen(10, PAIR), killed(100, 'pb1'), seen(580, PROMOTED))).to.equal(
      500,
    );
    const frozen: TimelineEvent = { kind: 'paused', atMs: 100, process: 'pb1' };
    expect(failOver(operations, seen(10, PAIR), frozen, seen(580, PROMOTED))).to.equal(500);
  });

  it('does not take an answer that was on its way for one of the next primary', () => {
    const operations = history(put('c1', 'a', 90, 101), put('c2', 'b', 95, 650));
    expect(failOver(operations, seen(10, PAIR), killed(100, 'pb1'), seen(580, PROMOTED))).to.equal(
      550,
    );
  });

  it('is the mean of several, and absent where none was seen to end', () => {
    const operations = history(put('c1', 'a', 110, 600), put('c1', 'b', 1010, 1800));
    const again: View = { viewnum: 5, primary: 'pb1', backup: '' };
    const events = [seen(10, PAIR), killed(100, 'pb1'), seen(580, PROMOTED), killed(1000, 'pb2')];
    expect(failOver(operations, ...events, seen(1700, again))).to.equal(650);
    expect(failOver(operations, seen(10, PAIR), killed(100, 'pb2'), seen(580, PROMOTED))).to.be
      .undefined;
    expect(failOver(operations, seen(10, PAIR), killed(100, 'pb1'))).to.be.undefined;
    expect(failOver([], seen(10, PAIR), killed(100, 'pb1'), seen(580, PROMOTED))).to.be.undefined;
  });
});

describe('the bytes of a state transfer', () => {
  const told: TimelineEvent = { kind: 'told', atMs: 20, askedMs: 15, process: 'pb1', view: PAIR };
  /** A tracer that has seen requests from pb1 to pb2, as pairs of time and size. */
  const traced = (...requests: [atMs: number, bytes: number][]) => {
    let nowMs = 0;
    const tracer = createTracer({ now: () => nowMs });
    for (const [atMs, bytes] of requests) {
      nowMs = atMs;
      const notes = tracer.begin({ from: 'pb1', to: 'pb2', number: 1 });
      notes.asked(Buffer.alloc(bytes), { method: undefined, args: undefined });
    }
    return { largestRequest: tracer.largestRequest };
  };

  it('are those of the largest request to a new backup, before anything is acknowledged', () => {
    const operations = history(put('c1', 'a', 30, 60));
    const expenses = traced([10, 900], [18, 50], [40, 70], [70, 800]);
    expect(costs(operations, [told], expenses).transferBytes).to.equal(70);
  });

  it('are unknown where requests cannot be told apart, and where there was none', () => {
    expect(costs([], [told]).transferBytes).to.be.undefined;
    expect(costs([], [told], traced()).transferBytes).to.be.undefined;
    expect(costs([], [], traced([18, 50])).transferBytes).to.be.undefined;
  });
});

describe('the calls of an operation', () => {
  const many = putsOf(...upTo(19));

  it('are all calls, divided by the operations', () => {
    expect(costs(many, [], { calls: 50 }).callsPerOperation).to.equal(2.5);
    expect(costs(many.slice(1), [], { calls: 50 })).not.to.have.property('callsPerOperation');
  });

  it('to the view service are lookups, unless a server had to make them', () => {
    const started: TimelineEvent = { kind: 'started', atMs: 500, process: 'pb1' };
    const lookups = (byServer: number) =>
      costs(many, [started], { askedByClerks: 4, askedByServers: new Map([['pb1', byServer]]) })
        .viewLookups;
    // In half a second it pings five times, and perhaps once more.
    expect(lookups(0)).to.equal(0.2);
    expect(lookups(6)).to.equal(0.2);
    expect(lookups(16)).to.equal(0.7);
  });

  it('leave time for pings in each life of a server', () => {
    const lives: TimelineEvent[] = [
      { kind: 'started', atMs: 0, process: 'pb1' },
      { kind: 'killed', atMs: 200, process: 'pb1' },
      { kind: 'started', atMs: 700, process: 'pb1' },
    ];
    const expenses = { askedByServers: new Map([['pb1', 8]]) };
    expect(costs(many, lives, expenses).viewLookups).to.equal(0.05);
  });
});

describe('the record of a run', () => {
  const session = useSession();

  it('has what the run has cost', async () => {
    const resolved = await resolveSubmission('reference');
    if (resolved.kind !== 'ready') throw new Error('the reference needs no build');
    const twentyPuts = scenario(async ({ cluster }) => {
      const view = await startPair(cluster);
      const clerk = cluster.clerk('c1');
      // Until it has pinged again, the primary knows of no backup and hands nothing over.
      await settle(cluster, clerk, view);
      for (let n = 0; n < 25; n++) await clerk.put('k', `v${n}`);
    });
    const record = await runTest(
      { submission: resolved.submission, scenario: twentyPuts },
      session(),
    );
    const { latencyP99Ms, failOverMs, ...found } = record.costs ?? {};
    expect(latencyP99Ms ?? failOverMs).to.be.undefined;
    expect(found).to.have.all.keys(
      'operationsPerSec',
      'latencyP50Ms',
      'latencyP95Ms',
      'callsPerOperation',
      'transferBytes',
      'viewLookups',
    );
    expect(found.callsPerOperation).to.be.within(2, 3);
    expect(found.transferBytes).to.be.within(1, 10_000);
    expect(found.viewLookups).to.be.below(0.5);
  });
});
