import { expect } from 'chai';
import colors from 'picocolors';
import { plannedRuns } from '../../../../grader/plan/plan.js';
import {
  renderCounts,
  renderNews,
  renderSettled,
} from '../../../../grader/views/terminal/single-runs.js';
import type { RunRecord } from '../../../../harness/index.js';
import { failing, planOf, recordOf, unknown } from '../../support.js';
import { cleaned } from '../../../../grader/text/sanitize.js';

const palette = colors.createColors(false);
const context = { directory: '/nowhere', shownAs: 'out', palette };

/** One record for each scenario, changed as said. */
function recordsOf(changes: Record<string, Partial<RunRecord>>): RunRecord[] {
  const runs = plannedRuns(planOf(['alice'], Object.keys(changes), 1));
  return runs.map((run) => recordOf(run, changes[run.scenario]));
}

function lineOf(change: Partial<RunRecord>): string {
  return recordsOf({ append: { durationMs: 1234, ...change } })
    .map((record) => renderSettled(cleaned(record), context))
    .join('');
}

describe('the line of a scenario that has just ended', () => {
  it('has its verdict, its id and its seconds', () => {
    expect(lineOf({})).to.equal('pass     append  1.2 s\n');
    expect(lineOf(unknown('disturbed'))).to.equal('unknown  append  1.2 s\n');
  });

  it('has one sentence below it that says what failed, on one line and made harmless', () => {
    const reason = 'A write\nis \u001b[2Jgone.';
    expect(lineOf(failing('lost', { reason }))).to.equal(
      'FAIL     append  1.2 s\n  A write is gone.\n',
    );
  });

  it('leaves the words of a failed build for the end, which are the same for all scenarios', () => {
    expect(lineOf(failing('build', { class: 'build' }))).to.equal('FAIL     append  1.2 s\n');
  });
});

describe('the news at the end', () => {
  const records = recordsOf({
    slow: failing('late', { class: 'liveness', reason: 'It took too long.' }),
    busy: unknown('disturbed'),
    sound: {},
    rude: failing('rude', { class: 'protocol', reason: 'It said "x".' }),
    lossy: failing('lost', { class: 'safety', reason: 'A write is gone.' }),
    dead: failing('died', { class: 'crash', reason: 'It died.' }),
    lossy2: failing('lost', { class: 'safety', reason: 'Another one.' }),
  });

  it('are the worst first, and what cannot be told after all failures', () => {
    expect(renderNews(cleaned(records), context).split('\n')).to.deep.equal([
      '',
      'FAIL: lossy (safety)',
      '  A write is gone.',
      '',
      'FAIL: lossy2 (safety)',
      '  Another one.',
      '',
      'FAIL: dead (crash)',
      '  It died.',
      '',
      'FAIL: rude (protocol)',
      '  It said "x".',
      '',
      'FAIL: slow (liveness)',
      '  It took too long.',
      '',
      'unknown: busy (disturbed)',
      '  It cannot be told.',
      '',
    ]);
    expect(renderCounts(cleaned(records))).to.equal('1 passed, 5 failed, 1 unknown');
  });

  it('tell a failed build once, whatever the number of scenarios', () => {
    const build = failing('build', { class: 'build', artifacts: 'evidence/alice' });
    const news = renderNews(cleaned(recordsOf({ one: build, two: build })), context);
    expect(news).to.equal('\nFAIL: its build (build)\n  A write is gone.\n');
  });

  it('are empty when all passed', () => {
    expect(renderNews(cleaned(recordsOf({ one: {}, two: {} })), context)).to.equal('');
  });
});
