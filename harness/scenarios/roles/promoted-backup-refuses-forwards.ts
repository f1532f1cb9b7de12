/**
 * A deposed primary that does not know it can still reach its former backup, which has become
 * primary. It accepts requests of clients and forwards them; the new primary must refuse, so that
 * nothing is answered by the deposed one.
 */

import { banOfDeposed, depose, leadAstray } from '../stage/deposition.js';
import { wasMisdirected } from '../stage/exercise.js';
import { scenario } from '../stage/scenario.js';
import { settle, startPair } from '../stage/setting.js';
import { atMost, deathMs, unansweredUntil } from '../stage/silence.js';
import { meanwhile, readAll, startClerks, token } from '../stage/workload.js';

/** After so many calls it is known what the deposed primary answers. */
const CALLS = 6;

export const promotedBackupRefusesForwards = scenario({
  id: 'promoted-backup-refuses-forwards',
  title: 'A backup that has taken over refuses what the old primary forwards',
  source: 'kv-promoted',
  // The hand-out says it, as its protection against two primaries.
  tier: 'asked',
  circumstance: 'when the old primary still forwards',
  points: 15,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerks = startClerks(cluster);
    const [reader, writer] = clerks;
    await settle(cluster, reader, view);
    const partition = await depose(cluster, view);
    const witness = cluster.clerk('witness');
    await witness.put('kept', token(witness, 1));
    const astray = leadAstray(cluster, clerks, view.primary);
    const asked = [meanwhile(reader.get('kept')), meanwhile(writer.put('new', token(writer, 1)))];
    const why = `A client whose calls reached ${view.primary} was answered, but ${view.primary} was deposed, and ${view.backup}, which had taken over, had to refuse its forwards.`;
    await unansweredUntil(
      atMost(clock, deathMs(cluster.lab), () => astray.hits >= CALLS),
      asked,
      banOfDeposed(cluster, view.primary, why),
    );
    astray.heal();
    // Until it learns that it is deposed, the old primary may keep its clients waiting.
    partition.heal();
    await Promise.all(asked);
    await readAll(witness, ['kept', 'new']);
  },
  unexercised: wasMisdirected,
});
