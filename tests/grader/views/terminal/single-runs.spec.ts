import { expect } from 'chai';
import colors from 'picocolors';
import { buildResults } from '../../../../grader/results/build-results.js';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import {
  renderCounts,
  renderNews,
  renderSettled,
} from '../../../../grader/views/terminal/single-runs.js';
import { describePrevalence, prevalenceOf } from '../../../../grader/measured/prevalence.js';
import { TIERS, type RunRecord } from '../../../../harness/index.js';
import { renderFailureGroups } from '../../../../grader/views/terminal/failure-group-lines.js';
import { stoppedEarly } from '../../../../grader/views/terminal/stopped-early.js';
import { renderTierCounts } from '../../../../grader/views/terminal/tier-lines.js';
import { failing, planOf, recordOf, unknown } from '../../support.js';
import { cleaned } from '../../../../grader/text/sanitize.js';

const LOST = 'kv-latest / lost-acknowledged-write / get';

const palette = colors.createColors(false);
const NOT_MEASURED = '  (public submissions: not measured)';
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

describe('the line of a failure that is not about its scenario', () => {
  it('says how the scenario would have ended', () => {
    const besides = { verdict: 'pass', reason: 'It is right.' } as const;
    expect(lineOf(failing('view', { besides }))).to.contain(
      '\n  Without that mistake, this scenario passes.\n',
    );
  });

  it('says nothing more where it could not go on', () => {
    const besides = { verdict: 'unknown', reason: 'It ended there.' } as const;
    expect(lineOf(failing('view', { besides })).split('\n')).to.have.lengthOf(3);
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
      NOT_MEASURED,
      '  A write is gone.',
      '',
      'FAIL: lossy2 (safety)',
      NOT_MEASURED,
      '  Another one.',
      '',
      'FAIL: dead (crash)',
      NOT_MEASURED,
      '  It died.',
      '',
      'FAIL: rude (protocol)',
      NOT_MEASURED,
      '  It said "x".',
      '',
      'FAIL: slow (liveness)',
      NOT_MEASURED,
      '  It took too long.',
      '',
      'unknown: busy (disturbed)',
      '  It cannot be told.',
      '',
    ]);
    expect(renderCounts(cleaned(records), 7)).to.equal('1 passed, 5 failed, 1 unknown');
    expect(renderCounts(cleaned(records), 33)).to.match(/1 unknown, 26 not run$/);
  });

  it('have what the hand-out asks for before what it does not, and how many others fail it', () => {
    const news = renderNews(
      cleaned(
        recordsOf({
          'view-late-pings': failing('lost', { class: 'safety', reason: 'A ping is gone.' }),
          'sole-server-restarted': failing('lost', { class: 'safety', reason: 'A write is gone.' }),
          'view-zero': failing('late', { class: 'liveness', reason: 'It took too long.' }),
        }),
      ),
      context,
    );
    const prevalence = (id: string) => `  (${describePrevalence(prevalenceOf(id))})`;
    expect(news.split('\n')).to.deep.equal([
      '',
      `asked: 1 failure. ${TIERS.asked}`,
      '',
      'FAIL: view-zero (liveness)',
      prevalence('view-zero'),
      '  It took too long.',
      '',
      `implied: 1 failure. ${TIERS.implied}`,
      '',
      'FAIL: sole-server-restarted (safety)',
      prevalence('sole-server-restarted'),
      '  A write is gone.',
      '',
      `beyond: 1 failure. ${TIERS.beyond}`,
      '',
      'FAIL: view-late-pings (safety)',
      prevalence('view-late-pings'),
      '  A ping is gone.',
      '',
    ]);
  });

  it('count the scenarios of each tier, without those that cannot be judged', () => {
    const counted = recordsOf({
      'view-late-pings': failing('lost'),
      'view-zero': {},
      'single-primary': {},
      'primary-failure': unknown('disturbed'),
      gone: {},
    });
    expect(renderTierCounts(cleaned(counted), ['view-zero', 'missing-key', 'chaos'])).to.equal(
      'asked 2 of 2 (1 more unknown and 1 not run), implied 1 not run, beyond 0 of 1',
    );
    const busy = recordsOf({ 'view-zero': unknown('disturbed') });
    expect(renderTierCounts(cleaned(busy), [])).to.equal('asked 1 unknown');
  });

  it('tell a failed build once, whatever the number of scenarios', () => {
    const build = failing('build', { class: 'build', artifacts: 'evidence/alice' });
    const news = renderNews(cleaned(recordsOf({ one: build, two: build })), context);
    expect(news).to.equal('\nFAIL: its build (build)\n  A write is gone.\n');
  });

  it('begin with a mistake that decided several scenarios, and tell it once', () => {
    const RULE = 'view-acknowledged / view-left-unacknowledged';
    const decided = recordsOf({
      hidden: failing(RULE, { besides: { verdict: 'pass', reason: 'It is right.' } }),
      worse: failing(RULE, {
        besides: { verdict: 'fail', class: 'safety', signature: LOST, reason: 'A write is lost.' },
      }),
      lossy: failing(LOST),
      sound: {},
    });
    const { submissions } = buildResults(
      planOf(['alice'], ['hidden', 'worse', 'lossy', 'sound'], 1),
      decided,
      {
        createdAt: '2026-01-02T03:14:05.000Z',
        machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
      },
    );
    const groups = cleaned(submissions[0]?.groups);
    expect(renderFailureGroups(groups ?? [], { palette, width: 200 })[0]).to.equal(
      '  2 × safety, root cause (one mistake decided the result of 2 scenarios): view left before its primary had acknowledged it',
    );
    expect(renderNews(cleaned(decided), { ...context, groups }).split('\n')).to.deep.equal([
      '',
      'ROOT CAUSE (safety): one mistake decided the result of 2 of 4 scenarios: view left before its primary had acknowledged it.',
      '  The lab asks: The view does not change before its primary has pinged with its number, even if that',
      '    means waiting for ever.',
      '  2 of these runs are about something else: without the mistake, 1 would pass and 1 would still',
      '    fail, which may be a consequence (see below).',
      '  It decided hidden, worse. For example:',
      '  A write is gone.',
      '  worse',
      '  Without that mistake, this scenario still fails, which may be a consequence: A write is lost.',
      '',
      'FAIL: lossy (safety)',
      NOT_MEASURED,
      '  A write is gone.',
      '',
    ]);
  });

  it('leave out a mistake that stopped the test early, and count all scenarios that were run', () => {
    const besides = { verdict: 'pass', reason: 'It is right.' } as const;
    const ended = (signature: string) =>
      failing(signature, { besides, operations: { ok: 0, failed: 0, indefinite: 1 } });
    const ids = ['view-zero', 'single-primary', 'missing-key', 'empty-values', 'odd-bytes'];
    const hung = ended('kv-progress / operation-timed-out');
    const stopped = recordsOf({
      'view-zero': ended(LOST),
      'view-first-primary': ended(LOST),
      'single-primary': hung,
      'missing-key': hung,
    });
    const planned = planOf(
      ['alice'],
      stopped.map(({ scenario }) => scenario),
      1,
    );
    const { submissions } = buildResults(planned, stopped, {
      createdAt: '2026-01-02T03:14:05.000Z',
      machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
    });
    const groups = cleaned(submissions[0]?.groups);
    const clean = cleaned(stopped);
    const stops = stoppedEarly(clean, ids);
    expect(stops).to.have.lengthOf(1);
    const news = renderNews(clean, { ...context, groups, stops });
    expect(news.match(/ROOT CAUSE .*? scenarios/g)).to.deep.equal([
      'ROOT CAUSE (safety): one mistake decided the result of 2 of 4 scenarios',
    ]);
    expect(news.match(/FAIL: .*/g)).to.deep.equal(['FAIL: single-primary (safety)']);
  });

  it('are empty when all passed', () => {
    expect(renderNews(cleaned(recordsOf({ one: {}, two: {} })), context)).to.equal('');
  });
});
