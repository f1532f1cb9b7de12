/**
 * The primary is cut off from the view service, and a read that was on its way to it arrives only when its
 * backup has taken over and the value has been overwritten. The deposed primary must not answer it:
 * neither while the one that has taken over would refuse what it forwards, nor when that one is dead.
 */

import { VIEW_SERVICE, type Clerk } from '../../cluster/cluster.js';
import { delayRequest } from '../../faults/delay-request.js';
import { oneWay, type LinkSelector } from '../../faults/fault.js';
import { cut } from '../../faults/cut.js';
import type { Operation } from '../../history/operation.js';
import { depose, dialAnew } from '../stage/deposition.js';
import { heldCallArrived } from '../stage/exercise.js';
import { Unmet } from '../stage/endings.js';
import { scenario, type Stage } from '../stage/scenario.js';
import { failOver, settleAnew, startPair, startTrio } from '../stage/setting.js';
import { atMost, deathMs } from '../stage/silence.js';
import { meanwhile, token } from '../stage/workload.js';

/** Longer than any run: the read is held until it is let go. */
const HELD_MS = 600_000;

/** For so many ping intervals it is left with the deposed primary. */
const WAIT_INTERVALS = 3;

/** The read may take as long as two changes of view and itself, in ms. */
const READ_DEADLINE_MS = 18_000;

export const deposedPrimaryRefusesReads = scenario({
  id: 'deposed-primary-refuses-reads',
  version: 2,
  title: 'A primary that is cut off does not serve a read once its backup has taken over',
  source: 'kv-forwarding',
  tier: 'asked',
  stockTest: 'TestPartition1',
  circumstance: 'when a deposed primary is asked',
  points: 10,
  deadlineMs: 40_000,
  async run(stage) {
    await startPair(stage.cluster);
    await readAtDeposed(stage, (clerk) => clerk.put('k', token(clerk, 1)));
  },
  unexercised: heldCallArrived('delay-request'),
});

export const deposedPrimaryWithoutBackup = scenario({
  ...deposedPrimaryRefusesReads,
  id: 'deposed-primary-without-backup',
  title: 'A deposed primary does not serve a read, also when its former backup is dead',
  tier: 'asked',
  stockTest: 'TestPartition2',
  async run(stage) {
    const { cluster } = stage;
    await startTrio(cluster);
    await readAtDeposed(stage, async (clerk) => {
      const next = await settleAnew(cluster, clerk);
      const put = await clerk.put('k', token(clerk, 1));
      await failOver(cluster, next);
      return put;
    });
  },
});

/**
 * `goOn` is what comes between the fall of the old primary and the arrival of the read: a write, which it
 * returns, and what else there is. The reader may ask the view service before it calls; once its call is held, it
 * gets no answer until the call is released, so that it does not ask another server meanwhile.
 */
async function readAtDeposed(
  { cluster, clock }: Stage,
  goOn: (clerk: Clerk) => Promise<Operation>,
): Promise<void> {
  const [reader, writer] = [cluster.clerk('reader'), cluster.clerk('writer')];
  const view = await settleAnew(cluster, writer);
  await writer.put('k', token(writer, 1));
  await reader.get('k');
  const toServers: LinkSelector = (from, to) => from === reader.name && to !== VIEW_SERVICE;
  dialAnew(cluster, toServers);
  const held = cluster.install(delayRequest(HELD_MS), toServers);
  const reading = meanwhile(reader.get('k', { deadlineMs: READ_DEADLINE_MS }));
  await atMost(clock, deathMs(cluster.lab), () => held.hits > 0);
  if (held.hits === 0) {
    // A read that was not held is rightly answered, and shows nothing.
    held.heal();
    return void (await reading);
  }
  const uninformed = cluster.install(cut(), oneWay(reader.name, VIEW_SERVICE));
  const partition = await depose(cluster, view);
  const newcomer = cluster.clerk('newcomer');
  const renewed = await goOn(newcomer);
  held.heal();
  uninformed.heal();
  // Until it learns that it is deposed, the old primary may keep the reader waiting.
  await Promise.race([reading, clock.sleep(WAIT_INTERVALS * cluster.lab.pingIntervalMs)]);
  partition.heal();
  const read = await reading;
  if (read.value === token(writer, 1)) throw served(view.primary, renewed, read);
  await newcomer.get('k');
}

function served(deposed: string, renewed: Operation, read: Operation): Unmet {
  return new Unmet({
    symptom: 'stale-read',
    says: `${deposed} had been deposed and the value overwritten, but a read that then reached ${deposed} returned the old value: ${deposed} answered it alone.`,
    operations: [renewed, read],
  });
}
