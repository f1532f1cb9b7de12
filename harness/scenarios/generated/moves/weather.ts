/** Bad weather: each call of some links is lost, late, doubled, cut short or overtaken, with some probability. */

import * as fc from 'fast-check';
import { VIEW_SERVICE } from '../../../cluster/cluster.js';
import { delayReply } from '../../../faults/delay-reply.js';
import { delayRequest } from '../../../faults/delay-request.js';
import { dropReply } from '../../../faults/drop-reply.js';
import { dropRequest } from '../../../faults/drop-request.js';
import { duplicateRequest } from '../../../faults/duplicate-request.js';
import type { Fault, LinkSelector } from '../../../faults/fault.js';
import { holdAndRelease } from '../../../faults/hold-and-release.js';
import { lateRequest } from '../../../faults/late-request.js';
import { resetMidCall } from '../../../faults/reset-mid-call.js';
import { truncateReply } from '../../../faults/truncate-reply.js';
import { truncateRequest } from '../../../faults/truncate-request.js';
import { unreliable } from '../../../faults/unreliable.js';
import { describeMs } from '../../../history/describe.js';
import { MOMENTS, type TargetState } from '../../stage/met.js';
import type { Model } from '../model.js';
import { defineMove } from '../move.js';
import { calmDown, type Scene } from '../actors.js';

const NAMES = [
  'unreliable',
  'drop-request',
  'drop-reply',
  'drop-reply early',
  'late-request',
  'duplicate-request',
  'truncate-reply',
  'truncate-reply at its end',
  'truncate-request',
  'delay-request',
  'delay-reply',
  'hold-and-release',
  'reset-mid-call',
] as const;

type Weather = (typeof NAMES)[number];

/** The faults on a call; `ms` is the delay of late messages. */
const WEATHERS: Record<Weather, (ms: number) => Fault> = {
  unreliable: () => unreliable(),
  'drop-request': () => dropRequest(),
  'drop-reply': () => dropReply('late'),
  'drop-reply early': () => dropReply('early'),
  'late-request': (ms) => lateRequest(ms),
  'duplicate-request': (ms) => duplicateRequest(ms),
  'truncate-reply': () => truncateReply(),
  'truncate-reply at its end': () => truncateReply(0.97),
  'truncate-request': () => truncateRequest(),
  'delay-request': (ms) => delayRequest(Math.min(ms, 300)),
  'delay-reply': (ms) => delayReply(Math.min(ms, 300)),
  'hold-and-release': (ms) => holdAndRelease({ batch: 2, maxHeldMs: Math.min(ms, 150) }),
  'reset-mid-call': () => resetMidCall(),
};

/** A late or repeated ping may rightly look like that of a restarted server. */
const SAFE_FOR_PINGS: readonly Weather[] = [
  'drop-request',
  'drop-reply',
  'truncate-reply',
  'truncate-reply at its end',
  'reset-mid-call',
  'delay-reply',
];

/** Weathers that keep a caller waiting. */
const HOLDING: readonly Weather[] = ['delay-request', 'delay-reply', 'hold-and-release'];

/** Weathers in which calls come late. */
const LATE: readonly Weather[] = [...HOLDING, 'late-request', 'duplicate-request'];

const WHERE = [
  'clients>servers',
  'servers>servers',
  'everywhere',
  'clients>view',
  'servers>view',
] as const;
type Where = (typeof WHERE)[number];

/** A share of pings that lets a server that pings ten times a second hardly ever seem dead. */
const SHARE_OF_PINGS = 0.2;

export const weather = defineMove({
  kind: 'weather',
  data: fc.record({
    kind: fc.constantFrom(...NAMES),
    where: fc.constantFrom(...WHERE),
    share: fc.constantFrom(0.15, 0.3, 0.5),
    lateMs: fc.constantFrom(20, 100, 250, 700, 1500),
    lastsMs: fc.constantFrom(600, 1200, 2000),
    calms: fc.boolean(),
  }),
  says({ kind, where, share, lateMs, lastsMs, calms }) {
    const name = nameAt(where, kind);
    const calls = `${Math.round(100 * shareAt(where, share))} % of the calls on ${where}`;
    const late = LATE.includes(name) ? `, up to ${describeMs(lateMs)} late` : '';
    return `${name} for ${calls}${late}, for ${describeMs(lastsMs)}${calms ? '' : ', and go on at once'}`;
  },
  async play(scene, model, { kind: drawn, where, share, lateMs, lastsMs, calms }) {
    const name = nameAt(where, drawn);
    if (where === 'servers>view') model.mayBeLeaderless = true;
    const installed = scene.install(WEATHERS[name](lateMs), {
      links: linksOf(where, model),
      probability: shareAt(where, share),
    });
    if (where === 'servers>view') await changeView(scene, model);
    await scene.clock.sleep(lastsMs);
    if (installed.hits > 0) {
      scene.met({ target: targetOf(where), did: faultOf(name), moment: MOMENTS[0] });
    }
    // A client asks for the view only when something happens: this weather lasts into the next move.
    if (calms && where !== 'clients>view') return calmDown(scene, model);
    // A fault that holds calls may stop a primary that waits for them with its lock; a fault that loses them changes no view.
    if (where === 'servers>view' || HOLDING.includes(name)) {
      scene.healAll();
      model.isSettled = false;
    }
  },
  covers: WHERE.flatMap((where) =>
    (where === 'servers>view' ? SAFE_FOR_PINGS : NAMES).map((name) => ({
      target: targetOf(where),
      did: faultOf(name),
      moment: MOMENTS[0],
    })),
  ),
});

function nameAt(where: Where, drawn: Weather): Weather {
  return where === 'servers>view' && !SAFE_FOR_PINGS.includes(drawn) ? 'drop-reply' : drawn;
}

function shareAt(where: Where, share: number): number {
  return where === 'servers>view' ? SHARE_OF_PINGS : share;
}

/** Answers to pings matter when there is news: the backup restarts at once, and the view changes. */
async function changeView({ cluster }: Scene, model: Model): Promise<void> {
  const { backup } = model.view;
  if (!model.isSettled || backup === '') return;
  await cluster.kill(backup);
  await cluster.restart(backup);
}

function faultOf(name: Weather): string {
  return name.split(' ')[0] ?? name;
}

function targetOf(where: Where): TargetState {
  if (where === 'servers>servers') return 'backup';
  return where === 'clients>servers' || where === 'everywhere'
    ? 'primary of a settled pair'
    : 'view service';
}

function linksOf(where: Where, { alive }: Model): LinkSelector {
  const selectors: Record<Where, LinkSelector> = {
    'clients>servers': (from, to) => !alive.has(from) && alive.has(to),
    'servers>servers': (from, to) => alive.has(from) && alive.has(to),
    everywhere: (_, to) => to !== VIEW_SERVICE,
    'clients>view': (from, to) => !alive.has(from) && to === VIEW_SERVICE,
    'servers>view': (from, to) => alive.has(from) && to === VIEW_SERVICE,
  };
  return selectors[where];
}
