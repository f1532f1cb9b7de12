/**
 * A plan is everything that a generated run will do: how many servers and clients it begins with, which keys are used, and
 * which moves follow each other. It is drawn by fast-check from the seed of the run.
 */

import * as fc from 'fast-check';
import type { Random } from '../../ground/seed.js';
import type { PlannedMove } from './move.js';
import { MOVES } from './moves/registry.js';

export interface Plan {
  servers: number;
  clients: number;
  keys: readonly string[];
  moves: readonly PlannedMove[];
}

/** The differences between families of generated runs. */
export interface PlanShape {
  /** How often each kind of move is drawn, relative to the others; never, if absent. */
  weights: Readonly<Record<string, number>>;
  /** Moves of a plan, at least and at most. */
  moves: { least: number; most: number };
  servers: readonly number[];
  clients: { least: number; most: number };
}

/** fast-check takes 32 bits for a seed. */
const LEAST_SEED = -(2 ** 31);
const MOST_SEED = 2 ** 31 - 1;

/** Keys that every plan has. */
export const PLAIN_KEYS = ['k0', 'k1'] as const;

/** Two keys of 301 characters differ only in the last. */
const LONG_KEYS = [1, 2].map((n) => `${'key '.repeat(75)}${n}`);

/** Keys that some stores confuse, lose, or take for something else. */
export const ODD_KEYS = [
  '',
  ' ',
  ...LONG_KEYS,
  '__proto__',
  'constructor',
  'K0',
  'k0 ',
  'a/../b',
  'schlüssel\n"\\',
  '0',
];

export function plans({ weights, moves, servers, clients }: PlanShape): fc.Arbitrary<Plan> {
  const drawn = MOVES.flatMap(({ kind, draw }) => {
    const weight = weights[kind];
    return weight === undefined ? [] : [{ weight, arbitrary: draw }];
  });
  const { least, most } = moves;
  return fc.record({
    servers: fc.constantFrom(...servers),
    clients: fc.integer({ min: clients.least, max: clients.most }),
    keys: fc
      .uniqueArray(fc.constantFrom(...ODD_KEYS, ...LONG_KEYS, ''), { maxLength: 3, size: 'max' })
      .map((odd) => [...PLAIN_KEYS, ...odd]),
    moves: fc.array(fc.oneof(...drawn), { minLength: least, maxLength: most, size: 'max' }),
  });
}

/** The plan that belongs to the seed of a run. */
export function planOf(shape: PlanShape, random: Random): Plan {
  const seed = random.child('plan').integer(LEAST_SEED, MOST_SEED);
  const [plan] = fc.sample(fc.noBias(plans(shape)), { seed, numRuns: 1 });
  if (plan === undefined) throw new Error('fast-check has drawn no plan');
  return plan;
}

/** The situations that a plan will try, as words: each pair of values drawn for one move, and its beginning. */
export function aimsOf({ servers, moves }: Plan): string[] {
  return moves.flatMap(({ kind, data }, at) => {
    const begins = at === 0 ? [`servers=${servers}`] : [];
    const drawn = [
      ...begins,
      ...Object.entries(data).map(([name, one]) => `${name}=${String(one)}`),
    ];
    return pairsOf(drawn).map((pair) => `${kind} ${pair}`);
  });
}

function pairsOf(words: readonly string[]): string[] {
  return words.flatMap((one, at) => words.slice(at + 1).map((other) => `${one} ${other}`));
}
