import { expect } from 'chai';
import { COVERABLE, isGenerated } from '../../../harness/scenarios/generated/coverable.js';
import { describeMet, MOMENTS, TARGETS } from '../../../harness/scenarios/stage/met.js';
import { MOVES } from '../../../harness/scenarios/generated/moves/registry.js';

describe('what generated runs can meet', () => {
  it('is what the moves can bring about, each once', () => {
    const covered = MOVES.flatMap(({ covers }) => covers).map(describeMet);
    const names = COVERABLE.map(describeMet);
    expect(new Set(names).size).to.equal(names.length);
    expect(new Set(names)).to.deep.equal(new Set(covered));
  });

  it('has every target and every moment, in the order of their lists', () => {
    expect([...new Set(COVERABLE.map(({ target }) => target))]).to.deep.equal([...TARGETS]);
    expect(new Set(COVERABLE.map(({ moment }) => moment))).to.deep.equal(new Set(MOMENTS));
    for (const target of TARGETS) {
      const own = COVERABLE.filter((one) => one.target === target);
      const order = own.map(({ moment }) => MOMENTS.indexOf(moment));
      expect(order, target).to.deep.equal(order.toSorted((a, b) => a - b));
    }
  });

  it('has no forward where there is no backup, and nobody back in time but by a restart', () => {
    const forwards = /forward/;
    const sole = COVERABLE.filter(({ target }) => target === 'sole primary');
    expect(sole.filter(({ moment }) => forwards.test(moment))).to.deep.equal([]);
    const early = COVERABLE.filter(({ moment }) => moment === 'before it counts as dead');
    expect(new Set(early.map(({ did }) => did))).to.deep.equal(new Set(['restart']));
  });

  it('comes from scenarios that say of themselves that they are generated', () => {
    expect(isGenerated('generated-links')).to.be.true;
    expect(isGenerated('chaos')).to.be.false;
  });
});
