/**
 * Links are away for a time, in one direction or in both, one place or two at once: from a twentieth of a second to
 * ten seconds.
 */

import * as fc from 'fast-check';
import { hang } from '../../../faults/hang.js';
import { cut } from '../../../faults/cut.js';
import { refuse } from '../../../faults/refuse.js';
import { describeMs } from '../../../history/describe.js';
import { deathMs } from '../../stage/silence.js';
import { MOMENTS } from '../../stage/met.js';
import type { Model } from '../model.js';
import { defineMove } from '../move.js';
import { linksAt, PLACES, silencedBy, targetAt, TARGETS_AT_PLACES, type Place } from '../places.js';
import { calmDown } from '../actors.js';

const FAULTS = { cut, refuse, hang } as const;
const FAULT_NAMES = ['cut', 'refuse', 'hang'] as const;

const LASTING_MS = [50, 200, 450, 700, 1200, 2500, 4000, 6500, 10_000] as const;

/** Above this share of a death a server may look dead to a view service that counts ticks. */
const SURELY_ALIVE = 0.6;

export const cutLinks = defineMove({
  kind: 'cut-links',
  data: fc.record({
    places: fc.uniqueArray(fc.constantFrom(...PLACES), { minLength: 1, maxLength: 2, size: 'max' }),
    fault: fc.oneof(
      { weight: 5, arbitrary: fc.constant(FAULT_NAMES[0]) },
      { weight: 1, arbitrary: fc.constantFrom(FAULT_NAMES[1], FAULT_NAMES[2]) },
    ),
    lastsMs: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...LASTING_MS.slice(0, 6)) },
      { weight: 4, arbitrary: fc.constantFrom(LASTING_MS[6], LASTING_MS[7]) },
      { weight: 1, arbitrary: fc.constant(LASTING_MS[8]) },
    ),
    calms: fc.oneof(
      { weight: 3, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
  }),
  says: ({ places, fault, lastsMs, calms }) =>
    `${fault} ${places.join(' and ')} for ${describeMs(lastsMs)}${calms ? '' : ', and go on at once'}`,
  async play(scene, model, { places, fault, lastsMs, calms }) {
    const { crew, clock, cluster } = scene;
    const deaths = lastsMs / deathMs(cluster.lab);
    noteSilence(model, places, deaths);
    // Who waits for an answer with its lock held does not ping either.
    if (fault === 'hang' && deaths >= SURELY_ALIVE) model.mayBeLeaderless = true;
    for (const place of places) {
      scene.install(FAULTS[fault](), linksAt(place, model, crew.clerks[0]?.name));
    }
    await clock.sleep(lastsMs);
    for (const place of places) {
      scene.met({ target: targetAt(place, model), did: fault, moment: 'at any time' });
    }
    if (calms) return calmDown(scene, model);
    scene.healAll();
    model.isSettled = false;
  },
  covers: TARGETS_AT_PLACES.flatMap((target) =>
    FAULT_NAMES.map((did) => ({ target, did, moment: MOMENTS[0] })),
  ),
});

/** The effect of silence: the view service may consider a server dead that was silent for long. */
export function noteSilence(model: Model, places: readonly Place[], deaths: number): void {
  if (deaths < SURELY_ALIVE) return;
  const silenced = silencedBy(places, model);
  if (silenced.length === 0) return;
  const { primary, backup } = model.view;
  const isEverybody = [primary, backup].every((name) => name === '' || silenced.includes(name));
  if (isEverybody || !model.isSettled) model.mayBeLeaderless = true;
}
