/** Generated scenarios: what seeds make of them. What they catch is in scenarios.suite.ts and in the calibration. */

import { expect } from 'chai';
import { MOVES } from '../../../harness/scenarios/generated/moves/registry.js';
import { aimsOf, planOf, type PlanShape } from '../../../harness/scenarios/generated/draw-plan.js';
import { GENERATED } from '../../../harness/scenarios/generated/registry.js';
import { runSeed } from '../../../harness/scenarios/generated/guided-seeds.js';
import { deriveSeed, stageRandom } from '../../../harness/ground/seed.js';

const SHAPE: PlanShape = {
  weights: { strike: 3, 'cut-links': 1 },
  moves: { least: 2, most: 5 },
  servers: [2, 3],
  clients: { least: 1, most: 4 },
};

const EVERYTHING: PlanShape = {
  ...SHAPE,
  weights: Object.fromEntries(MOVES.map(({ kind }) => [kind, 1])),
};

const SEEDS = Array.from({ length: 200 }, (_, n) => `seed ${n}`);

/** A plan as text, to compare it with others. */
function textOf(shape: PlanShape, seed: string): string {
  const { servers, clients, keys, moves } = planOf(shape, stageRandom(seed));
  return JSON.stringify({ servers, clients, keys, moves: moves.map(String) });
}

describe('a generated plan', () => {
  it('is the same for the same seed, and another for another one', () => {
    const texts = SEEDS.map((seed) => textOf(SHAPE, seed));
    expect(SEEDS.map((seed) => textOf(SHAPE, seed))).to.deep.equal(texts);
    expect(new Set(texts).size).to.be.above(190);
  });

  it('keeps to the shape of its family', () => {
    for (const seed of SEEDS) {
      const { servers, clients, moves } = planOf(SHAPE, stageRandom(seed));
      expect(servers).to.be.oneOf([2, 3]);
      expect(clients).to.be.within(1, 4);
      expect(moves.length).to.be.within(2, 5);
      for (const { kind } of moves) expect(kind).to.be.oneOf(['strike', 'cut-links']);
    }
  });

  it('draws each number of moves and each kind of move', () => {
    const plans = SEEDS.map((seed) => planOf(EVERYTHING, stageRandom(seed)));
    expect(new Set(plans.map(({ moves }) => moves.length))).to.have.keys([2, 3, 4, 5]);
    const kinds = new Set(plans.flatMap(({ moves }) => moves.map(({ kind }) => kind)));
    expect(kinds).to.have.keys(MOVES.map(({ kind }) => kind));
  });

  it('uses two common keys and some odd ones, each once', () => {
    const keys = SEEDS.map((seed) => planOf(SHAPE, stageRandom(seed)).keys);
    for (const some of keys) {
      expect(some.slice(0, 2)).to.deep.equal(['k0', 'k1']);
      expect(new Set(some).size).to.equal(some.length);
    }
    const used = new Set(keys.flat());
    expect(used).to.include('');
    expect([...used].filter((key) => key.length > 300)).to.have.length(2);
  });
});

describe('the seeds of a generated scenario', () => {
  const [family] = GENERATED;
  const aimsBySeed = (seed: string) => family?.aims?.(stageRandom(seed)) ?? [];
  const tried = (seeds: readonly string[]) => new Set(seeds.flatMap(aimsBySeed)).size;
  const numbers = Array.from({ length: 20 }, (_, index) => index);

  it('are the same whichever run is asked for first', () => {
    const id = family?.id ?? '';
    const last = runSeed('late first', id, 19);
    const all = numbers.map((index) => runSeed('late first', id, index));
    expect(all[19]).to.equal(last);
    expect(new Set(all).size).to.equal(20);
  });

  it('try more in twenty runs than seeds that are drawn blindly', () => {
    const id = family?.id ?? '';
    const plans = ['one', 'two', 'three', 'four', 'five'];
    const guided = plans.map((plan) => tried(numbers.map((n) => runSeed(plan, id, n))));
    const blind = plans.map((plan) => tried(numbers.map((n) => deriveSeed(plan, id, n))));
    const sum = (counts: readonly number[]) => counts.reduce((one, next) => one + next, 0);
    expect(sum(guided)).to.be.above(1.1 * sum(blind));
  });

  it('are plainly derived for a scenario that draws nothing', () => {
    expect(runSeed('plan', 'chaos', 3)).to.equal(deriveSeed('plan', 'chaos', 3));
  });
});

describe('the aims of a plan', () => {
  it('are the pairs of what is drawn for each of its moves', () => {
    const plan = planOf({ ...SHAPE, moves: { least: 1, most: 1 } }, stageRandom('one move'));
    const [move] = plan.moves;
    // The number of servers counts as drawn for the first move.
    const drawn = Object.keys(move?.data ?? {}).length + 1;
    expect(aimsOf(plan)).to.have.length((drawn * (drawn - 1)) / 2);
  });
});
