/**
 * Whether the resources of processes grow with the number of operations. Each bound is far from what correct submissions
 * in any language need: pools of threads and connections fill up and stay full, collected memory grows in steps, a
 * virtual machine compiles while it runs, and many a correct server remembers every request.
 */

import type { ResourceUse } from '../../cluster/cluster.js';
import type { Series } from '../../lab/verdict.js';
import { Unmet } from '../stage/endings.js';

/** The resources of one process at some moments, when no operation was in progress. */
export interface Track {
  process: string;
  /** The number of operations, or the like, before each reading; ascending. */
  at: readonly number[];
  /** One reading for each moment. */
  readings: readonly ResourceUse[];
}

/** Needless growth of one process. */
export interface Growth {
  symptom: 'descriptors-leak' | 'threads-leak' | 'memory-grows' | 'cpu-grows';
  process: string;
  /** How much, and how much is too much, as a clause without its process. */
  says: string;
  /** It is more than what can pile up while a machine is too busy. */
  beyondTiming?: true;
  series: Series;
}

/** Whatever is shared out among operations: so many of them were called by these names in the plural. */
const OPERATIONS = 'operations';

/** So many more descriptors or threads are not a leak, however few the operations. */
const SOME = 100;

/** From here on, one more for this many operations is a leak. */
const OPERATIONS_PER_ONE = 20;

/**
 * A process that leaks so much is not let go on: in the end it would have no descriptors left, and no memory. A machine
 * that is too busy does not make a process hold so much: its pings of a minute would be open at once.
 */
const MANY = 500;

const MIB = 1024 * 1024;

/** Memory that a process may take for each operation, in bytes: what it remembers, and what it has not collected yet. */
const MEMORY_PER_OPERATION_BYTES = 128 * 1024;

/** An operation may cost so many times the processor time that one of the first has cost; the search of a list that grows costs more. */
const CPU_FACTOR = 3;

/** And so much more, in ms. */
const CPU_MORE_MS = 5;

/** Fewer readings tell no growth from a step. */
const FEWEST_READINGS = 4;

type Quantity = Exclude<keyof ResourceUse, 'cpuMs'>;

/** Series shown of one failure: who does not close a connection has a peer that cannot close it either. */
const MOST_SERIES = 4;

/**
 * What has grown with the number of operations, in the order of the tracks. With `underWay` more readings will follow,
 * and there is only something to say if one process has more than it can be let go on with.
 */
export function growthWithOperations(tracks: readonly Track[], underWay = false): Growth[] {
  const grown = tracks.flatMap((track) => {
    if (track.readings.length < FEWEST_READINGS) return [];
    return [
      leak(track, 'descriptors'),
      leak(track, 'threads'),
      memoryGrowth(track),
      cpuGrowth(track),
    ].filter((each) => each !== undefined);
  });
  return !underWay || grown.some(isTooMuch) ? grown : [];
}

/** Memory and processor time that count at all are more than anybody should wait for. */
function isTooMuch({ symptom, beyondTiming }: Growth): boolean {
  return beyondTiming === true || symptom === 'memory-grows' || symptom === 'cpu-grows';
}

/** Resources that were added by broken connections, if they are more than `allowed`; in the order of the tracks. */
export function heldAfterwards(tracks: readonly Track[], allowed: number): Growth[] {
  return tracks.flatMap((track) =>
    (['descriptors', 'threads'] as const).flatMap((quantity): Growth[] => {
      const values = valuesOf(track, quantity);
      const more = (values.at(-1) ?? 0) - (values[0] ?? 0);
      if (more <= allowed) return [];
      return [
        {
          symptom: `${quantity}-leak`,
          process: track.process,
          says: `holds ${more} more ${quantity} than before connections were broken, and at most ${allowed} more were expected`,
          series: seriesOf(track, quantity, 'broken connections'),
        },
      ];
    }),
  );
}

/** Leaves the scenario if something has grown; the first speaks, and `why` completes its sentence after a colon. */
export function expectNone(grown: readonly Growth[], why: string): void {
  const [first] = grown;
  if (first === undefined) return;
  throw new Unmet({
    symptom: first.symptom,
    says: `${first.process} ${first.says}: ${why}`,
    ...(grown.some(({ beyondTiming }) => beyondTiming) ? { beyondTiming: true } : {}),
    series: grown.slice(0, MOST_SERIES).map(({ series }) => series),
  });
}

function leak(track: Track, quantity: 'descriptors' | 'threads'): Growth | undefined {
  const values = valuesOf(track, quantity);
  const more = (values.at(-1) ?? 0) - (values[0] ?? 0);
  const operations = operationsOf(track);
  const allowed = Math.max(SOME, Math.round(operations / OPERATIONS_PER_ONE));
  // A buffer that has filled up once does not grow any more.
  if (more <= allowed || !isSteady(values)) return undefined;
  return {
    symptom: `${quantity}-leak`,
    process: track.process,
    ...(more > MANY ? { beyondTiming: true } : {}),
    says: `holds ${more} more ${quantity} after ${operations} operations, and at most ${allowed} more were expected`,
    series: seriesOf(track, quantity, OPERATIONS),
  };
}

function memoryGrowth(track: Track): Growth | undefined {
  const values = valuesOf(track, 'memoryBytes');
  const more = (values.at(-1) ?? 0) - (values[0] ?? 0);
  const operations = operationsOf(track);
  const allowed = operations * MEMORY_PER_OPERATION_BYTES;
  if (more <= allowed || !isSteady(values)) return undefined;
  const { values: bytes, ...series } = seriesOf(track, 'memoryBytes', OPERATIONS);
  return {
    symptom: 'memory-grows',
    process: track.process,
    says: `holds ${Math.round(more / MIB)} MiB more memory after ${operations} operations, and at most ${Math.round(allowed / MIB)} MiB more were expected`,
    series: {
      ...series,
      what: `memory of ${track.process} in MiB`,
      values: bytes.map((each) => Math.round(each / MIB)),
    },
  };
}

function cpuGrowth(track: Track): Growth | undefined {
  const { process, at, readings } = track;
  const costs = readings.slice(1).map(({ cpuMs }, index) => {
    const operations = (at[index + 1] ?? 0) - (at[index] ?? 0);
    return (cpuMs - (readings[index]?.cpuMs ?? 0)) / Math.max(1, operations);
  });
  const [first = 0, last = 0] = [costs[0], costs.at(-1)];
  const isDear = last > CPU_FACTOR * first && last > first + CPU_MORE_MS;
  // One stretch alone may be a collection of garbage, or a view that has changed.
  if (!isDear || !isSteady(costs)) return undefined;
  return {
    symptom: 'cpu-grows',
    process,
    says: `takes ${last.toFixed(1)} ms of processor time for an operation after ${at.at(-1) ?? 0} of them, and took ${first.toFixed(1)} ms at first`,
    series: {
      what: `processor time of ${process} for an operation in ms`,
      values: costs,
      unit: OPERATIONS,
      at: at.slice(1),
    },
  };
}

/** Whether it grows from reading to reading, but for one of them. */
function isSteady(values: readonly number[]): boolean {
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
  const total = steps.reduce((sum, step) => sum + step, 0);
  const small = steps.filter((step) => step < total / (4 * steps.length));
  return small.length <= 1;
}

function operationsOf({ at }: Track): number {
  return (at.at(-1) ?? 0) - (at[0] ?? 0);
}

function valuesOf({ readings }: Track, quantity: Quantity): number[] {
  return readings.map((reading) => reading[quantity]);
}

function seriesOf(track: Track, quantity: Quantity, unit: string): Series {
  const values = valuesOf(track, quantity);
  return { what: `${quantity} of ${track.process}`, values, unit, at: [...track.at] };
}
