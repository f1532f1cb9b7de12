/** What is made of the runs of two submissions: which differ, in what, and how that is said. */

import { expect } from 'chai';
import { displayWidth } from '../../../../grader/views/terminal/wrap.js';
import { renderComparison } from '../../../../grader/views/terminal/comparison-terminal.js';
import type { Comparison } from '../../../../grader/studies/compare/comparison.js';
import { expectGolden } from '../../golden.js';
import { failing, unknown } from '../../support.js';
import { compareMadeUp, costsOf, isMine, LOSES_WRITES } from './made-up.js';
import { cleaned } from '../../../../grader/text/sanitize.js';

const words = ({ scenarios }: Comparison) => scenarios.map(({ word }) => word);
const overall = ({ costs }: Comparison) => costs.filter(({ scenario }) => scenario === 'all');
const wordOf = (comparison: Comparison, name: string) =>
  overall(comparison).find(({ cost }) => cost === name)?.word;

const EARLIER = {
  directory: '/somewhere/old',
  kit: '0.1.0',
  plannedAt: '2026-01-01T00:00:00.000Z',
  differs: [],
};

describe('a comparison of failure rates', () => {
  it('says what yours does wrong where the other does not', () => {
    const comparison = compareMadeUp({
      ending: (run) => (isMine(run) && run.scenario === 'failover' ? LOSES_WRITES : {}),
    });
    expect(comparison.verdict).to.equal('worse');
    expect(words(comparison)).to.deep.equal(['no difference seen', 'worse']);
    expect(comparison.says).to.equal(
      'mine loses acknowledged writes in failover (fails 20 of 20 runs, old 0 of 20).',
    );
    const difference = comparison.scenarios[1]?.difference;
    expect(difference).to.include({ estimate: 1, confidence: 0.95, test: 'boschloo' });
    expect(difference?.corrected).to.be.below(1e-9);
    expect(comparison.scenarios[0]?.difference?.noWorseThan).to.be.within(0.11, 0.13);
  });

  it('leads with the gravest of what went wrong most often, and counts the rest', () => {
    const comparison = compareMadeUp({
      scenarios: ['slow', 'lossy', 'fine'],
      ending(run) {
        if (!isMine(run) || run.scenario === 'fine') return {};
        if (run.scenario === 'lossy') return LOSES_WRITES;
        return failing('kv-clerk-retries / operation-timed-out / get', { class: 'liveness' });
      },
    });
    expect(comparison.says).to.match(
      /^mine loses acknowledged writes in lossy \(.*\) and fails more often in 1 more scenario\.$/,
    );
  });

  it('says so of what has become better, and of both', () => {
    const better = compareMadeUp({ ending: (run) => (isMine(run) ? {} : LOSES_WRITES) });
    expect(better.verdict).to.equal('no worse');
    expect(better.says).to.equal(
      'mine fails less often in append (0 of 20 runs, old 20 of 20) and does so in 1 more scenario.',
    );
    const both = compareMadeUp({
      ending: (run) => (isMine(run) === (run.scenario === 'append') ? LOSES_WRITES : {}),
    });
    expect(both.verdict).to.equal('worse');
    expect(both.says).to.equal(
      'mine loses acknowledged writes in append (fails 20 of 20 runs, old 0 of 20), but it fails less often in failover (0 of 20 runs, old 20 of 20).',
    );
  });

  it('sees no difference in what chance may do, and says what is ruled out', () => {
    const comparison = compareMadeUp({
      runs: 50,
      ending: (run) => (isMine(run) && run.index < 3 ? LOSES_WRITES : {}),
    });
    expect(words(comparison)).to.deep.equal(['no difference seen', 'no difference seen']);
    expect(comparison.verdict).to.equal('no worse');
    expect(comparison.says).to.equal(
      'No difference was seen between mine and old in 2 scenarios (mine fails at most 14.1 % more of its runs).',
    );
  });

  it('makes every scenario that is looked at raise what it takes', () => {
    const five = (scenarios: string[]) =>
      compareMadeUp({
        runs: 50,
        scenarios,
        ending: (run) => (isMine(run) && run.scenario === 'a' && run.index < 5 ? LOSES_WRITES : {}),
      });
    expect(words(five(['a']))).to.deep.equal(['worse']);
    expect(words(five(['a', 'b', 'c']))[0]).to.equal('no difference seen');
  });

  it('is undecided below ten usable runs, whatever they showed', () => {
    const few = compareMadeUp({ runs: 9, ending: (run) => (isMine(run) ? LOSES_WRITES : {}) });
    expect(few.verdict).to.equal('undecided');
    expect(few.says).to.equal(
      '9 runs on either side are too few: a comparison needs 10 of each scenario.',
    );
    const one = compareMadeUp({ runs: 1 });
    expect(one.says).to.match(/^1 run on either side is too few: /);
    const partly = compareMadeUp({
      ending: ({ scenario }) => (scenario === 'append' ? unknown('disturbed') : {}),
    });
    expect(partly.verdict).to.equal('undecided');
    expect(partly.says).to.match(/; in 1 other scenario too few runs could be judged\.$/);
    const disturbed = compareMadeUp({ ending: (run) => (isMine(run) ? unknown('disturbed') : {}) });
    expect(disturbed.verdict).to.equal('undecided');
    expect(disturbed.says).to.equal('Too few runs could be judged to tell mine and old apart.');
    expect(disturbed.scenarios[0]).not.to.have.property('difference');
  });
});

describe('a comparison of costs', () => {
  it('says that yours is slower, by how much, and what else is dearer', () => {
    const comparison = compareMadeUp({
      ending: (run) => costsOf(run, isMine(run) ? { latencyP50Ms: 9, viewLookups: 1.2 } : {}),
    });
    expect(comparison.verdict).to.equal('worse');
    expect(comparison.says).to.match(
      /; it is slower: it takes 1\.8 times as long for an ordinary operation; it asks the view service 6 times as often\.$/,
    );
    expect(wordOf(comparison, 'latencyP50Ms')).to.equal('worse');
    expect(wordOf(comparison, 'failOverMs')).to.equal('no difference seen');
    const [first] = overall(comparison).filter(({ cost }) => cost === 'latencyP50Ms');
    expect(first?.ratio?.estimate).to.be.closeTo(1.8, 1e-9);
    expect(first?.a.runs).to.equal(40);
  });

  it('says that no difference in speed was seen where none is, and how large it may be', () => {
    const comparison = compareMadeUp({ ending: (run) => costsOf(run) });
    expect(comparison.verdict).to.equal('no worse');
    expect(comparison.says).to.match(
      /; no difference in speed was seen \(latency p50 × [\d.]+ to [\d.]+\)\.$/,
    );
  });

  it('takes more operations per second for better', () => {
    const comparison = compareMadeUp({
      ending: (run) => costsOf(run, isMine(run) ? { operationsPerSec: 400 } : {}),
    });
    expect(wordOf(comparison, 'operationsPerSec')).to.equal('better');
    expect(comparison.says).to.match(/; it is faster: it serves 2 times as many operations/);
  });

  it('looks only at pairs of runs that both passed', () => {
    const comparison = compareMadeUp({
      ending: (run) =>
        isMine(run) && run.index % 2 === 0
          ? { ...LOSES_WRITES, ...costsOf(run, { latencyP50Ms: 1 }) }
          : costsOf(run),
    });
    const latency = overall(comparison).find(({ cost }) => cost === 'latencyP50Ms');
    expect(latency?.a.runs).to.equal(20);
    expect(latency?.ratio?.estimate).to.equal(1);
  });

  it('thinks nothing of what nobody would notice', () => {
    const comparison = compareMadeUp({
      ending: (run) =>
        costsOf(
          run,
          isMine(run) ? { latencyP50Ms: 5.3, viewLookups: 0.02 } : { viewLookups: 0.01 },
        ),
    });
    expect(wordOf(comparison, 'latencyP50Ms')).to.equal('no difference seen');
    expect(wordOf(comparison, 'viewLookups')).to.equal('no difference seen');
  });

  it('says nothing of few pairs, nor of a ratio to nothing', () => {
    expect(wordOf(compareMadeUp({ runs: 4, ending: costsOf }), 'latencyP50Ms')).to.equal(
      'undecided',
    );
    const comparison = compareMadeUp({
      ending: (run) => costsOf(run, { viewLookups: isMine(run) ? 1 : 0 }),
    });
    const lookups = overall(comparison).find(({ cost }) => cost === 'viewLookups');
    expect(lookups).to.include({ word: 'undecided' }).and.not.to.have.property('ratio');
  });

  it('judges no time of an earlier grading, but what can be counted', () => {
    const comparison = compareMadeUp({
      earlier: EARLIER,
      ending: (run) => costsOf(run, isMine(run) ? { latencyP50Ms: 50, viewLookups: 1.2 } : {}),
    });
    expect(wordOf(comparison, 'latencyP50Ms')).to.be.undefined;
    expect(wordOf(comparison, 'viewLookups')).to.equal('worse');
    expect(comparison.says).not.to.contain('slower');
  });
});

describe('the model of a comparison', () => {
  const comparison = compareMadeUp({
    scenarios: ['append', 'failover', 'freeze'],
    ending(run) {
      if (isMine(run) && run.scenario === 'failover' && run.index > 4) return LOSES_WRITES;
      return costsOf(run, isMine(run) ? { latencyP50Ms: 9, viewLookups: 1.2 } : {});
    },
  });

  it('is data that survive JSON, with finite numbers only', () => {
    expect(JSON.parse(JSON.stringify(comparison))).to.deep.equal(comparison);
  });

  it('is shown on a terminal', () => {
    expectGolden(
      'comparison.txt',
      renderComparison(cleaned(comparison), { color: false, width: 80 }),
    );
  });

  it('keeps within the columns of its terminal', () => {
    for (const width of [40, 60, 72, 100]) {
      const shown = renderComparison(cleaned(comparison), { color: false, width });
      expect(Math.max(...shown.split('\n').map(displayWidth))).to.be.at.most(width);
      expect(shown.replaceAll(/\s+/g, ' ')).to.match(/failover.*worse.*15 of 20.*\+75 \(/);
    }
  });

  it('shows nothing of a submission as it is', () => {
    const named = { ...comparison.b, name: '\u001b[31mevil\u202e' };
    const shown = renderComparison(cleaned({ ...comparison, b: named }), { color: false });
    for (const hostile of ['\u001b', '\u202e']) expect(shown).not.to.include(hostile);
  });
});
