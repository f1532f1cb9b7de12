/**
 * Words of pings and silences that only the seed knows, each answer held against an executable model of the
 * rules of views (`model/`). A kit that is late only makes the model more lenient: it takes the pings to have
 * come when they may have come, so it never takes lateness for a mistake of the view service.
 */

import type { Random } from '../../ground/seed.js';
import { highestView } from '../stage/exercise.js';
import { viewScenario, type Stage } from '../stage/scenario.js';
import { timesOf } from './model/times.js';
import type { World } from './walk/player.js';
import { setTable } from './walk/table.js';
import { walk } from './walk/walk.js';

const SERVERS = ['pb1', 'pb2', 'pb3', 'pb4'];

/** Words mean something once there is a view. */
const VIEWS = 1;

/** Seeds of fast-check are whole numbers of 31 bits. */
const HIGHEST_SEED = 2 ** 31 - 1;

export const generatedViews = viewScenario({
  id: 'generated-views',
  title: 'Servers ping and fall silent in a random order, and each view follows the rules',
  source: 'view-restart',
  tier: 'implied',
  points: 15,
  async run(stage) {
    const names = shuffled(SERVERS, stage.random.child('cast'));
    const table = setTable(names, timesOf(stage.cluster.lab));
    await walk(
      await startWorld(stage, names),
      table,
      stage.random.child('words').integer(0, HIGHEST_SEED),
    );
  },
  unexercised: highestView(VIEWS),
});

async function startWorld({ cluster, clock }: Stage, names: readonly string[]): Promise<World> {
  await cluster.startView();
  const clerks = new Map(names.map((name) => [name, cluster.viewClerk(name)]));
  // A client that is a process of the submission takes time to start, which no ping may wait for.
  for (const clerk of clerks.values()) await clerk.view();
  const { pingIntervalMs, deadPings } = cluster.lab;
  return {
    pingIntervalMs,
    deadPings,
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms),
    ask: () => cluster.view(),
    ping(server, viewnum) {
      const clerk = clerks.get(server);
      if (clerk === undefined)
        throw new Error(`the scenario has started no client called ${server}`);
      return clerk.ping(viewnum);
    },
  };
}

function shuffled(names: readonly string[], random: Random): string[] {
  const left = [...names];
  return names.map(() => left.splice(random.integer(0, left.length - 1), 1)[0] ?? '');
}
