/** The primary dies for good or comes back; its heir must have everything, which is read at once. */

import * as fc from 'fast-check';
import { failOver } from '../../stage/setting.js';
import { readAll } from '../../stage/workload.js';
import { mayLosePrimary } from '../model.js';
import { defineMove } from '../move.js';
import { calmDown } from '../actors.js';

export const failOverMove = defineMove({
  kind: 'fail-over',
  data: fc.record({ returns: fc.boolean() }),
  says: ({ returns }) =>
    `kill the primary, read everything from its successor, and ${returns ? 'restart it' : 'leave it dead'}`,
  isPossible: ({ alive }) => alive.size > 1,
  async play(scene, model, { returns }) {
    if (!model.isSettled) await calmDown(scene, model);
    if (!mayLosePrimary(model)) return;
    const { cluster, witness, keys } = scene;
    const { primary } = model.view;
    scene.met({ target: 'primary of a settled pair', did: 'kill', moment: 'at any time' });
    model.isSettled = false;
    await failOver(cluster, model.view);
    await readAll(witness, keys);
    if (returns) await cluster.restart(primary);
    else model.alive.delete(primary);
    await calmDown(scene, model);
  },
  covers: [{ target: 'primary of a settled pair', did: 'kill', moment: 'at any time' }],
});
