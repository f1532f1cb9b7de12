/**
 * The moment in which clocks cannot be trusted. The last answer that the primary has from the view service
 * was long on its way, so that to the primary it looks fresh when the view service has given it up; clients
 * of both sides read and write all the time. Whoever takes that answer for a lease answers a stale read.
 */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { VIEW_SERVICE, type Clerk, type Cluster } from '../../cluster/cluster.js';
import { delayReply } from '../../faults/delay-reply.js';
import { dropRequest } from '../../faults/drop-request.js';
import { oneWay } from '../../faults/fault.js';
import { cut } from '../../faults/link-faults.js';
import type { View } from '../../history/timeline.js';
import { leadAstray } from '../stage/deposition.js';
import { wasMisdirected } from '../stage/exercise.js';
import type { Scenario, Stage } from '../stage/scenario.js';
import { promoted, settle, startPair } from '../stage/setting.js';
import { deathMs } from '../stage/silence.js';
import { meanwhile, token } from '../stage/workload.js';

/** Writes that are acknowledged after the backup has taken over. */
const LATE_WRITES = 4;

/** Between two operations of a client, in ms. */
const CLIENT_PAUSE_MS = 15;

export const deposedWithinItsLease: Scenario = {
  id: 'deposed-within-its-lease',
  title: 'A primary is deposed while the last answer of the view service is still fresh to it',
  part: 'B',
  source: 'kv-forwarding',
  requires: ['get', 'put'],
  points: 15,
  deadlineMs: 40_000,
  checkers: [linearizability, deadlines],
  async run(stage) {
    const { cluster, random } = stage;
    const view = await startPair(cluster);
    const [reader, writer] = [cluster.clerk('reader'), cluster.clerk('writer')];
    await settle(cluster, writer, view);
    await writer.put('k', token(writer, 0));
    makeLastAnswerLate(cluster, view);
    // Its backup may be out of its reach as well; then nothing can be written before that has taken over.
    const isAlone = random.chance(0.5);
    if (isAlone) cluster.install(cut(), oneWay(view.primary, view.backup));
    const astray = leadAstray(cluster, [reader], view.primary);
    let over = false;
    const reading = meanwhile(keepReading(stage, reader, () => over));
    if (isAlone) await promoted(cluster, view);
    // One that comes now does not know the deposed primary.
    await writeAcross(stage, isAlone ? cluster.clerk('newcomer') : writer, view);
    over = true;
    astray.heal();
    await reading;
    await writer.get('k');
  },
  unexercised: wasMisdirected,
};

/** One more ping of the primary is answered, late but before its death; after it none arrives. */
function makeLastAnswerLate(cluster: Cluster, { primary }: View): void {
  const pings = oneWay(primary, VIEW_SERVICE);
  cluster.install(delayReply(0.6 * deathMs(cluster.lab)), { links: pings, kth: 1 });
  cluster.install(dropRequest(), pings);
}

async function keepReading({ clock }: Stage, reader: Clerk, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await reader.get('k');
    await clock.sleep(CLIENT_PAUSE_MS);
  }
}

/** Writes all the time until the backup has taken over, and then some more. */
async function writeAcross({ cluster, clock }: Stage, writer: Clerk, view: View): Promise<void> {
  let late = -1;
  const takeover = promoted(cluster, view).then(() => (late = 0));
  for (let n = 1; late < LATE_WRITES; n++) {
    await writer.put('k', token(writer, n));
    if (late >= 0) late++;
    await clock.sleep(CLIENT_PAUSE_MS);
  }
  await takeover;
}
