/** Clients come, up to sixteen at once, and die in the middle of what they do. */

import * as fc from 'fast-check';
import { dropReply } from '../../../faults/drop-reply.js';
import { untilEffect } from '../../stage/workload.js';
import type { Met } from '../../stage/met.js';
import { defineMove } from '../move.js';
import { linksAt } from '../places.js';
import { calmDown, type Scene } from '../actors.js';
import type { Model } from '../model.js';

/** Clients at work at most. */
const MOST_CLIENTS = 16;

/** How long newcomers work before something else happens, in ms. */
const WORK_MS = 400;

const DIES = ['at any time', 'after a forward has been executed'] as const;

export const clients = defineMove({
  kind: 'clients',
  data: fc.record({
    come: fc.integer({ min: 0, max: 6 }),
    die: fc.integer({ min: 0, max: 2 }),
    moment: fc.constantFrom(...DIES),
  }),
  says({ come, die, moment }) {
    const more = `${come} more ${come === 1 ? 'client' : 'clients'}`;
    const clientsCome = come === 0 ? 'let the clients work' : `let ${more} come`;
    const when = moment === 'at any time' ? '' : `, each ${moment}`;
    return `${clientsCome}${die === 0 ? '' : `; kill ${die} of all clients${when}`}`;
  },
  async play(scene, model, { come, die, moment }) {
    const { crew, clock } = scene;
    for (let n = 0; n < come && crew.clerks.length < MOST_CLIENTS; n++) crew.hire();
    await clock.sleep(WORK_MS);
    for (let n = 0; n < die && crew.clerks.length > 1; n++) await loseOne(scene, model, moment);
    await calmDown(scene, model);
  },
  covers: DIES.map((moment): Met => ({ target: 'client', did: 'kill', moment })),
});

async function loseOne(scene: Scene, model: Model, moment: (typeof DIES)[number]): Promise<void> {
  const { crew, clock, random } = scene;
  if (moment !== 'at any time' && model.view.backup !== '') {
    const links = linksAt('primary>backup', model);
    const lost = scene.install(dropReply('late'), { links, kth: 1 });
    await untilEffect(clock, lost);
  }
  await crew.lose(random.pick(crew.clerks));
  scene.met({ target: 'client', did: 'kill', moment });
}
