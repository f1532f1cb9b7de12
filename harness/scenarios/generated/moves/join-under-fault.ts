/**
 * A server joins as backup while something is wrong with the transfer; a key is written right after the join, and
 * the primary dies as soon as it may. The heir must have every key.
 */

import * as fc from 'fast-check';
import { delayRequest } from '../../../faults/delay-request.js';
import { dropReply } from '../../../faults/drop-reply.js';
import { duplicateRequest } from '../../../faults/duplicate-request.js';
import { oneWay, type Fault } from '../../../faults/fault.js';
import { lateRequest } from '../../../faults/late-request.js';
import { cut } from '../../../faults/cut.js';
import { slow } from '../../../faults/slow.js';
import { truncateReply } from '../../../faults/truncate-reply.js';
import { truncateRequest } from '../../../faults/truncate-request.js';
import { describeMs } from '../../../history/describe.js';
import type { Operation } from '../../../history/operation.js';
import { failOver } from '../../stage/setting.js';
import { concurrently, readAll } from '../../stage/workload.js';
import { ask } from '../asked.js';
import type { Met } from '../../stage/met.js';
import { idleServers, mayLosePrimary, type Model } from '../model.js';
import { defineMove } from '../move.js';
import { linksAt } from '../places.js';
import { calmDown, isCalm, type Scene } from '../actors.js';

const WRONG = [
  'nothing wrong',
  'cut',
  'slow',
  'truncate-request',
  'truncate-reply',
  'drop-reply',
  'late-request',
  'duplicate-request',
  'delay-request',
] as const;

type Wrong = (typeof WRONG)[number];

/** What the transfer meets, given the rate in bytes per second that makes it last, and how late what is late comes. */
const FAULTS: Record<Wrong, ((rate: number, ms: number) => Fault) | undefined> = {
  'nothing wrong': undefined,
  cut: () => cut(),
  slow: (rate) => slow(Math.max(1000, rate)),
  'truncate-request': () => truncateRequest(),
  'truncate-reply': () => truncateReply(),
  'drop-reply': () => dropReply('late'),
  'late-request': (_, ms) => lateRequest(ms),
  'duplicate-request': (_, ms) => duplicateRequest(ms),
  'delay-request': (_, ms) => delayRequest(ms),
};

/** A value that makes a transfer long without taking long to write, in characters. */
const BULKY = 4000;

/** Clients that write the bulk. */
const WRITERS = 3;

/** How many of many keys are read back. */
const SAMPLE = 12;

interface Join {
  wrong: Wrong;
  /** How long it lasts, and how late what is late comes, in ms. */
  lastsMs: number;
  keys: number;
  writesMeanwhile: number;
  /** A new server, or the old backup with an empty memory, or with its old one. */
  who: 'new' | 'restarted' | 'returned';
}

const NEWCOMERS: Record<Join['who'], string> = {
  new: 'a new server',
  restarted: 'the restarted backup',
  returned: 'the backup with its old memory',
};

export const join = defineMove({
  kind: 'join',
  data: fc.record({
    wrong: fc.constantFrom(...WRONG),
    lastsMs: fc.constantFrom(100, 300, 700, 1500, 2500),
    keys: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(0, 30, 30, 150) },
      { weight: 1, arbitrary: fc.constant(800) },
    ),
    writesMeanwhile: fc.integer({ min: 0, max: 3 }),
    who: fc.constantFrom('new', 'restarted', 'returned'),
  }),
  says({ wrong, lastsMs, keys, writesMeanwhile, who }) {
    const transfer = keys === 0 ? 'the transfer' : `the transfer of ${keys} more keys`;
    const trouble = wrong === 'nothing wrong' ? '' : ` while ${wrong} hits ${transfer}`;
    const bulk = wrong === 'nothing wrong' && keys > 0 ? ` with ${keys} more keys` : '';
    const writes = writesMeanwhile === 0 ? '' : `, write ${writesMeanwhile} meanwhile`;
    return `let ${NEWCOMERS[who]} join${bulk}${trouble}, for ${describeMs(lastsMs)}${writes}, then kill the primary`;
  },
  async play(scene, model, data) {
    if (!(await isCalm(scene, model))) return;
    const { wrong, lastsMs, writesMeanwhile } = data;
    const { cluster, clock, witness } = scene;
    const bulk = Array.from({ length: data.keys }, (_, n) => `bulk ${model.view.viewnum} ${n}`);
    await writeBulk(scene, bulk);
    const { primary } = model.view;
    const bytes = (1000 * (BULKY + 60 * data.keys)) / lastsMs;
    const make = FAULTS[wrong];
    const newcomer = await findNewcomer(scene, model, data);
    const links = oneWay(primary, newcomer.name);
    const fault = make && scene.install(make(bytes, lastsMs), { links, ...onceOf(wrong) });
    model.isSettled = false;
    await newcomer.arrive();
    const last = writeMeanwhile(scene, model, writesMeanwhile);
    await clock.sleep(lastsMs);
    fault?.heal();
    scene.met({ target: 'new backup', did: wrong, moment: 'during a transfer' });
    await calmDown(scene, model);
    if (!mayLosePrimary(model)) return;
    await last.isDue();
    const fresh = `fresh ${model.view.viewnum}`;
    await witness.put(fresh, scene.freshValue(witness));
    scene.met({ target: 'new backup', did: 'fail-over', moment: 'right after a join' });
    const heirOf = model.view;
    model.isSettled = false;
    await failOver(cluster, heirOf);
    await readAll(witness, [fresh, ...last.keys, ...sampled(bulk), ...scene.keys]);
    await cluster.restart(heirOf.primary);
    await calmDown(scene, model);
  },
  covers: [
    ...WRONG.map((did): Met => ({ target: 'new backup', did, moment: 'during a transfer' })),
    { target: 'new backup', did: 'fail-over', moment: 'right after a join' },
  ],
});

/** A fault of whole links, or of all calls of a link, stays; a fault of one call hits the first. */
function onceOf(wrong: Wrong): { kth?: number } {
  return wrong === 'cut' || wrong === 'slow' || wrong === 'delay-request' ? {} : { kth: 1 };
}

async function writeBulk(scene: Scene, bulk: readonly string[]): Promise<void> {
  if (bulk.length === 0) return;
  const writers = scene.crowd(WRITERS);
  await concurrently(writers, Math.ceil(bulk.length / writers.length), async (clerk, n) => {
    const key = bulk[n * writers.length + writers.indexOf(clerk)];
    if (key !== undefined) await clerk.put(key, scene.freshValue(clerk));
  });
  await scene.witness.put('bulky', 'b'.repeat(BULKY));
}

interface Newcomer {
  name: string;
  /** Lets it come, and take the empty place. */
  arrive(): Promise<void>;
}

/** The next backup; without an idle server, the place is empty by then. */
async function findNewcomer(scene: Scene, model: Model, { who }: Join): Promise<Newcomer> {
  const { cluster } = scene;
  const { backup } = model.view;
  const [idle] = idleServers(model);
  const dropped = async () => {
    await cluster.waitForView(`${backup} to be dropped`, (view) => view.backup !== backup);
  };
  if (idle !== undefined) {
    const arrive = async () => {
      await cluster.kill(backup);
      await dropped();
      await cluster.restart(backup);
    };
    return { name: idle, arrive: backup === '' ? () => Promise.resolve() : arrive };
  }
  if (backup !== '' && who === 'returned') {
    const silenced = scene.install(cut(), linksAt('backup>view', model));
    await dropped();
    return { name: backup, arrive: () => Promise.resolve(silenced.heal()) };
  }
  if (backup !== '') {
    await cluster.kill(backup);
    await dropped();
    if (who === 'restarted') return { name: backup, arrive: () => cluster.restart(backup) };
    model.alive.delete(backup);
  }
  const name = `pb${model.started + 1}`;
  const arrive = async () => {
    model.started++;
    model.alive.add(name);
    await cluster.startServer(name);
  };
  return { name, arrive };
}

/** A client writes some new keys during the transfer, one after the other. */
function writeMeanwhile(scene: Scene, model: Model, count: number) {
  const keys = Array.from({ length: count }, (_, n) => `last ${model.view.viewnum} ${n}`);
  if (count === 0) return { keys, isDue: () => Promise.resolve() };
  const clerk = scene.newClerk('last');
  return {
    keys,
    ...ask(scene.clock, async (options) => {
      const written: Operation[] = [];
      for (const key of keys) written.push(await clerk.put(key, scene.freshValue(clerk), options));
      return written.at(-1) ?? clerk.get('');
    }),
  };
}

function sampled(bulk: readonly string[]): string[] {
  const step = Math.max(1, Math.floor(bulk.length / SAMPLE));
  const some = bulk.filter((_, at) => at % step === 0);
  return [...new Set([...some, ...bulk.slice(-1)])];
}
