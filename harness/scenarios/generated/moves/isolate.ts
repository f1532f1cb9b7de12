/**
 * The primary is cut off from the view service, and perhaps from its backup, until it is deposed, while one client
 * still believes in it. The answers to that client must be right; it writes what is there already, reads, and
 * appends. In the meantime there may be a second fail-over.
 */

import * as fc from 'fast-check';
import { VIEW_SERVICE, type OperationOptions } from '../../../cluster/cluster.js';
import { cut } from '../../../faults/cut.js';
import { TELLING_PINGS } from '../../stage/deposition.js';
import { failOver, promoted, settleAnew } from '../../stage/setting.js';
import { deathMs } from '../../stage/silence.js';
import { ask } from '../asked.js';
import type { Met } from '../../stage/met.js';
import { idleServers, mayLosePrimary } from '../model.js';
import { defineMove } from '../move.js';
import { calmDown } from '../actors.js';

const ASKS = ['same put', 'get', 'append', 'put'] as const;

const ASKS_SAID: Record<(typeof ASKS)[number], string> = {
  'same put': 'a put of the same value',
  get: 'a get',
  append: 'an append',
  put: 'a put',
};

export const isolate = defineMove({
  kind: 'isolate',
  data: fc.record({
    /** Whether it is cut off from the other servers, too. */
    alone: fc.boolean(),
    asks: fc.constantFrom(...ASKS),
    /** Whether the believer asks before the primary is deposed, or after others have written. */
    early: fc.boolean(),
    twice: fc.boolean(),
    returns: fc.boolean(),
  }),
  says({ alone, asks, early, twice, returns }) {
    const from = alone ? 'the view service and all servers' : 'the view service';
    const asked = `one client asks it for ${ASKS_SAID[asks]} ${early ? 'before it is deposed' : 'after others have written'}`;
    const second = `; then kill its successor${returns ? ', and restart it' : ''}`;
    return `cut the primary off from ${from} until it is deposed; ${asked}${twice ? second : ''}`;
  },
  isPossible: ({ alive }) => alive.size > 1,
  async play(scene, model, { alone, asks, early, twice, returns }) {
    if (!model.isSettled) await calmDown(scene, model);
    if (!mayLosePrimary(model)) return;
    const { cluster, clock, random, witness } = scene;
    const { primary: old, backup } = model.view;
    const key = random.pick(scene.keys);
    const believer = scene.newClerk('believer');
    const same = scene.freshValue(believer);
    await believer.put(key, same);
    scene.install(cut(), (from, to) => {
      if (from === believer.name) return to !== old;
      if (from === old) return to === VIEW_SERVICE || alone;
      return alone && to === old && (from === VIEW_SERVICE || model.alive.has(from));
    });
    const askOld = (options: OperationOptions) => {
      const { operations } = cluster.lab;
      if (asks === 'get') return believer.get(key, options);
      if (asks === 'same put') return believer.put(key, same, options);
      const kind = asks === 'append' && operations.includes('append') ? 'append' : 'put';
      return believer[kind](key, scene.freshValue(believer), options);
    };
    const first = early ? ask(clock, askOld) : undefined;
    await promoted(cluster, model.view);
    await cluster.waitForPings(backup, TELLING_PINGS);
    model.isSettled = false;
    await witness.get(key);
    if (!early) await witness.put(key, scene.freshValue(witness));
    const asked = first ?? ask(clock, askOld);
    await clock.sleep(deathMs(cluster.lab));
    await witness.get(key);
    if (twice && idleServers(model).length > 0) {
      const view = await settleAnew(cluster, witness);
      if (view.primary !== old && view.backup !== old) {
        await failOver(cluster, view);
        scene.met({
          target: 'deposed primary',
          did: 'second fail-over',
          moment: 'after it was replaced',
        });
        await witness.get(key);
        if (returns) await cluster.restart(view.primary);
        else model.alive.delete(view.primary);
      }
    }
    scene.met({ target: 'deposed primary', did: asks, moment: 'after it was replaced' });
    await calmDown(scene, model);
    if (model.isOwed) await asked.isDue();
    await witness.get(key);
  },
  covers: [...ASKS, 'second fail-over'].map((did): Met => ({
    target: 'deposed primary',
    did,
    moment: 'after it was replaced',
  })),
});
