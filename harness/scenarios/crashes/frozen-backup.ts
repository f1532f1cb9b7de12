/**
 * The backup freezes in the middle of a forward: its socket stays open and nobody answers. As long as it
 * belongs to the view, nothing may be answered without it; and as the lab's calls have no time-outs, the
 * primary may wait for it. When it has woken up everything must get done, and nothing may be missing.
 */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { oneWay } from '../../faults/fault.js';
import { strikeMidCall } from '../../faults/strike-mid-call.js';
import type { Operation } from '../../history/operation.js';
import { expectUnanswered } from '../stage/expectation.js';
import { faultBit } from '../stage/exercise.js';
import type { Scenario, Stage } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settle, settleAnew, startPair } from '../stage/setting.js';
import { atMost, deathMs } from '../stage/silence.js';
import { concurrently, readAll, startClerks, token, until } from '../stage/workload.js';

const CLERKS = 2;
const WRITES_PER_CLERK = 3;

export const frozenBackup: Scenario = {
  id: 'frozen-backup',
  title: 'The backup freezes in the middle of a forward, and wakes up',
  part: 'B',
  source: 'kv-forwarding',
  requires: ['get', 'put'],
  points: 15,
  deadlineMs: 40_000,
  checkers: [linearizability, deadlines],
  async run(stage) {
    const { cluster, clock, random } = stage;
    const first = await startPair(cluster);
    const { primary, backup } = first;
    const clerks = startClerks(cluster, CLERKS);
    const [witness, late] = [cluster.clerk('witness'), cluster.clerk('late')];
    await settle(cluster, witness, first);
    const strike = cluster.install(
      strikeMidCall('frozen', { freeze: () => cluster.pause(backup), kill: () => {} }),
      { links: oneWay(primary, backup), kth: random.integer(1, 3) },
    );
    const written: string[] = [];
    const writing = concurrently(clerks, WRITES_PER_CLERK, (clerk, n) => {
      const key = `${clerk.name}-${n}`;
      written.push(key);
      return clerk.put(key, token(clerk, n));
    });
    await Promise.race([writing, until(clock, () => strike.hits > 0)]);
    if (strike.hits === 0) return;
    const put = late.put('late', token(late, 1));
    await waitForBackup(stage, put, backup);
    strike.heal();
    cluster.resume(backup);
    await Promise.all([writing, put]);
    const view = await settleAnew(cluster, witness);
    await failOver(cluster, view);
    await readAll(witness, [...written, 'late', SETTLED_KEY]);
  },
  unexercised: faultBit('strike-mid-call'),
};

/** Waits until the frozen backup is out of the view, if that ever comes; `asked` was asked meanwhile. */
async function waitForBackup(
  { cluster, clock }: Stage,
  asked: Promise<Operation>,
  backup: string,
): Promise<void> {
  const isGone = async () => (await cluster.view()).backup !== backup;
  const answered = await Promise.race([asked, atMost(clock, 2 * deathMs(cluster.lab), isGone)]);
  // The view is looked at after the answer: if the backup still belongs to it, it did so all the time.
  if (answered === undefined || (await isGone())) return;
  expectUnanswered(
    answered,
    `${answered.client} was told that its put is done while ${backup}, the backup of the view, was frozen and cannot have accepted it.`,
  );
}
