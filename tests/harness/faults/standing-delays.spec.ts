/** Runs in which calls of one kind are late throughout: what it does to them, and what is made of it. */

import { join } from 'node:path';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { dropReply } from '../../../harness/faults/drop-reply.js';
import { oneWay } from '../../../harness/faults/fault.js';
import {
  CLERKS,
  HELD_AT_MOST_MS,
  type StandingDelay,
} from '../../../harness/faults/standing-delay.js';
import { readHistory } from '../../../harness/history/format.js';
import { faultBit } from '../../../harness/scenarios/stage/exercise.js';
import { settle, startPair, startPrimary } from '../../../harness/scenarios/stage/setting.js';
import type { Scenario } from '../../../harness/scenarios/stage/scenario.js';
import { resolveSubmission, type Submission } from '../../../harness/submission/submission.js';
import { referenceWith } from '../../support/lawful.js';
import { runTest, scenario, type TestRun } from '../../support/runs.js';
import { useSession } from '../../support/session.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const DELAY_MS = 120;

const LATE_UPDATES: StandingDelay = {
  from: CLERKS,
  to: 'pb1',
  method: 'kv.update',
  part: 'request',
  delayMs: DELAY_MS,
  share: 1,
};

describe('a run with a standing delay', function () {
  const session = useSession();
  const place = useTemporaryDirectory();
  let reference: Submission;

  before(async () => {
    const resolved = await resolveSubmission('reference');
    if (resolved.kind !== 'ready') throw new Error('the reference needs no build');
    reference = resolved.submission;
  });

  const run = (more: Partial<TestRun> & { scenario: Scenario }) =>
    runTest({ submission: reference, standing: [LATE_UPDATES], ...more }, session());

  /** How long a put and a get of one client took, in ms. */
  const timing = (took: { put: number; get: number }) =>
    scenario(async ({ cluster, clock }) => {
      await startPrimary(cluster);
      const clerk = cluster.clerk('c1');
      await clerk.get('k');
      const putMs = clock.now();
      await clerk.put('k', 'value');
      const getMs = clock.now();
      await clerk.get('k');
      took.put = getMs - putMs;
      took.get = clock.now() - getMs;
    });

  for (const part of ['request', 'reply'] as const) {
    it(`holds the ${part} of the calls of its kind, and says so in its record`, async () => {
      const took = { put: 0, get: 0 };
      const delay = { ...LATE_UPDATES, part };
      const record = await run({ scenario: timing(took), standing: [delay] });
      expect(record.verdict, record.reason).to.equal('pass');
      expect(took.put).to.be.at.least(DELAY_MS - 1);
      expect(took.get).to.be.below(took.put);
      expect(record.standing).to.deep.equal([delay]);
      expect(record.faults).to.deep.equal({ [`delay-${part}`]: 1 });
      expect(record.calls).to.deep.include({
        from: CLERKS,
        to: 'pb1',
        method: 'kv.update',
        calls: 1,
        held: 1,
      });
    });
  }

  it('that delays nothing counts the kinds of calls, those of all clients together', async () => {
    const two = scenario(async ({ cluster }) => {
      await startPrimary(cluster);
      for (const name of ['c1', 'c2']) await cluster.clerk(name).put('k', name);
    });
    const record = await run({ scenario: two, standing: [] });
    const kinds = record.calls?.map(({ from, to, method }) => `${method} ${from} ${to}`) ?? [];
    expect(kinds.toSorted()).to.deep.equal([
      'kv.update clerks pb1',
      'view.get clerks vs',
      'view.ping pb1 vs',
    ]);
    const updates = record.calls?.find(({ method }) => method === 'kv.update');
    expect(updates).to.include({ calls: 2, held: 0 });
    expect(record.faults).to.deep.equal({});
  });

  it('that was asked for none has neither delays nor counts', async () => {
    const record = await runTest(
      {
        submission: reference,
        scenario: scenario(async ({ cluster }) => void (await startPrimary(cluster))),
      },
      session(),
    );
    expect(record).not.to.have.any.keys('standing', 'calls');
  });

  const loseReply = (unexercised: Scenario['unexercised']) =>
    scenario(
      async ({ cluster }) => {
        await startPrimary(cluster);
        const lost = { links: oneWay('c1', 'pb1'), method: 'kv.update', kth: 1 };
        cluster.install(dropReply('late'), lost);
        await cluster.clerk('c1').put('k', 'value');
      },
      unexercised === undefined ? {} : { unexercised },
    );

  it('does the faults of its scenario to calls that are late', async () => {
    const record = await run({ scenario: loseReply(faultBit('drop-reply')) });
    expect(record.verdict, record.reason).to.equal('pass');
    expect(record.faults).to.deep.equal({ 'delay-request': 2, 'drop-reply': 1 });
  });

  it('does not take its delays for faults of the scenario', async () => {
    const record = await run({ scenario: loseReply(faultBit('delay-request')) });
    expect(record).to.include({ verdict: 'unknown', cause: 'fault-never-bit' });
  });

  it('says nothing if no call was late', async () => {
    const idle = scenario(async ({ cluster }) => void (await startPrimary(cluster)));
    const record = await run({ scenario: idle });
    expect(record).to.include({
      verdict: 'unknown',
      cause: 'fault-never-bit',
      reason: 'There was no call that should have been held back.',
    });
  });

  it('gives operations as much more time as all delays together may take, and tells of them', async () => {
    const failing = scenario(async ({ cluster }) => {
      await startPrimary(cluster);
      const clerk = cluster.clerk('c1');
      await clerk.get('k');
      await clerk.put('k', 'value');
      await clerk.get('k', { mayHang: true, deadlineMs: 1000 });
      expect('the sky', 'the colour of').to.equal('green');
    });
    const evidence = { root: place(), path: 'run' };
    const record = await run({ scenario: failing, evidence });
    expect(record.signature).to.equal('kv-latest / expectation-failed');
    const file = (name: string) => readFileSync(join(place(), 'run', name), 'utf8');
    const deadlines = readHistory(file('history.jsonl')).map(({ deadlineMs }) => deadlineMs);
    expect(deadlines.slice(1)).to.deep.equal([6000 + HELD_AT_MOST_MS, undefined]);
    const story = file('story.txt');
    expect(story).to.contain(
      'Throughout the run, all calls kv.update clerks→pb1 are delivered 120 ms late.',
    );
    expect(story).to.not.contain('Without this folder');
    expect(file('faults.jsonl')).to.contain('"standingMs":120');
  });

  it('waits for more pings where some may be on their way since before', async () => {
    let tookMs = 0;
    const waiting = scenario(async ({ cluster, clock }) => {
      await startPrimary(cluster);
      const startMs = clock.now();
      await cluster.waitForPings('pb1', 1);
      tookMs = clock.now() - startMs;
    });
    const pings = { ...LATE_UPDATES, from: 'pb1', to: 'vs', method: 'view.ping', delayMs: 150 };
    const record = await run({ scenario: waiting, standing: [pings] });
    expect(record.verdict, record.reason).to.equal('pass');
    // Two of them were asked before, and pings come a tenth of a second apart.
    expect(tookMs).to.be.above(190);
  });

  it('says nothing about a server that holds its lock during a late call, until it looks dead', async () => {
    const program = join(import.meta.dirname, '../scenarios/programs/lawful-service.js');
    const blocking = await referenceWith({
      server: `node ${program} blocking server {view} {self}`,
      clerk: `node ${program} blocking clerk {view}`,
    });
    const forwards = ['pb1', 'pb2'].map((from): StandingDelay => {
      const to = from === 'pb1' ? 'pb2' : 'pb1';
      return { ...LATE_UPDATES, from, to, method: 'backup.forward', delayMs: 600 };
    });
    const writing = scenario(async ({ cluster }) => {
      const view = await startPair(cluster);
      await settle(cluster, cluster.clerk('c1'), view);
    });
    const lawful = await run({ submission: blocking, scenario: writing, standing: forwards });
    expect(lawful).to.include({ verdict: 'unknown', cause: 'delayed-to-death' });
    expect(lawful.reason).to.match(/no ping of pb[12] for \d+ ms .* because calls were held back/);
    const unlocked = await run({ scenario: writing, standing: forwards });
    expect(unlocked.verdict, unlocked.reason).to.equal('pass');
  });
});
