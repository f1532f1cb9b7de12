import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  describePlan,
  dataOf,
  parsePlan,
} from '../../../../harness/scenarios/generated/stored-plan.js';
import { type PlanData } from '../../../../harness/scenarios/stage/plan-data.js';
import { MOVES } from '../../../../harness/scenarios/generated/moves/registry.js';
import { plans, type PlanShape } from '../../../../harness/scenarios/generated/draw-plan.js';
import { GENERATED } from '../../../../harness/scenarios/generated/registry.js';
import { simplerPlans } from '../../../../harness/scenarios/generated/simpler.js';
import { stageRandom } from '../../../../harness/ground/seed.js';

/** Plans with every kind of move. */
const ANY: PlanShape = {
  weights: Object.fromEntries(MOVES.map(({ kind }) => [kind, 1])),
  moves: { least: 0, most: 6 },
  servers: [1, 2, 3],
  clients: { least: 1, most: 9 },
};

const STRIKE = {
  kind: 'strike',
  data: { who: 'backup', how: 'restart', when: 'now', afterMs: 0, risk: 0 },
};
const PLAN: PlanData = { servers: 2, clients: 1, keys: ['k0', 'k1'], moves: [STRIKE] };

describe('a plan as data', () => {
  it('is the same plan after it was stored and read again, whatever its moves', () => {
    fc.assert(
      fc.property(plans(ANY), (plan) => {
        const data = dataOf(plan);
        const again = parsePlan(JSON.parse(JSON.stringify(data)));
        expect(JSON.stringify(dataOf(again))).to.equal(JSON.stringify(data));
        expect(again.moves.map(String)).to.deep.equal(plan.moves.map(String));
      }),
    );
  });

  it('says each move in one line of plain words', () => {
    fc.assert(
      fc.property(plans(ANY), (plan) => {
        const { moves } = describePlan(dataOf(plan));
        expect(moves).to.have.lengthOf(plan.moves.length);
        for (const line of moves) {
          expect(line)
            .to.match(/^\S.*\S$/)
            .and.not.match(/undefined|NaN|\[object/);
        }
      }),
    );
    expect(describePlan(PLAN)).to.deep.equal({
      begins: '2 servers, 1 client, keys k0, k1',
      moves: ['restart the backup at once'],
    });
  });

  it('is drawn by each generated scenario from its seed, always the same', () => {
    for (const { id, draw } of GENERATED) {
      const [one, other] = [draw?.(stageRandom('7')), draw?.(stageRandom('7'))];
      expect(one, id).to.have.property('moves').that.is.not.empty;
      expect(one, id).to.deep.equal(other);
      expect(JSON.stringify(dataOf(parsePlan(one)))).to.equal(JSON.stringify(one));
    }
  });

  const bad: readonly [string, unknown, RegExp][] = [
    ['no plan', 'restart', /this is not a plan: the whole: /],
    ['too many servers', { ...PLAN, servers: 4 }, /this is not a plan: servers: /],
    ['no keys', { ...PLAN, keys: [] }, /this is not a plan: keys: /],
    ['a move without data', { ...PLAN, moves: [{ kind: 'strike' }] }, /moves\.0\.data: /],
    [
      'a move that does not exist',
      { ...PLAN, moves: [STRIKE, { kind: 'strik', data: {} }] },
      /^move 2 of the plan is of a kind that .*: got strik, expected one of cut-links, /,
    ],
    [
      'a move with data that are never drawn',
      { ...PLAN, moves: [{ ...STRIKE, data: { ...STRIKE.data, who: 'clerk' } }] },
      /^move 1 of the plan cannot be played .*: got strike with \{who: "clerk", .*version/,
    ],
  ];
  for (const [name, value, message] of bad) {
    it(`is refused with ${name}`, () => {
      expect(() => parsePlan(value))
        .to.throw(message)
        .with.property('name', 'UsageError');
    });
  }
});

describe('plans that are simpler', () => {
  it('begin with the plan itself, and are plans that can be played', () => {
    fc.assert(
      fc.property(plans(ANY), (plan) => {
        const tree = simplerPlans(dataOf(plan));
        expect(JSON.stringify(tree.plan)).to.equal(JSON.stringify(dataOf(plan)));
        for (const next of tree.simpler()) {
          parsePlan(next.plan);
          expect(JSON.stringify(next.plan)).to.not.equal(JSON.stringify(tree.plan));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('take away moves, clients, servers and odd keys', () => {
    const big: PlanData = {
      servers: 3,
      clients: 3,
      keys: ['k0', 'k1', ''],
      moves: [STRIKE, STRIKE],
    };
    const simpler = [...simplerPlans(big).simpler()].map(({ plan }) => plan);
    const changed = (part: keyof PlanData) =>
      simpler.map((plan) => plan[part]).filter((value) => value !== big[part]);
    expect(changed('moves').some((moves) => JSON.stringify(moves) === '[]')).to.be.true;
    expect(changed('clients')).to.include(1);
    expect(changed('servers')).to.include(1);
    expect(simpler.map(({ keys }) => keys.length)).to.include(2);
  });
});
