/**
 * Three servers are struck one after the other while clients go on: killed and restarted, or frozen
 * and woken up. At the end the primary is killed for good, and its heir must have everything.
 */

import type { Clerk } from '../../cluster/cluster.js';
import { killAndRestart } from '../../nemeses/kill-and-restart.js';
import type { View } from '../../history/timeline.js';
import { kill } from '../../nemeses/kill.js';
import { unleash, type Aftermath, type Nemesis } from '../../nemeses/nemesis.js';
import { pause } from '../../nemeses/pause.js';
import { scenario, type Facts, type Stage } from '../stage/scenario.js';
import { formed, settle, settleAnew, startTrio } from '../stage/setting.js';
import { deathMs, viewAtMost } from '../stage/silence.js';
import { modify, readAll, startClerks, token } from '../stage/workload.js';
import { calmingPace, type Pace } from './client-pace.js';

const SERVERS = ['pb1', 'pb2', 'pb3'];
const STRIKES = 3;
const CLERKS = 2;

/** How long a fault lasts that need not change the view, in ping intervals: less than a death. */
const LASTING_PINGS = 3;

/** Before each strike clients are fast again for some of this time, in ms, so that it hits operations under way. */
const SHORTEST_LEAD_MS = 40;
const LONGEST_LEAD_MS = 100;

export const repeatedCrash = scenario({
  id: 'repeated-crash',
  title: 'Servers crash and restart, one after the other',
  version: 2,
  source: 'kv-survival',
  tier: 'asked',
  stockTest: 'TestRepeatedCrash',
  circumstance: 'when servers crash and restart again and again',
  points: 15,
  runShare: 0.25,
  deadlineMs: 60_000,
  run: (stage) => strikeRepeatedly(stage, killAndRestart, mustBeReplaced(stage)),
  unexercised: (facts) => struckTooSeldom(facts, 'killed'),
});

export const repeatedFreeze = scenario({
  ...repeatedCrash,
  id: 'repeated-freeze',
  title: 'Servers freeze and wake up deposed, one after the other',
  source: 'kv-roles',
  // As frozen-primary.
  tier: 'implied',
  stockTest: undefined,
  circumstance: 'when a deposed primary is asked',
  run: (stage) =>
    strikeRepeatedly(stage, pause, mayBeReplaced(stage), {
      // The service does not notice an idle server that freezes.
      victims: ({ primary, backup }) => [primary, primary, backup],
    }),
  unexercised: (facts) => struckTooSeldom(facts, 'paused'),
});

type Replaced = Aftermath['replaced'];

/** The work of clients until it is over, and the keys that are read then. */
export interface Work {
  keys: readonly string[];
  step: (clerk: Clerk, n: number) => Promise<unknown>;
}

export interface Strikes {
  strikes?: number;
  /** The servers of which one is struck; of one that is named twice the chance is double. */
  victims?: (view: View) => readonly string[];
  work?: Work;
  /** How fast clients are; if absent, slower while nothing happens. */
  pace?: Pace;
}

/** Strikes while clients work, kills the primary for good, and reads everything back from its heir. */
export async function strikeRepeatedly(
  stage: Stage,
  nemesis: Nemesis,
  replaced: Replaced,
  options: Strikes = {},
): Promise<void> {
  const { strikes = STRIKES, victims = () => SERVERS } = options;
  const { work = writingOwnKeys(stage), pace = calmingPace(stage.clock) } = options;
  const { cluster } = stage;
  const first = await startTrio(cluster);
  const witness = cluster.clerk('witness');
  await settle(cluster, witness, first);
  const settled = async () => {
    await settleAnew(cluster, witness);
    // A primary may be wrong where its backup is right, and the next strike may take it away.
    await readAll(witness, work.keys);
  };
  const strikeOne = createStriker(stage, pace, settled);
  let over = false;
  const isOver = () => over;
  const strike = async () => {
    for (let n = 0; n < strikes; n++) {
      await strikeOne(nemesis, replaced, victims(await formed(cluster)));
    }
    const { primary } = await formed(cluster);
    await strikeOne(kill, mustBeReplaced(stage), [primary]);
    over = true;
  };
  const keepWorking = async (clerk: Clerk) => {
    for (let n = 0; !isOver(); n++) {
      await work.step(clerk, n);
      await pace.pause();
    }
  };
  await Promise.all([strike(), ...startClerks(cluster, CLERKS).map(keepWorking)]);
  await readAll(witness, work.keys);
}

/** Each strike comes when clients are fast, and they are hastened again when its effect is over. */
function createStriker(
  { cluster, clock, random }: Stage,
  pace: Pace,
  settled: () => Promise<void>,
): (nemesis: Nemesis, replaced: Replaced, victims: readonly string[]) => Promise<void> {
  const lead = random.child('lead');
  const draws = random.child('nemesis');
  const lasted = async () => {
    for (let n = 0; n < LASTING_PINGS; n++) {
      await clock.sleep(cluster.lab.pingIntervalMs);
      pace.hasten();
    }
  };
  return async (nemesis, replaced, victims) => {
    const replacedOrNot = async (victim: string) => {
      await replaced(victim);
      pace.hasten();
    };
    const aftermath: Aftermath = { replaced: replacedOrNot, lasted, settled };
    pace.hasten();
    await clock.sleep(lead.integer(SHORTEST_LEAD_MS, LONGEST_LEAD_MS));
    pace.hasten();
    await unleash(nemesis, cluster, { strikes: 1, random: draws, victims, aftermath });
  };
}

/** Each client writes and reads a key of its own. */
function writingOwnKeys({ cluster }: Stage): Work {
  return {
    keys: ['c1', 'c2'],
    async step(clerk, n) {
      if (n % 10 === 0) await clerk.put(clerk.name, token(clerk, n));
      else await modify(cluster, clerk, clerk.name, token(clerk, n));
      await clerk.get(clerk.name);
    },
  };
}

/** A dead server must be replaced. */
export function mustBeReplaced({ cluster }: Stage): Replaced {
  return async (victim) => {
    await cluster.waitForView(`${victim} to be replaced`, isWithout(victim));
  };
}

/** A frozen server is replaced only if the other members do not wait for it. */
export function mayBeReplaced(stage: Stage): Replaced {
  return (victim) => viewAtMost(stage, 2 * deathMs(stage.cluster.lab), isWithout(victim));
}

function isWithout(victim: string) {
  return ({ primary, backup }: View) =>
    primary !== victim && backup !== victim && primary !== '' && backup !== '';
}

export function struckTooSeldom(
  { timeline }: Facts,
  kind: 'killed' | 'paused',
): string | undefined {
  const strikes = timeline.filter((event) => event.kind === kind).length;
  return strikes >= STRIKES ? undefined : `Only ${strikes} of ${STRIKES} servers were ${kind}.`;
}
