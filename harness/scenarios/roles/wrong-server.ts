/**
 * Clients at the wrong server: their calls to the primary reach the backup, or an idle server. It must
 * refuse them, reads as well as writes; and once they reach the primary again every operation must complete.
 */

import type { View } from '../../history/timeline.js';
import { leadAstray } from '../stage/deposition.js';
import { wasMisdirected } from '../stage/exercise.js';
import { scenario, type Stage } from '../stage/scenario.js';
import { settle, startPair, startTrio } from '../stage/setting.js';
import { atMost, deathMs, unansweredUntil } from '../stage/silence.js';
import { meanwhile, modify, readAll, startClerks, token } from '../stage/workload.js';

/** After so many calls to the wrong server its answer is known. */
const CALLS = 6;

export const backupRefusesClients = scenario({
  id: 'backup-refuses-clients',
  title: 'Clients whose calls reach the backup are refused',
  source: 'kv-roles',
  // The hand-out says it; no stock test asks a backup.
  tier: 'asked',
  points: 10,
  async run(stage) {
    const view = await startPair(stage.cluster);
    await askWrongServer(stage, view, view.backup, 'only the backup');
  },
  unexercised: wasMisdirected,
});

export const idleRefusesClients = scenario({
  ...backupRefusesClients,
  id: 'idle-refuses-clients',
  title: 'Clients whose calls reach an idle server are refused',
  // The hand-out says it of every server that is not the primary.
  tier: 'asked',
  async run(stage) {
    const view = await startTrio(stage.cluster);
    const idle = ['pb1', 'pb2', 'pb3'].find(
      (name) => name !== view.primary && name !== view.backup,
    );
    if (idle === undefined) throw new Error('of three servers one is idle');
    await askWrongServer(stage, view, idle, 'neither primary nor backup');
  },
});

/** `role` is what the wrong server is, as the end of a sentence. */
async function askWrongServer(
  { cluster, clock }: Stage,
  view: View,
  wrong: string,
  role: string,
): Promise<void> {
  const [reader, writer] = startClerks(cluster);
  await settle(cluster, reader, view);
  await writer.put('kept', token(writer, 1));
  const astray = leadAstray(cluster, [reader, writer], wrong);
  const asked = [
    meanwhile(reader.get('kept')),
    meanwhile(modify(cluster, writer, 'new', token(writer, 2))),
  ];
  await unansweredUntil(
    atMost(clock, deathMs(cluster.lab), () => astray.hits >= CALLS),
    asked,
    {
      why: `A client whose calls reached ${wrong} was answered, but ${wrong} was ${role} and had to refuse it.`,
      stillHolds: async () => astray.hits > 0 && (await cluster.view()).viewnum === view.viewnum,
    },
  );
  astray.heal();
  await Promise.all(asked);
  await readAll(reader, ['kept', 'new']);
}
