/**
 * A primary must not trust its clock. Its last answer from the view service
 * was delayed, so it looks fresh to the primary when the view service has already deposed it; clients
 * of both sides read and write all the time. A server that treats that answer as a lease answers a stale read.
 */

import { VIEW_SERVICE, type Cluster } from '../../cluster/cluster.js';
import { delayReply } from '../../faults/delay-reply.js';
import { dropRequest } from '../../faults/drop-request.js';
import { oneWay, type InstalledFault } from '../../faults/fault.js';
import { cut } from '../../faults/cut.js';
import type { View } from '../../history/timeline.js';
import { leadAstray } from '../stage/deposition.js';
import { scenario, type Stage } from '../stage/scenario.js';
import { promoted, settle, startPair } from '../stage/setting.js';
import { deathMs } from '../stage/silence.js';
import { meanwhile, token } from '../stage/workload.js';

/** Writes that are acknowledged after the backup has taken over. */
const LATE_WRITES = 4;

/** Between two operations of a client, in ms. */
const CLIENT_PAUSE_MS = 15;

export const deposedWithinItsLease = scenario({
  id: 'deposed-within-its-lease',
  title: 'A primary is deposed while its last answer from the view service is still fresh',
  source: 'kv-forwarding',
  tier: 'implied',
  circumstance: 'when a deposed primary is asked',
  points: 15,
  deadlineMs: 40_000,
  async run(stage) {
    const { cluster, clock, random } = stage;
    const view = await startPair(cluster);
    const [reader, writer] = [cluster.clerk('reader'), cluster.clerk('writer')];
    await settle(cluster, writer, view);
    await writer.put('k', token(writer, 0));
    const faults = makeLastAnswerLate(cluster, view);
    // Its backup may be out of its reach as well; then it cannot be written to at all.
    const isAlone = random.chance(0.5);
    if (isAlone) faults.push(cluster.install(cut(), oneWay(view.primary, view.backup)));
    faults.push(leadAstray(cluster, [reader], view.primary));
    let over = false;
    const keepOn = (step: (n: number) => Promise<unknown>) =>
      meanwhile(repeat(stage, step, () => over));
    const reading = keepOn(() => reader.get('k'));
    const writing = isAlone ? undefined : keepOn((n) => writer.put('k', token(writer, n)));
    await promoted(cluster, view);
    // One that comes now does not know the deposed primary, and cannot be waiting for it.
    const newcomer = cluster.clerk('newcomer');
    for (let n = 1; n <= LATE_WRITES; n++) {
      await newcomer.put('k', token(newcomer, n));
      await clock.sleep(CLIENT_PAUSE_MS);
    }
    over = true;
    for (const fault of faults) fault.heal();
    await Promise.all([reading, writing]);
    await newcomer.get('k');
  },
  mustTakeEffect: 'drop-request',
});

/** One more ping of the primary is answered, late but before its death; after it none arrives. */
function makeLastAnswerLate(cluster: Cluster, { primary }: View): InstalledFault[] {
  const pings = oneWay(primary, VIEW_SERVICE);
  return [
    cluster.install(delayReply(0.6 * deathMs(cluster.lab)), { links: pings, kth: 1 }),
    cluster.install(dropRequest(), pings),
  ];
}

/** Does one step after the other, from 1, with a pause after each. */
async function repeat(
  { clock }: Stage,
  step: (n: number) => Promise<unknown>,
  isOver: () => boolean,
): Promise<void> {
  for (let n = 1; !isOver(); n++) {
    await step(n);
    await clock.sleep(CLIENT_PAUSE_MS);
  }
}
