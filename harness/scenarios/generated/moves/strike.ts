/**
 * A member or an idle server dies, freezes, leaves for ever, or restarts: at once, so that it is back before it can
 * count as dead, or when it has been replaced.
 */

import * as fc from 'fast-check';
import { dropReply } from '../../../faults/drop-reply.js';
import { hang } from '../../../faults/hang.js';
import { describeMs } from '../../../history/describe.js';
import type { View } from '../../../history/timeline.js';
import { untilEffect } from '../../stage/workload.js';
import { deathMs, viewAtMost } from '../../stage/silence.js';
import type { Moment, TargetState } from '../../stage/met.js';
import { idleServers, mayLosePrimary, type Model } from '../model.js';
import { defineMove } from '../move.js';
import { linksAt, primaryState } from '../places.js';
import { calmDown, type Scene } from '../actors.js';

const HOW = ['restart', 'kill', 'freeze', 'leave'] as const;
const WHEN = ['now', 'forward executed', 'forward held'] as const;

/** States in which a server is struck. */
const STRUCK = [
  'primary of a settled pair',
  'primary of an unsettled pair',
  'sole primary',
  'backup',
  'idle server',
] as const satisfies readonly TargetState[];

type Who = 'primary' | 'backup' | 'idle';

/** At this risk even an unsettled view is struck. */
const MOST_RISK = 5;

/** From this risk on the only server with the data is struck. */
const SOLE_RISK = 3;

/** A shorter freeze would hardly be noticed. */
const LEAST_FREEZE_MS = 100;

interface Strike {
  who: Who;
  how: (typeof HOW)[number];
  when: (typeof WHEN)[number];
  /** Until it restarts or wakes up, in ms; 0 for at once. */
  afterMs: number;
  /**
   * How much may be lost, from 0: the most strikes also where the view is not settled, some strike the only server
   * that has the data. Nothing is owed after either.
   */
  risk: number;
}

const MOMENT_OF: Record<Strike['when'], Moment> = {
  now: 'at any time',
  'forward executed': 'after a forward has been executed',
  'forward held': 'while a forward is held',
};

const FORWARD_MOMENTS: readonly Moment[] = [
  MOMENT_OF['forward executed'],
  MOMENT_OF['forward held'],
];

const RESTART_MOMENTS: readonly Moment[] = ['before it counts as dead', 'after it was replaced'];

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
    risk: fc.integer({ min: 0, max: MOST_RISK }),
  }),
  isPossible: (model, { who }) => who !== 'idle' || nameOf(who, model) !== '',
  says({ who, how, when, afterMs, risk }) {
    const target = who === 'idle' ? 'an idle server' : `the ${who}`;
    const unsettled = risk === MOST_RISK ? ', without waiting for a settled view' : '';
    return `${WHEN_SAID[when]}${HOW_SAID[how](target, afterMs)}${unsettled}`;
  },
  async play(scene, model, data) {
    const { who, how, when, risk } = data;
    const isLoss = how !== 'freeze' && who !== 'idle';
    if (isLoss && risk < MOST_RISK && !model.isSettled) await calmDown(scene, model);
    if (model.isOwed && isAlone(model) && (who === 'backup' || (isLoss && risk < SOLE_RISK))) {
      await addBackup(scene, model);
    }
    const name = nameOf(who, model);
    if (name === '' || !model.isOwed) return;
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
  covers: STRUCK.flatMap((target) =>
    HOW.flatMap((did) => momentsFor(target, did).map((moment) => ({ target, did, moment }))),
  ),
});

function isAlone({ view }: Model): boolean {
  return view.backup === '';
}

/** A new server joins, so that the data are held twice. */
async function addBackup(scene: Scene, model: Model): Promise<void> {
  const name = `pb${++model.started}`;
  await scene.cluster.startServer(name);
  model.alive.add(name);
  await calmDown(scene, model);
}

/** Without a backup there is no forward to wait for; a server that restarts does so at once or later. */
function momentsFor(target: TargetState, how: Strike['how']): Moment[] {
  const forwards = target === 'sole primary' ? [] : FORWARD_MOMENTS;
  return how === 'restart' ? [...RESTART_MOMENTS, ...forwards] : ['at any time', ...forwards];
}

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

/** Waits for the moment; if it does not come, the strike follows anyway. */
async function awaitMoment(scene: Scene, model: Model, when: Strike['when']): Promise<Moment> {
  if (when === 'now' || model.view.backup === '') return 'at any time';
  const fault = when === 'forward executed' ? dropReply('late') : hang();
  const installed = scene.install(fault, { links: linksAt('primary>backup', model), kth: 1 });
  await untilEffect(scene.clock, installed);
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
  // A primary may hold its lock while its call is held, and not ping; then no server would be left to promote.
  scene.healAll();
  if (how === 'restart') {
    if (afterMs > 0) await clock.sleep(afterMs);
    return cluster.restart(name);
  }
  const isGone = ({ primary, backup }: View) => primary !== name && backup !== name;
  await viewAtMost({ cluster, clock }, 4 * deathMs(cluster.lab), isGone);
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
