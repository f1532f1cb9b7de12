import { expect } from 'chai';
import { shrinkPlan, type Trials } from '../../../../grader/studies/shrink/smallest-plan.js';
import { findScenario, stageRandom, type PlanData } from '../../../../harness/index.js';

const STRIKE = {
  kind: 'strike',
  data: { who: 'backup', how: 'leave', when: 'forward held', afterMs: 700, risk: 0 },
};
const PRIMARY = { kind: 'strike', data: { ...STRIKE.data, who: 'primary' } };
const RETURNS = { kind: 'fail-over', data: { returns: true } };

const PLAN: PlanData = {
  servers: 3,
  clients: 3,
  keys: ['k0', 'k1', '', '__proto__'],
  moves: [PRIMARY, STRIKE, RETURNS, PRIMARY],
};

interface FakeTrials extends Trials {
  tried: PlanData[];
}

/** Trials in which a plan fails exactly where `fails` says so. */
function trialsOf(
  fails: (plan: PlanData) => boolean,
  { width = 1, most = Infinity }: { width?: number; most?: number } = {},
): FakeTrials {
  const tried: PlanData[] = [];
  return {
    tried,
    width,
    isSpent: () => tried.length >= most,
    tryOut(plans) {
      tried.push(...plans);
      const failing = plans.findIndex(fails);
      const passed = [...plans.keys()].filter((at) => failing < 0 || at < failing);
      return Promise.resolve(failing < 0 ? { passed } : { failing, passed });
    },
  };
}

function strikesBackup({ moves }: PlanData): boolean {
  return moves.some(({ kind, data }) => kind === 'strike' && data['who'] === 'backup');
}

describe('the search for the smallest plan that fails', () => {
  for (const width of [1, 3]) {
    it(`leaves only the move that makes it fail, ${width} at once`, async () => {
      const trials = trialsOf(strikesBackup, { width });
      const data = { who: 'backup', how: 'restart', when: 'now', afterMs: 0, risk: 0 };
      expect(await shrinkPlan(PLAN, trials)).to.deep.equal({
        servers: 1,
        clients: 1,
        keys: ['k0', 'k1'],
        moves: [{ kind: 'strike', data }],
      });
      expect(trials.tried.length).to.be.below(40);
    });
  }

  it('keeps what the failure needs', async () => {
    const needs = ({ moves, clients, servers }: PlanData) =>
      clients >= 2 && servers === 3 && moves.filter(({ kind }) => kind === 'strike').length >= 2;
    const { moves, clients, servers, keys } = await shrinkPlan(PLAN, trialsOf(needs));
    expect([moves.length, clients, servers, keys.length]).to.deep.equal([2, 2, 3, 2]);
  });

  it('says the plan itself if nothing simpler fails, and tries no plan twice', async () => {
    const trials = trialsOf(() => false);
    expect(await shrinkPlan(PLAN, trials)).to.deep.equal(PLAN);
    const texts = trials.tried.map((plan) => JSON.stringify(plan));
    expect(new Set(texts).size).to.equal(texts.length);
    expect(texts).to.not.include(JSON.stringify(PLAN));
  });

  it('stops with the smallest so far when the budget is spent', async () => {
    const trials = trialsOf(strikesBackup, { most: 3 });
    const { moves } = await shrinkPlan(PLAN, trials);
    expect(trials.tried).to.have.lengthOf(3);
    expect(moves.length).to.be.below(PLAN.moves.length);
    expect(moves.some(({ data }) => data['who'] === 'backup')).to.be.true;
  });

  it('begins at the plan that the seed of a run draws', async () => {
    const plan = findScenario('generated-membership')?.draw?.(stageRandom('some seed'));
    if (plan === undefined) throw new Error('no plan was drawn');
    expect(
      await shrinkPlan(
        plan,
        trialsOf(() => false),
      ),
    ).to.deep.equal(plan);
    expect(
      (
        await shrinkPlan(
          plan,
          trialsOf(() => true),
        )
      ).moves,
    ).to.deep.equal([]);
  });
});
