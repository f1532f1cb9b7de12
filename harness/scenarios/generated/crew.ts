/**
 * The clients of a generated run. Each does one random operation after the other until it is told to stop. An open
 * operation may wait while the kit is in its way; `caughtUp` demands its end when nothing is.
 */

import type { Clock } from '../../ground/clock.js';
import {
  DEFAULT_DEADLINE_MS,
  type Clerk,
  type Cluster,
  type OperationOptions,
} from '../../cluster/cluster.js';
import type { Operation } from '../../history/operation.js';
import type { Random } from '../../ground/seed.js';
import { token } from '../stage/workload.js';
import { neverDone } from './asked.js';

/** Time between two operations of a client, in ms. */
const PAUSE_MS = { least: 20, most: 110 };

/** Length of a long value, in characters. */
const LONG_VALUE = 3000;

/** How often the clients are looked at that must get done, in ms. */
const LOOK_MS = 10;

export interface Crew {
  /** All clients at work. */
  readonly clerks: readonly Clerk[];
  /** Lets a new client go to work; it has the next free name. */
  hire(): Clerk;
  /** Kills a client, in the middle of what it does. */
  lose(clerk: Clerk): Promise<void>;
  /** Ends the run as a liveness failure if what is under way now is not done in time. */
  caughtUp(): Promise<void>;
  /** Lets everybody stop after what is under way. */
  dismiss(): void;
}

export interface CrewOptions {
  cluster: Cluster;
  clock: Clock;
  random: Random;
  keys: readonly string[];
}

interface Worker {
  clerk: Clerk;
  isGone: boolean;
  /** How many operations have been done. */
  done: number;
  isBusy: boolean;
}

export function createCrew({ cluster, clock, random, keys }: CrewOptions): Crew {
  const workers: Worker[] = [];
  const shift = { isOver: false };
  let giveUp = () => {};
  const givenUp = new Promise<void>((resolve) => (giveUp = resolve));
  const late: Operation[] = [];
  const options: OperationOptions = { mayHang: true, until: givenUp };

  const work = async (worker: Worker): Promise<void> => {
    const own = random.child(worker.clerk.name);
    const draw = drawOperation(cluster, keys, own);
    for (let n = 1; !shift.isOver && !worker.isGone; n++) {
      worker.isBusy = true;
      const operation = await draw(worker.clerk, n, options);
      worker.isBusy = false;
      worker.done++;
      if (operation.outcome !== 'ok' && !worker.isGone) late.push(operation);
      await clock.sleep(own.integer(PAUSE_MS.least, PAUSE_MS.most));
    }
  };
  let failure: unknown;
  const untilDone = async (): Promise<void> => {
    assertNoneFailed();
    const isLate = watchBusy(workers);
    const dueMs = clock.now() + DEFAULT_DEADLINE_MS;
    while (isLate()) {
      if (clock.now() > dueMs) {
        giveUp();
        // The operations that were given up are resolved only now.
        await clock.sleep(LOOK_MS);
        throw neverDone(late);
      }
      await clock.sleep(LOOK_MS);
      assertNoneFailed();
    }
  };
  /** A client that gives up what it was asked breaks a rule whenever it does. */
  const assertNoneFailed = () => {
    if (failure !== undefined) throw failure;
  };
  return {
    get clerks() {
      return workers.filter(({ isGone }) => !isGone).map(({ clerk }) => clerk);
    },
    hire() {
      const clerk = cluster.clerk(`c${workers.length + 1}`);
      const worker: Worker = { clerk, isGone: false, done: 0, isBusy: false };
      workers.push(worker);
      work(worker).catch((error: unknown) => (failure ??= error));
      return worker.clerk;
    },
    async lose(clerk) {
      const worker = workers.find((one) => one.clerk === clerk);
      if (worker === undefined) throw new Error(`${clerk.name} is not a working client`);
      worker.isGone = true;
      await cluster.kill(clerk.name);
    },
    caughtUp: untilDone,
    dismiss: () => void (shift.isOver = true),
  };
}

/** Whether any of those that are busy now has still not done what it is doing. */
function watchBusy(workers: readonly Worker[]): () => boolean {
  const before = workers.filter(({ isGone, isBusy }) => isBusy && !isGone);
  const counts = new Map(before.map((worker) => [worker, worker.done]));
  return () => before.some((one) => one.done === counts.get(one) && !one.isGone);
}

type Draw = (clerk: Clerk, n: number, options: OperationOptions) => Promise<Operation>;

/** Draws operations of one client: all that the submission offers, on any of the keys. */
function drawOperation({ lab }: Cluster, keys: readonly string[], random: Random): Draw {
  const updates = lab.operations.filter((kind) => kind !== 'get');
  return (clerk, n, options) => {
    const key = random.pick(keys);
    if (random.chance(0.4)) return clerk.get(key, options);
    const kind = random.pick(updates);
    return clerk[kind](key, drawValue(clerk, n, random), options);
  };
}

/** Mostly a value of its own; else one that others write, too, an empty one, or a long one. */
function drawValue(clerk: Clerk, n: number, random: Random): string {
  const draw = random.float();
  if (draw < 0.85) return token(clerk, n);
  if (draw < 0.91) return 'same';
  if (draw < 0.96) return '';
  return `${token(clerk, n)} ${'v'.repeat(LONG_VALUE)}`;
}
