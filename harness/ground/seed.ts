/**
 * Seeded randomness. A run has one seed; generators for its parts are derived by name, so that one
 * more draw in one part disturbs no other.
 */

import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of draws, fully determined by its seed. */
export interface Random {
  readonly seed: string;
  /** An independent stream; the same name gives the same stream, whatever was drawn here before. */
  child(name: string): Random;
  /** From 0 (included) to 1 (excluded). */
  float(): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One item of a list that is not empty. */
  pick<T>(items: readonly T[]): T;
}

/** A stream from any text; equal texts give equal streams on every machine. */
export function randomFrom(seed: string): Random {
  const generator = xoroshiro128plus(hash32(seed));
  const integer = (low: number, high: number) => uniformInt(generator, low, high);
  const float = () => uniformFloat64(generator);
  return {
    seed,
    child: (name) => randomFrom(`${seed}/${name}`),
    float,
    integer,
    chance: (probability) => float() < probability,
    pick(items) {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new Error('pick: the list is empty');
      return item;
    },
  };
}

/** The random numbers of a scenario, in the run of this seed. */
export function stageRandom(seed: string): Random {
  return randomFrom(seed).child('scenario');
}

/** The seed of a run: 16 hexadecimal digits, from the seed of the plan and the run's own place in it. */
export function deriveSeed(planSeed: string, ...path: readonly (string | number)[]): string {
  return digest([planSeed, ...path].join('/'))
    .toString('hex')
    .slice(0, 16);
}

function hash32(text: string): number {
  return digest(text).readInt32LE(0);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
