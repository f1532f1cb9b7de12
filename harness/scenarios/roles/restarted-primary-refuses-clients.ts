/**
 * The primary crashes and comes back at once, without its memory, and cannot reach the view service. Its
 * clients have noticed nothing and go on asking it; it must refuse them until it knows its role.
 */

import { VIEW_SERVICE } from '../../cluster/cluster.js';
import { oneWay } from '../../faults/fault.js';
import { cut } from '../../faults/cut.js';
import { leadAstray } from '../stage/deposition.js';
import { wasMisdirected } from '../stage/exercise.js';
import { scenario } from '../stage/scenario.js';
import { promoted, settle, startPair } from '../stage/setting.js';
import { atMost, deathMs, unansweredUntil } from '../stage/silence.js';
import { meanwhile, readAll, startClerks, token } from '../stage/workload.js';

/** After so many calls it is known what the restarted server answers. */
const CALLS = 6;

/** How long the restarted server may take to listen, in ms; a cut-off server that first asks for the view never does. */
const LISTENING_MS = 1000;

export const restartedPrimaryRefusesClients = scenario({
  id: 'restarted-primary-refuses-clients',
  title: 'A primary that has restarted without its memory refuses clients',
  source: 'kv-roles',
  tier: 'implied',
  points: 10,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerks = startClerks(cluster);
    const [reader, writer] = clerks;
    await settle(cluster, reader, view);
    await writer.put('kept', token(writer, 1));
    const away = cluster.install(cut(), oneWay(view.primary, VIEW_SERVICE));
    await cluster.kill(view.primary);
    const restarted = meanwhile(cluster.restart(view.primary));
    await Promise.race([restarted, clock.sleep(LISTENING_MS)]);
    const astray = leadAstray(cluster, clerks, view.primary);
    const asked = [meanwhile(reader.get('kept')), meanwhile(writer.put('new', token(writer, 2)))];
    const refused = async () => {
      await promoted(cluster, view);
      await atMost(clock, deathMs(cluster.lab), () => astray.hits >= CALLS);
    };
    await unansweredUntil(refused(), asked, {
      why: `A client whose calls reached ${view.primary} was answered, but ${view.primary} had restarted without its data and did not know any view.`,
    });
    astray.heal();
    away.heal();
    await restarted;
    await Promise.all(asked);
    await readAll(reader, ['kept', 'new']);
  },
  unexercised: wasMisdirected,
});
