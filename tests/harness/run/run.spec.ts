/** What a run comes to: its verdict, its record, its evidence, and that nothing of it is left. */

import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checker } from '../../../harness/checkers/checker.js';
import { deadlines } from '../../../harness/checkers/deadlines.js';
import { linearizability } from '../../../harness/checkers/linearizability.js';
import type { Cluster } from '../../../harness/cluster/cluster.js';
import { delayRequest } from '../../../harness/faults/delay-request.js';
import { dropReply } from '../../../harness/faults/drop-reply.js';
import { dropRequest } from '../../../harness/faults/drop-request.js';
import { oneWay } from '../../../harness/faults/fault.js';
import { cut } from '../../../harness/faults/cut.js';
import { unreliable } from '../../../harness/faults/unreliable.js';
import type { FaultEvent, View } from '../../../harness/history/timeline.js';
import { Late, Unmet } from '../../../harness/scenarios/stage/endings.js';
import { faultBit } from '../../../harness/scenarios/stage/exercise.js';
import { expectAtMost, expectUnanswered } from '../../../harness/scenarios/stage/expectation.js';
import { settle, startPair, startPrimary } from '../../../harness/scenarios/stage/setting.js';
import { resolveSubmission, type Submission } from '../../../harness/submission/submission.js';
import { isRecord } from '../../../reference/protocol.js';
import { runOnceAsTest, runTest, scenario } from '../../support/runs.js';
import { useSession } from '../../support/session.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

/** What the kit does before an operation is asked for. */
type Obstruct = (cluster: Cluster, view: View) => unknown;

describe('a run', () => {
  const session = useSession();
  const place = useTemporaryDirectory();
  let reference: Submission;

  before(async () => {
    const resolved = await resolveSubmission('reference');
    if (resolved.kind !== 'ready') throw new Error('the reference needs no build');
    reference = resolved.submission;
  });

  const evidence = () => ({ root: place(), path: 'evidence/run-1' });
  const evidenceFile = (name: string) =>
    readFileSync(join(place(), 'evidence/run-1', name), 'utf8');
  const linesOf = (name: string): unknown[] =>
    evidenceFile(name)
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));

  /** Loses the reply to the first call of c1 at pb1, whose put is then retried. */
  const loseReply = scenario(
    async ({ cluster }) => {
      await startPrimary(cluster);
      cluster.install(dropReply('late'), { links: oneWay('c1', 'pb1'), kth: 1 });
      const clerk = cluster.clerk('c1');
      await clerk.put('k', 'v');
      await clerk.get('k');
    },
    { checkers: [linearizability], unexercised: faultBit('drop-reply') },
  );
  /** Never satisfied. */
  const refusing: Checker = {
    name: 'refusing',
    check: () => ({
      verdict: 'fail',
      by: 'refusing',
      class: 'safety',
      rule: 'kv-latest',
      symptom: 'expectation-failed',
      says: 'It is never right.',
      evidence: { operations: [], events: [] },
    }),
  };
  const thenFail = scenario(async (stage) => {
    await loseReply.run(stage);
    expect('the sky', 'the colour of').to.equal('green');
  });

  it('that passes has a record, and no evidence', async () => {
    const record = await runTest(
      { submission: reference, scenario: loseReply, evidence: evidence() },
      session(),
    );
    expect(record).to.deep.include({
      key: 'test',
      index: 0,
      seed: 'test',
      scenario: 'test-scenario',
      submission: { name: 'reference', digest: reference.digest },
      world: 'processes',
      verdict: 'pass',
      operations: { ok: 2, failed: 0, indefinite: 0 },
      faults: { 'drop-reply': 1 },
    });
    expect(record.durationMs).to.be.above(0);
    expect(record.cpuMs).to.be.above(0);
    expect(record).not.to.have.any.keys('class', 'signature', 'cause', 'artifacts');
    // Attempts that a busy machine disturbs keep theirs.
    if (record.attempt === 0) expect(existsSync(join(place(), 'evidence'))).to.equal(false);
  });

  it('in which the kit was late is unknown, whatever else was found', async () => {
    const late = scenario(
      async ({ cluster }) => {
        await startPrimary(cluster);
        throw new Late('The kit had overslept.');
      },
      { checkers: [refusing] },
    );
    const record = await runOnceAsTest({ submission: reference, scenario: late }, session());
    expect(record).to.deep.include({
      verdict: 'unknown',
      cause: 'disturbed',
      reason: 'The kit had overslept.',
    });
  });

  it('whose rule was not kept fails in the words of its scenario, with the latest events', async () => {
    const unmet = scenario(async ({ cluster }) => {
      await startPrimary(cluster);
      const says = 'Expected pb1 to rest, but it was primary.';
      throw new Unmet({ symptom: 'view-restless', says });
    });
    const request = { submission: reference, scenario: unmet, evidence: evidence() };
    const record = await runTest(request, session());
    expect(record).to.deep.include({
      verdict: 'fail',
      class: 'liveness',
      signature: 'kv-latest / view-restless',
      reason: 'Expected pb1 to rest, but it was primary.',
    });
    expect(evidenceFile('story.txt')).to.contain('pb1 is told view 1: primary pb1, backup none');
  });

  it('holds the rules of views against the service, whatever its scenario is about', async () => {
    const resolved = await resolveSubmission('mutant:reuses-a-number');
    if (resolved.kind !== 'ready') throw new Error('a mutant needs no build');
    const pair = scenario(async ({ cluster }) => void (await startPair(cluster)));
    const { submission } = resolved;
    const record = await runTest({ submission, scenario: pair }, session());
    expect(record.signature).to.equal('view-numbers / view-number-reused');
    expect(record.besides).to.deep.include({ verdict: 'pass' });
  });

  it('whose expectation is not met fails, with the rule of its scenario', async () => {
    const record = await runTest({ submission: reference, scenario: thenFail }, session());
    expect(record).to.include({ verdict: 'fail', class: 'safety' });
    expect(record.signature).to.equal('kv-latest / expectation-failed / after drop-reply');
    expect(record.reason).to.equal("the colour of: expected 'the sky' to equal 'green'.");
    expect(record).not.to.have.any.keys('artifacts', 'cause');
  });

  it('in which somebody answered without right fails, with the operation that proves it', async () => {
    const answered = scenario(async ({ cluster }) => {
      await startPrimary(cluster);
      const put = await cluster.clerk('c1').put('k', 'v');
      expectUnanswered(put, 'A put was answered.');
    });
    const record = await runTest(
      { submission: reference, scenario: answered, evidence: evidence() },
      session(),
    );
    expect(record.reason).to.equal('A put was answered.');
    expect(record.signature).to.equal('kv-latest / answered-without-right / put');
    expect(evidenceFile('story.txt'))
      .to.match(/ms {2}c1 is told: put k "v" is done/)
      .and.match(
        /\nWhere it went wrong, as far as the calls show it:\n {2}pb1 answered c1's put of "v" at \d+ ms, in view 1 \(primary pb1, backup none\)\.\n/,
      );
  });

  it('that costs too much fails for its cost', async () => {
    const dear = scenario(() => {
      expectAtMost(20, 21.4, 'calls', 'a clerk remembers the view.');
      return Promise.resolve();
    });
    const record = await runTest({ submission: reference, scenario: dear }, session());
    expect(record).to.include({ verdict: 'fail', class: 'cost' });
    expect(record.reason).to.equal(
      'There were 21 calls, but at most 20 were expected: a clerk remembers the view.',
    );
  });

  it('that fails keeps its evidence', async () => {
    const record = await runTest(
      { submission: reference, scenario: thenFail, evidence: evidence() },
      session(),
    );
    expect(record.artifacts).to.equal('evidence/run-1');
    const stored: unknown = JSON.parse(evidenceFile('run.json'));
    expect(stored).to.deep.include({ format: 'pblab/run/1', spec: 'reference', record });
    expect(linesOf('history.jsonl')).to.satisfy((lines: object[]) =>
      lines.some((line) => 'op' in line && line.op === 'put' && 'key' in line && line.key === 'k'),
    );
    const [effect, ...others] = linesOf('faults.jsonl');
    expect(others).to.deep.equal([]);
    expect(effect).to.include({
      fault: 'drop-reply',
      from: 'c1',
      to: 'pb1',
      call: 1,
      method: 'kv.update',
      operation: 0,
      callerSaw: 'end of stream before the reply',
      delivered: true,
    });
    const [lost, retry] = linesOf('calls.jsonl').filter(
      (call) => isRecord(call) && call['from'] === 'c1' && call['to'] === 'pb1',
    );
    expect(lost).to.include({
      method: 'kv.update',
      operation: 0,
      ending: 'end of stream before the reply',
      fault: 'drop-reply',
    });
    expect(retry).to.include({ method: 'kv.update', operation: 0, ending: 'answered' });
    const events = evidenceFile('events.jsonl');
    for (const process of ['vs', 'pb1', 'c1']) {
      expect(events).to.include(`"process":"${process}"`);
    }
    expect(events).to.include('"primary":"pb1"').and.not.to.include('drop-reply');
    const story = evidenceFile('story.txt');
    expect(story).to.include('test-scenario, seed test: fail').and.include(record.reason);
    expect(story).to.include(`pblab replay ${join(place(), 'evidence/run-1')} -k 20`);
    expect(readdirSync(join(place(), 'evidence/run-1/logs')).toSorted()).to.deep.equal([
      'c1.log',
      'pb1.log',
      'vs.log',
    ]);
    expect(evidenceFile('logs/c1.log')).to.include('clerk: kv.update to pb1 failed: end of stream');
    const arrivals: unknown = JSON.parse(evidenceFile('arrivals.json'));
    const printed = isRecord(arrivals) ? arrivals['c1'] : undefined;
    const [first]: unknown[] = Array.isArray(printed) ? printed : [];
    expect(first).to.have.property('0', 0);
    expect(first).to.have.property('1').that.is.above(0).and.below(record.durationMs);
  });

  it('whose fault never bit is unknown', async () => {
    const idle = scenario(
      async ({ cluster }) => {
        await startPrimary(cluster);
        cluster.install(dropReply('late'), oneWay('c1', 'pb1'));
      },
      { unexercised: faultBit('drop-reply') },
    );
    const record = await runTest(
      { submission: reference, scenario: idle, evidence: evidence() },
      session(),
    );
    expect(record).to.include({
      verdict: 'unknown',
      cause: 'fault-never-bit',
      reason: 'The planned fault drop-reply took effect 0 times (needed: 1).',
    });
    expect(record).not.to.have.any.keys('class', 'signature');
    expect(evidenceFile('story.txt')).to.include('unknown');
  });

  describe('in which the kit itself is in the way', () => {
    const held = (obstruct: Obstruct, deadlineMs = 300, checkers = [linearizability, deadlines]) =>
      scenario(
        async ({ cluster }) => {
          const view = await startPair(cluster);
          const clerk = cluster.clerk('c1');
          await settle(cluster, clerk, view);
          obstruct(cluster, view);
          await clerk.put('k', 'v', { deadlineMs });
        },
        { checkers },
      );
    const OBSTRUCTIONS: [string, Obstruct, RegExp][] = [
      [
        'holds the call of the client',
        (cluster, { primary }) => cluster.install(delayRequest(600_000), oneWay('c1', primary)),
        /the kit holds c1's call to pb\d \(delay-request\)/,
      ],
      [
        'loses every forward',
        (cluster, { primary, backup }) => cluster.install(dropRequest(), oneWay(primary, backup)),
        /the kit blocks pb\d's calls to pb\d \(drop-request\)/,
      ],
      [
        'has frozen the backup',
        (cluster, { backup }) => cluster.pause(backup),
        /the kit has frozen pb\d/,
      ],
    ];
    for (const [what, obstruct, says] of OBSTRUCTIONS) {
      it(`and ${what} all the time, nobody is charged for an operation that is not done`, async () => {
        const record = await runTest(
          { submission: reference, scenario: held(obstruct) },
          session(),
        );
        expect(record).to.include({ verdict: 'unknown', cause: 'held-by-kit' });
        expect(record.reason).to.match(says);
      });
    }

    it('what is wrong whatever the time is charged all the same', async () => {
      const hold: Obstruct = (cluster, { backup }) => cluster.pause(backup);
      const record = await runTest(
        { submission: reference, scenario: held(hold, 300, [refusing, deadlines]) },
        session(),
      );
      expect(record).to.include({ verdict: 'fail', reason: 'It is never right.' });
    });

    it('for a while, the operation has its whole time after that', async () => {
      const released = held((cluster, { primary }) => {
        const cutOff = cluster.install(cut(), oneWay('c1', primary));
        void cluster.waitForPings(primary, 5).then(() => cutOff.heal());
      }, 650);
      const record = await runTest(
        { submission: reference, scenario: released, evidence: { ...evidence(), passing: true } },
        session(),
      );
      expect(record).to.include({ verdict: 'pass' });
      const [, put] = linesOf('history.jsonl').slice(1);
      expect(put).to.have.property('heldMs').that.is.above(0);
    });
  });

  it('that the kit has disturbed is unknown, even if it seems to have failed', async () => {
    const blocking = scenario(async ({ cluster, clock }) => {
      await startPrimary(cluster);
      const untilMs = performance.now() + 400;
      while (performance.now() < untilMs);
      // The monitor must have had a turn to see it.
      await clock.sleep(20);
      expect.fail('a failure that the lateness may have caused');
    });
    const record = await runOnceAsTest({ submission: reference, scenario: blocking }, session());
    expect(record).to.include({ verdict: 'unknown', cause: 'disturbed' });
    expect(record.lagMs).to.be.above(150);
    expect(record.reason).to.match(/^The kit itself was \d+ ms late \(bound 150 ms\)/);
  });

  it('that overruns the deadline of its scenario fails', async () => {
    const endless = scenario(({ clock }) => clock.sleep(60_000), { deadlineMs: 30 });
    const record = await runTest({ submission: reference, scenario: endless }, session());
    expect(record).to.include({ verdict: 'fail', class: 'liveness' });
    expect(record.signature).to.equal('kv-latest / scenario-overran');
  });

  it('rejects when the kit itself breaks, and cleans up all the same', async () => {
    const broken = scenario(async ({ cluster }) => {
      await startPrimary(cluster);
      await cluster.kill('nobody');
    });
    const outcome: unknown = await runTest(
      { submission: reference, scenario: broken, evidence: evidence() },
      session(),
    ).catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(Error);
    expect(String(outcome)).to.include('the scenario has started nothing called nobody');
    expect(existsSync(join(place(), 'evidence'))).to.equal(false);
  });

  it('with the same seed has the same calls of a sequential client lost', async () => {
    const lostCalls = async (seed: string): Promise<string[]> => {
      let effects: FaultEvent[] = [];
      const lossy = scenario(
        async ({ cluster }) => {
          await startPrimary(cluster);
          const clerk = cluster.clerk('c1');
          cluster.install(unreliable(), oneWay('c1', 'pb1'));
          for (let n = 0; n < 12; n++) await clerk.put('k', `v${n}`);
        },
        {
          unexercised({ timeline }) {
            effects = timeline.filter((event) => event.kind === 'fault');
            return undefined;
          },
        },
      );
      await runTest({ submission: reference, scenario: lossy, seed }, session());
      return effects.map(({ call, fault }) => `${call} ${fault}`);
    };
    const [first, again, other] = [
      await lostCalls('a'),
      await lostCalls('a'),
      await lostCalls('b'),
    ];
    expect(first).not.to.deep.equal([]);
    expect(again).to.deep.equal(first);
    expect(other).not.to.deep.equal(first);
  });
});
