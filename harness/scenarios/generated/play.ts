/** Plays a plan: begins, makes its moves one after the other, and in the end reads everything from every heir. */

import * as fc from 'fast-check';
import type { Clerk } from '../../cluster/cluster.js';
import type { InstalledFault } from '../../faults/fault.js';
import type { Stage } from '../stage/scenario.js';
import { failOver, startPair, startPrimary, startTrio } from '../stage/setting.js';
import { readAll, token } from '../stage/workload.js';
import { createCrew } from './crew.js';
import { emptyModel, mayLosePrimary, type Model } from './model.js';
import type { PlannedMove } from './move.js';
import type { Plan } from './draw-plan.js';
import { calmDown, type Scene } from './actors.js';

/** Above the numbers of all values that clients at work write. */
const FIRST_FRESH = 100_000;

const BEGINNINGS = [startPrimary, startPair, startTrio] as const;

export async function playPlan(stage: Stage, plan: Plan): Promise<void> {
  const model = emptyModel();
  const scene = openScene(stage, plan);
  const begin = BEGINNINGS[plan.servers - 1];
  if (begin === undefined) throw new Error(`no beginning with ${plan.servers} servers`);
  model.view = await begin(stage.cluster);
  for (let n = 1; n <= plan.servers; n++) model.alive.add(`pb${n}`);
  model.started = plan.servers;
  for (let n = 0; n < plan.clients; n++) scene.crew.hire();
  await calmDown(scene, model);
  const moves = plan.moves.map((move, at) => announced(move, () => stage.began(at)));
  await fc.asyncModelRun(() => ({ model, real: scene }), moves);
  await conclude(scene, model);
}

/** The same move, but it reports when it begins; an impossible move does not begin. */
function announced(move: PlannedMove, begins: () => void): PlannedMove {
  return {
    ...move,
    run(model, scene) {
      begins();
      return move.run(model, scene);
    },
  };
}

function openScene(stage: Stage, { keys }: Plan): Scene {
  const { cluster, clock, random } = stage;
  const installed = new Set<InstalledFault>();
  const frozen = new Set<string>();
  const names = new Map<string, number>();
  const extras: Clerk[] = [];
  let written = FIRST_FRESH;
  return {
    ...stage,
    keys,
    crew: createCrew({ cluster, clock, random: random.child('crew'), keys }),
    witness: cluster.clerk('witness'),
    newClerk(word): Clerk {
      const number = (names.get(word) ?? 0) + 1;
      names.set(word, number);
      return cluster.clerk(`${word}${number}`);
    },
    freshValue: (clerk) => token(clerk, ++written),
    crowd(count) {
      while (extras.length < count) extras.push(cluster.clerk(`other${extras.length + 1}`));
      return extras.slice(0, count);
    },
    install(fault, target) {
      const one = cluster.install(fault, target);
      installed.add(one);
      return one;
    },
    healAll() {
      for (const one of installed) one.heal();
      installed.clear();
      for (const process of frozen) cluster.resume(process);
      frozen.clear();
    },
    pause(process) {
      cluster.pause(process);
      frozen.add(process);
    },
    resume(process) {
      if (frozen.delete(process)) cluster.resume(process);
    },
    met: (met) => stage.met(met),
  };
}

/** Where something is owed, everything is read from the primary, and once more from its heir. */
async function conclude(scene: Scene, model: Model): Promise<void> {
  const { cluster, witness, keys, crew } = scene;
  await calmDown(scene, model);
  crew.dismiss();
  if (!model.isOwed) return;
  await crew.caughtUp();
  await readAll(witness, keys);
  if (!mayLosePrimary(model)) return;
  scene.met({ target: 'primary of a settled pair', did: 'kill', moment: 'at any time' });
  await failOver(cluster, model.view);
  await readAll(witness, keys);
}
