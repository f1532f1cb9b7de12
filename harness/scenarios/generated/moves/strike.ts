/**
 * A member or an idle server dies, freezes, leaves for ever, or restarts: at once, so that it is back before it can
 * count as dead, or when it has been replaced.
 */

import * as fc from 'fast-check';
import { dropReply } from '../../../faults/drop-reply.js';
import { hang } from '../../../faults/hang.js';
import { describeMs } from '../../../history/describe.js';
import { untilBitten } from '../../stage/workload.js';
import { atMost, deathMs } from '../../stage/silence.js';
import { MOMENTS, type Moment, type TargetState } from '../coverage.js';
import { idleServers, mayLosePrimary, type Model } from '../model.js';
import { defineMove } from '../move.js';
import { linksAt, primaryState } from '../places.js';
import { calmDown, type Scene } from '../scene.js';

const WHO = ['primary', 'backup', 'idle'] as const;
const HOW = ['restart', 'kill', 'freeze', 'leave'] as const;
const WHEN = ['now', 'forward executed', 'forward held'] as const;

/** A shorter freeze would hardly be noticed. */
const LEAST_FREEZE_MS = 100;

type Who = (typeof WHO)[number];

interface Strike {
  who: Who;
  how: (typeof HOW)[number];
  when: (typeof WHEN)[number];
  /** Until it restarts or wakes up, in ms; 0 for at once. */
  afterMs: number;
  /** Whether the strike comes although the view is not settled; then nothing is owed after it. */
  early: boolean;
}

const MOMENT_OF: Record<Strike['when'], Moment> = {
  now: 'at any time',
  'forward executed': 'after a forward has been executed',
  'forward held': 'while a forward is held',
};

const WHEN_SAID: Record<Strike['when'], string> = {
  now: '',
  'forward executed': 'once a forward has been executed, ',
  'forward held': 'while a forward is held, ',
};

const HOW_SAID: Record<Strike['how'], (target: string, ms: number) => string> = {
  restart: (target, ms) =>
    ms === 0 ? `restart ${target} at once` : `kill ${target}, restart it after ${describeMs(ms)}`,
  kill: (target) => `kill ${target}, restart it when it has been replaced`,
  freeze: (target, ms) => `freeze ${target} for ${describeMs(Math.max(LEAST_FREEZE_MS, ms))}`,
  leave: (target) => `kill ${target} for good`,
};

export const strike = defineMove({
  kind: 'strike',
  data: fc.record({
    who: fc.constantFrom('backup', 'primary', 'primary', 'idle'),
    how: fc.constantFrom('restart', 'restart', 'kill', 'freeze', 'leave'),
    when: fc.constantFrom('now', 'now', 'forward executed', 'forward held'),
    afterMs: fc.constantFrom(0, 0, 100, 250, 700, 1500, 3000),
    early: fc.constantFrom(false, false, false, false, false, true),
  }),
  says({ who, how, when, afterMs, early }) {
    const target = who === 'idle' ? 'an idle server' : `the ${who}`;
    const unsettled = early ? ', without waiting for a settled view' : '';
    return `${WHEN_SAID[when]}${HOW_SAID[how](target, afterMs)}${unsettled}`;
  },
  isPossible(model, { who, how, early }) {
    if (!model.isOwed || nameOf(who, model) === '') return false;
    const isLastCopy = who === 'primary' && model.view.backup === '' && how !== 'freeze';
    return early || !isLastCopy;
  },
  async play(scene, model, data) {
    const { who, how, when, early } = data;
    const isLoss = how !== 'freeze' && who !== 'idle';
    if (isLoss && !early && !model.isSettled) await calmDown(scene, model);
    const name = nameOf(who, model);
    if (name === '' || !model.isOwed) return;
    if (isLoss && !early && who === 'primary' && !mayLosePrimary(model)) return;
    if (isLoss && who === 'primary' && !mayLosePrimary(model)) model.isOwed = false;
    if (isLoss && !model.isSettled) model.isOwed = false;
    // Who waits for the frozen one with its lock held does not ping either.
    if (how === 'freeze') model.mayBeLeaderless = true;
    const target = stateOf(who, model);
    const moment = await awaitMoment(scene, model, when);
    await hit(scene, model, name, data);
    scene.met({ target, did: how, moment: momentOf(data, moment) });
    model.isSettled = false;
    if (!model.isOwed) return endUnowed(scene, model);
    await calmDown(scene, model);
  },
  covers: WHO.flatMap((who): TargetState[] =>
    who === 'primary'
      ? ['primary of a settled pair', 'primary of an unsettled pair', 'sole primary']
      : [who === 'idle' ? 'idle server' : 'backup'],
  ).flatMap((target) =>
    HOW.flatMap((did) =>
      [...Object.values(MOMENT_OF), MOMENTS[7], MOMENTS[8]].map((moment) => ({
        target,
        did,
        moment,
      })),
    ),
  ),
});

function nameOf(who: Who, model: Model): string {
  if (who === 'idle') return idleServers(model)[0] ?? '';
  return model.view[who];
}

function stateOf(who: Who, model: Model): TargetState {
  if (who === 'primary') return primaryState(model);
  return who === 'idle' ? 'idle server' : 'backup';
}

function momentOf({ how, afterMs }: Strike, moment: Moment): Moment {
  if (how !== 'restart' || moment !== 'at any time') return moment;
  return afterMs <= 250 ? 'before it counts as dead' : 'after it was replaced';
}

/** Waits for the moment; where it does not come, the strike comes all the same. */
async function awaitMoment(scene: Scene, model: Model, when: Strike['when']): Promise<Moment> {
  if (when === 'now' || model.view.backup === '') return 'at any time';
  const fault = when === 'forward executed' ? dropReply('late') : hang();
  const installed = scene.install(fault, { links: linksAt('primary>backup', model), kth: 1 });
  await untilBitten(scene.clock, installed);
  return installed.hits > 0 ? MOMENT_OF[when] : 'at any time';
}

async function hit(scene: Scene, model: Model, name: string, data: Strike): Promise<void> {
  const { cluster, clock } = scene;
  const { how, afterMs } = data;
  if (how === 'freeze') {
    scene.pause(name);
    await clock.sleep(Math.max(LEAST_FREEZE_MS, afterMs));
    return scene.resume(name);
  }
  await cluster.kill(name);
  // A primary may hold its lock while its call is held, and not ping; then nobody would be left to be promoted.
  scene.healAll();
  if (how === 'restart') {
    if (afterMs > 0) await clock.sleep(afterMs);
    return cluster.restart(name);
  }
  const isGone = async () => {
    const { primary, backup } = await cluster.view();
    return primary !== name && backup !== name;
  };
  await atMost(clock, 4 * deathMs(cluster.lab), isGone);
  if (how === 'kill') return cluster.restart(name);
  model.alive.delete(name);
}

/**
 * Where nothing is owed, clients go on for a while, and a server comes that never had any data: whatever they are
 * answered must be right.
 */
async function endUnowed(scene: Scene, model: Model): Promise<void> {
  const { clock, cluster, crew } = scene;
  scene.healAll();
  await cluster.startServer(`pb${++model.started}`);
  crew.hire();
  await clock.sleep(4 * deathMs(cluster.lab));
}
