/** The view service is away: frozen, or out of reach of everybody or of the servers; and perhaps the primary with it. */

import * as fc from 'fast-check';
import { VIEW_SERVICE } from '../../../cluster/cluster.js';
import { cut } from '../../../faults/cut.js';
import { describeMs } from '../../../history/describe.js';
import { deathMs } from '../../stage/silence.js';
import { MOMENTS } from '../../stage/met.js';
import { defineMove } from '../move.js';
import { linksAt } from '../places.js';
import { calmDown } from '../actors.js';
import { noteSilence } from './cut-links.js';

const HOW = ['freeze', 'cut'] as const;

export const viewServiceAway = defineMove({
  kind: 'view-service-away',
  data: fc.record({
    how: fc.constantFrom(...HOW),
    lastsMs: fc.constantFrom(200, 450, 800, 1500, 4000),
    /** The fate of the primary meanwhile. */
    primary: fc.constantFrom('lives', 'freezes', 'is cut off'),
  }),
  says({ how, lastsMs, primary }) {
    const away =
      how === 'freeze' ? 'freeze the view service' : 'cut all processes off from the view service';
    return `${away} for ${describeMs(lastsMs)}${primary === 'lives' ? '' : `, while the primary ${primary}`}`;
  },
  async play(scene, model, { how, lastsMs, primary }) {
    const { clock, cluster } = scene;
    noteSilence(model, ['all>view'], lastsMs / deathMs(cluster.lab));
    if (how === 'freeze') scene.pause(VIEW_SERVICE);
    else scene.install(cut(), linksAt('all>view', model));
    if (primary === 'freezes') scene.pause(model.view.primary);
    if (primary === 'is cut off') scene.install(cut(), linksAt('clients>primary', model));
    await clock.sleep(lastsMs);
    scene.met({ target: 'view service', did: how, moment: MOMENTS[0] });
    await calmDown(scene, model);
  },
  covers: HOW.map((did) => ({ target: 'view service', did, moment: MOMENTS[0] })),
});
