/**
 * Three servers are struck one after the other while clients go on: killed and restarted, or frozen
 * and woken up. At the end one is killed for good, and everything must still be there.
 */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import type { Clerk } from '../../cluster/cluster.js';
import { killAndRestart } from '../../nemeses/kill-and-restart.js';
import type { View } from '../../history/timeline.js';
import { kill } from '../../nemeses/kill.js';
import { unleash, type Aftermath, type Nemesis } from '../../nemeses/nemesis.js';
import { pause } from '../../nemeses/pause.js';
import type { Facts, Scenario, Stage } from '../stage/scenario.js';
import { settle, settleAnew, startTrio } from '../stage/setting.js';
import { atMost, deathMs } from '../stage/silence.js';
import { modify, readAll, startClerks, token } from '../stage/workload.js';

const SERVERS = ['pb1', 'pb2', 'pb3'];
const STRIKES = 3;

/** Between two operations of a client, in ms, so that clients do not starve the pings. */
const CLIENT_PAUSE_MS = 15;

export const repeatedCrash: Scenario = {
  id: 'repeated-crash',
  title: 'Servers crash and restart, one after the other',
  part: 'B',
  source: 'kv-survival',
  requires: ['get', 'put'],
  points: 15,
  deadlineMs: 60_000,
  checkers: [linearizability, deadlines],
  run: (stage) => strikeRepeatedly(stage, killAndRestart, mustBeReplaced(stage)),
  unexercised: (facts) => struckTooSeldom(facts, 'killed'),
};

export const repeatedFreeze: Scenario = {
  ...repeatedCrash,
  id: 'repeated-freeze',
  title: 'Servers freeze and wake up deposed, one after the other',
  source: 'kv-roles',
  run: (stage) => strikeRepeatedly(stage, pause, mayBeReplaced(stage)),
  unexercised: (facts) => struckTooSeldom(facts, 'paused'),
};

type Replaced = Aftermath['replaced'];

async function strikeRepeatedly(stage: Stage, nemesis: Nemesis, replaced: Replaced): Promise<void> {
  const { cluster, random } = stage;
  const first = await startTrio(cluster);
  const witness = cluster.clerk('witness');
  await settle(cluster, witness, first);
  const settled = async () => void (await settleAnew(cluster, witness));
  const schedule = { victims: SERVERS, random: random.child('nemesis') };
  let over = false;
  const strike = async () => {
    await unleash(nemesis, cluster, {
      ...schedule,
      strikes: STRIKES,
      aftermath: { replaced, settled },
    });
    const last = { replaced: mustBeReplaced(stage), settled };
    await unleash(kill, cluster, { ...schedule, strikes: 1, aftermath: last });
    over = true;
  };
  const clerks = startClerks(cluster, 2);
  await Promise.all([strike(), ...clerks.map((clerk) => keepWriting(stage, clerk, () => over))]);
  await readAll(
    witness,
    clerks.map(({ name }) => name),
  );
}

/** Writes and reads a key of the client's own until it is over. */
async function keepWriting(
  { cluster, clock }: Stage,
  clerk: Clerk,
  isOver: () => boolean,
): Promise<void> {
  for (let n = 0; !isOver(); n++) {
    if (n % 10 === 0) await clerk.put(clerk.name, token(clerk, n));
    else await modify(cluster, clerk, clerk.name, token(clerk, n));
    await clerk.get(clerk.name);
    await clock.sleep(CLIENT_PAUSE_MS);
  }
}

/** A dead server must be replaced. */
function mustBeReplaced({ cluster }: Stage): Replaced {
  return async (victim) => {
    await cluster.waitForView(`${victim} to be replaced`, isWithout(victim));
  };
}

/** A frozen one is replaced only if nobody who matters waits for it. */
function mayBeReplaced({ cluster, clock }: Stage): Replaced {
  return (victim) =>
    atMost(clock, 2 * deathMs(cluster.lab), async () => isWithout(victim)(await cluster.view()));
}

function isWithout(victim: string) {
  return ({ primary, backup }: View) =>
    primary !== victim && backup !== victim && primary !== '' && backup !== '';
}

function struckTooSeldom({ timeline }: Facts, kind: 'killed' | 'paused'): string | undefined {
  const strikes = timeline.filter((event) => event.kind === kind).length;
  return strikes >= STRIKES ? undefined : `Only ${strikes} of ${STRIKES} servers were ${kind}.`;
}
