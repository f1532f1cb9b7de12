/**
 * One update of one client meets one fault, and something happens before it is repeated: many other clients and
 * updates, some seconds, a fail-over, a new backup, the death of its client. Or it arrives once more after its retry
 * and after its client's next update.
 */

import * as fc from 'fast-check';
import type { Clerk, OperationOptions } from '../../../cluster/cluster.js';
import { dropReply } from '../../../faults/drop-reply.js';
import { duplicateRequest } from '../../../faults/duplicate-request.js';
import { oneWay, type Fault } from '../../../faults/fault.js';
import { lateRequest } from '../../../faults/late-request.js';
import { cut } from '../../../faults/cut.js';
import { truncateReply } from '../../../faults/truncate-reply.js';
import { describeMs } from '../../../history/describe.js';
import type { Operation } from '../../../history/operation.js';
import { failOver } from '../../stage/setting.js';
import { atMost, deathMs } from '../../stage/silence.js';
import { untilEffect } from '../../stage/workload.js';
import { ask } from '../asked.js';
import { distinctMet, type Met, type Moment } from '../../stage/met.js';
import { mayLosePrimary, type Model } from '../model.js';
import { defineMove } from '../move.js';
import { linksAt } from '../places.js';
import { calmDown, isCalm, type Scene } from '../actors.js';

const FAULTS = {
  'drop-reply': () => dropReply('late'),
  'truncate-reply': () => truncateReply(),
  'late-request': (ms: number) => lateRequest(ms),
  'duplicate-request': (ms: number) => duplicateRequest(ms),
} satisfies Record<string, (ms: number) => Fault>;

const FAULT_NAMES = ['drop-reply', 'truncate-reply', 'late-request', 'duplicate-request'] as const;
const WHERE = ['client>primary', 'primary>backup'] as const;

/** The events while the client waits before its retry. */
const MEANWHILE = [
  'waits',
  'others',
  'fail-over',
  'new backup',
  'client dies',
  'backup dropped',
] as const;

interface LostCall {
  fault: (typeof FAULT_NAMES)[number];
  where: (typeof WHERE)[number];
  meanwhile: (typeof MEANWHILE)[number];
  gapMs: number;
  others: number;
  updates: number;
  /** How many updates the client does before the one that is hit. */
  before: number;
  /** Whether the backup is dropped and comes back after its client has died. */
  dropped: boolean;
}

export const lostCall = defineMove({
  kind: 'lost-call',
  data: fc.record({
    fault: fc.constantFrom(...FAULT_NAMES, 'drop-reply', 'late-request'),
    where: fc.constantFrom(...WHERE, 'client>primary'),
    meanwhile: fc.constantFrom(...MEANWHILE, 'others', 'fail-over'),
    gapMs: fc.constantFrom(0, 300, 1200, 3200),
    others: fc.constantFrom(2, 10),
    updates: fc.constantFrom(1, 5, 50),
    before: fc.integer({ min: 0, max: 3 }),
    dropped: fc.boolean(),
  }),
  says({ fault, where, meanwhile, gapMs, others, updates, before, dropped }) {
    const happens: Record<LostCall['meanwhile'], string> = {
      waits: 'nothing else happens',
      others: `${others} others write ${updates} times in all`,
      'fail-over': 'the primary is replaced',
      'new backup': 'the backup restarts empty',
      'client dies': dropped ? 'its client dies and the backup is dropped' : 'its client dies',
      'backup dropped': 'the backup is dropped',
    };
    return `${fault} on ${where} for update ${before + 1} of a new client; ${happens[meanwhile]}; gap ${describeMs(gapMs)}`;
  },
  async play(scene, model, data) {
    if (!(await isCalm(scene, model))) return;
    const { fault, where, meanwhile, gapMs, before } = data;
    const { clock, cluster, random } = scene;
    const subject = scene.newClerk('subject');
    const key = random.pick(scene.keys);
    for (let n = 0; n < before; n++) await update(scene, subject, key);
    if (before === 0) await subject.get(key);
    const links =
      where === 'client>primary' || model.view.backup === ''
        ? oneWay(subject.name, model.view.primary)
        : linksAt('primary>backup', model);
    const lost = scene.install(FAULTS[fault](Math.max(150, gapMs)), { links, kth: 1 });
    const hit = ask(clock, (options) => update(scene, subject, key, options));
    await untilBittenOrCome(scene, lost, gapMs);
    // It stands still between the loss and its retry; a late or doubled call needs a client that goes on.
    const stands = fault === 'drop-reply' || fault === 'truncate-reply';
    if (stands && meanwhile !== 'client dies') scene.pause(subject.name);
    if (lost.hits > 0) scene.met(metBy(data));
    if (meanwhile === 'client dies') await cluster.kill(subject.name);
    await happen(scene, model, data, key);
    if (meanwhile === 'client dies') {
      await calmDown(scene, model);
      return void (await update(scene, scene.witness, key));
    }
    if (stands) {
      await clock.sleep(gapMs);
      scene.resume(subject.name);
    }
    await hit.isDue();
    await update(scene, subject, key);
    if (!stands) await clock.sleep(Math.max(150, gapMs));
    await scene.witness.get(key);
    await calmDown(scene, model);
    await scene.witness.get(key);
  },
  covers: distinctMet(
    FAULT_NAMES.flatMap((did) =>
      WHERE.flatMap((where) =>
        MEANWHILE.map((meanwhile) => metBy({ fault: did, where, meanwhile })),
      ),
    ),
  ),
});

type Told = Pick<LostCall, 'fault' | 'where' | 'meanwhile'>;

function metBy({ fault, where, meanwhile }: Told): Met {
  const moments: Partial<Record<Told['meanwhile'], Moment>> = {
    'fail-over': 'after it was replaced',
    'new backup': 'right after a join',
  };
  const late = fault === 'late-request' || fault === 'duplicate-request';
  return {
    target: where === 'primary>backup' ? 'backup' : 'primary of a settled pair',
    did: meanwhile === 'client dies' ? 'kill of the client' : fault,
    moment: late
      ? 'after a retry and the next update'
      : (moments[meanwhile] ?? 'after a reply has been lost'),
  };
}

/** A late call counts as hit only when it has arrived, and so does a copy. */
async function untilBittenOrCome(
  { clock }: Scene,
  lost: Parameters<typeof untilEffect>[1],
  gapMs: number,
): Promise<void> {
  const { name } = lost.fault;
  if (name === 'late-request' || name === 'duplicate-request') return clock.sleep(gapMs / 2);
  return untilEffect(clock, lost);
}

/** An update that depends on what it changes, where the submission offers one. */
function update(
  { cluster, random, freshValue }: Scene,
  clerk: Clerk,
  key: string,
  options: OperationOptions = {},
): Promise<Operation> {
  const kinds = cluster.lab.operations.filter((kind) => kind !== 'get' && kind !== 'put');
  const kind = kinds.length === 0 ? 'put' : random.pick(kinds);
  return clerk[kind](key, freshValue(clerk), options);
}

async function happen(scene: Scene, model: Model, data: LostCall, key: string): Promise<void> {
  const { cluster, clock, random } = scene;
  const { meanwhile, others, updates } = data;
  if (meanwhile === 'fail-over' && mayLosePrimary(model)) {
    const { primary } = model.view;
    await failOver(cluster, model.view);
    await cluster.restart(primary);
    return void (model.isSettled = false);
  }
  if (meanwhile === 'new backup' && model.view.backup !== '') {
    await cluster.kill(model.view.backup);
    await cluster.restart(model.view.backup);
    return void (model.isSettled = false);
  }
  const isDropping =
    meanwhile === 'backup dropped' || (meanwhile === 'client dies' && data.dropped);
  if (isDropping && model.view.backup !== '') {
    const { backup } = model.view;
    const silenced = scene.install(cut(), linksAt('backup>view', model));
    const isDropped = async () => (await cluster.view()).backup !== backup;
    await atMost(clock, 4 * deathMs(cluster.lab), isDropped);
    silenced.heal();
    model.isSettled = false;
    return;
  }
  if (meanwhile !== 'others') return;
  const crowd = scene.crowd(others);
  const work = async (clerk: Clerk) => {
    for (let n = 0; n < Math.ceil(updates / Math.max(1, crowd.length)); n++) {
      await clerk.put(random.chance(0.5) ? key : random.pick(scene.keys), scene.freshValue(clerk));
    }
  };
  await Promise.all(crowd.map(work));
}
