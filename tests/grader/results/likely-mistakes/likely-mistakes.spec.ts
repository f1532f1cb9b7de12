import { expect } from 'chai';
import {
  readMutantPatterns,
  type MutantPatterns,
} from '../../../../grader/measured/mutant-patterns.js';
import { guessMistakes } from '../../../../grader/results/likely-mistakes/guess-mistake.js';
import { MISTAKES } from '../../../../grader/results/likely-mistakes/mistakes/registry.js';
import {
  rankMistakes,
  type Seen,
} from '../../../../grader/results/likely-mistakes/rank-mistakes.js';
import { cleaned } from '../../../../grader/text/sanitize.js';
import { makeStudentPage } from '../../../../grader/views/pages/student-model.js';
import { renderStudentPage } from '../../../../grader/views/pages/student-page.js';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import { buildResults } from '../../../../grader/results/build-results.js';
import { redactFor } from '../../../../grader/results/redaction.js';
import { renderLikely } from '../../../../grader/views/terminal/likely-lines.js';
import { SCENARIOS, type RunRecord } from '../../../../harness/index.js';
import { MUTANTS } from '../../../../reference/mutants/registry.js';
import { failing as recordFailing, planOf, recordOf } from '../../support.js';

const LOST = 'kv-forwarding / lost-acknowledged-write / get / after killed';
const TWICE = 'kv-at-most-once / duplicate-append / get / after drop-reply';

const failing = (scenario: string, signature: string, times = 1): Seen => ({
  scenario,
  passed: 0,
  failed: times,
  signatures: [{ signature }],
});
const passing = (scenario: string): Seen => ({ scenario, passed: 1, failed: 0, signatures: [] });

const always = (kind: string) => ({ usable: 4, failed: 4, kinds: { [kind]: 4 } });
const lost = always('kv-forwarding / lost-acknowledged-write');
const twice = always('kv-at-most-once / duplicate-append');

/** Three mutants, two of which make the same mistake, in ways that are told apart. */
const patterns: MutantPatterns = {
  format: 'pblab/patterns/1',
  createdAt: '2026-01-02T03:04:05.000Z',
  guesses: { right: 9, said: 10 },
  mutants: {
    'forward-result-ignored': { 'forward-lost-then-failover': lost, chaos: lost },
    'forward-times-out': { 'frozen-backup': lost, 'forwards-held': lost },
    'no-duplicate-filter': { 'at-most-once-append': twice, chaos: twice },
  },
};

const ignored = [
  failing('forward-lost-then-failover', LOST),
  failing('chaos', LOST),
  passing('at-most-once-append'),
  passing('forwards-held'),
];

describe('a likely mistake', () => {
  it('is registered for each mutant, once', () => {
    const named = Object.values(MISTAKES).flatMap(({ mutants }) => mutants);
    expect(named.toSorted()).to.deep.equal(MUTANTS.map(({ name }) => name).toSorted());
  });

  it('is told in full sentences, of which none gives a line of code away', () => {
    for (const [id, { says, lookAt }] of Object.entries(MISTAKES)) {
      expect(says, id).to.match(/^[A-Z][^`]*\.$/);
      expect(lookAt, id).to.match(/^[A-Z][^`]*[.?]$/);
    }
  });

  it('is the one whose mutants fail in these scenarios, in this way', () => {
    const [first] = rankMistakes(ignored, patterns);
    expect(first?.id).to.equal('answers-without-backup');
    expect(first?.probability).to.be.above(0.8);
    expect(first?.explained).to.deep.equal(['forward-lost-then-failover', 'chaos']);
  });

  it('is recognised beside failures that have another cause', () => {
    const more = [...ignored, failing('large-values', LOST), failing('odd-bytes', TWICE)];
    expect(rankMistakes(more, patterns)[0]?.id).to.equal('answers-without-backup');
  });

  it('depends on how the scenarios failed', () => {
    const ranked = rankMistakes([failing('chaos', TWICE)], patterns);
    expect(ranked[0]?.id).to.equal('retries-not-recognised');
  });

  it('counts a scenario once, however many runs of it there were', () => {
    const often = [failing('chaos', LOST, 1000), failing('at-most-once-append', TWICE, 1000)];
    const once = [failing('chaos', LOST), failing('at-most-once-append', TWICE)];
    const order = (seen: Seen[]) => rankMistakes(seen, patterns).map(({ id }) => id);
    expect(order(often)).to.deep.equal(order(once));
  });

  it('is said with what it explains, and how often such guesses were right', () => {
    expect(guessMistakes(ignored, patterns)).to.deep.equal({
      mistakes: [
        {
          says: MISTAKES['answers-without-backup'].says,
          lookAt: MISTAKES['answers-without-backup'].lookAt,
          explains: 'It would explain 2 of 2 failing scenarios: forward-lost-then-failover, chaos.',
        },
      ],
      howSure:
        'This is a guess from which scenarios failed and how. 9 of 10 such guesses were right for programs with a known mistake.',
    });
  });

  it('is not said where nothing failed, or nothing could be judged', () => {
    expect(guessMistakes([passing('chaos'), passing('forwards-held')], patterns)).to.equal(
      undefined,
    );
    const unjudged: Seen = { scenario: 'chaos', passed: 0, failed: 0, signatures: [] };
    expect(guessMistakes([unjudged], patterns)).to.equal(undefined);
  });

  it('is not said where the failure tells too little, or is known from no mutant', () => {
    const unclear = 'kv-survival / operation-timed-out / get';
    expect(guessMistakes([failing('chaos', unclear)], patterns)).to.equal(undefined);
    expect(guessMistakes([failing('odd-bytes', unclear)], patterns)).to.equal(undefined);
    const built = SCENARIOS.map(({ id }) => failing(id, 'build / build-failed'));
    expect(guessMistakes(built, patterns)).to.equal(undefined);
  });

  it('is not said where it explains only a few of many failures', () => {
    const others = SCENARIOS.slice(0, 9).map(({ id }) => failing(id, 'kit-process / exited'));
    expect(guessMistakes([...ignored, ...others], patterns)).to.equal(undefined);
  });

  it('has no patterns where the kit has no such file', () => {
    expect(readMutantPatterns('/there/is/no/such/file.json')).to.equal(undefined);
  });

  it('is one of two where these are likely together', () => {
    const both = { 'promoted-backup-refuses-forwards': lost };
    const mutants = { 'refusal-acknowledged': both, 'forwards-from-old-view': both };
    const seen = [failing('promoted-backup-refuses-forwards', LOST)];
    const guess = guessMistakes(seen, { ...patterns, mutants });
    expect(guess?.mistakes.map(({ says }) => says)).to.have.members([
      MISTAKES['answers-without-backup'].says,
      MISTAKES['strange-forward-executed'].says,
    ]);
    expect(renderLikely(cleaned(guess))).to.match(/^Likely mistake, one of these:\n/);
    const three = { ...mutants, 'no-duplicate-filter': both };
    expect(guessMistakes(seen, { ...patterns, mutants: three })).to.equal(undefined);
  });

  it('is told to a terminal in lines that fit', () => {
    const text = renderLikely(cleaned(guessMistakes(ignored, patterns)), 40);
    expect(text).to.match(/^Likely mistake:\n {2}The primary answers its client/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).to.be.at.most(40);
    expect(text.endsWith('\n\n')).to.equal(true);
    expect(renderLikely(undefined)).to.equal('');
  });
});

describe('the page of a student', () => {
  const scenarios = ['view-restarted-primary', 'view-restarted-backup', 'view-zero'];
  const plan = planOf(['alice'], scenarios, 2);
  const overdue = 'view-restart / view-overdue';

  /** Its likely mistakes, if the first two scenarios end so. */
  function onPage(ending: Partial<RunRecord>) {
    const records = plannedRuns(plan).map((run) =>
      recordOf(run, run.scenario === 'view-zero' ? {} : ending),
    );
    const machine = { cpus: 2, node: 'v20.0.0', platform: 'linux-x64' };
    const results = buildResults(plan, records, { createdAt: plan.createdAt, machine });
    return makeStudentPage(redactFor(results, 'alice'), '/there/is/no/such/folder');
  }

  it('has the likely mistake, and says that it changes no points', () => {
    const page = onPage(recordFailing(overdue));
    expect(page.likely?.mistakes.map(({ says }) => says)).to.deep.equal([
      MISTAKES['restart-unnoticed'].says,
    ]);
    const html = renderStudentPage(page);
    expect(html).to.contain('<h2>Likely mistake</h2>').and.to.contain('It changes no points.');
  });

  it('has none where nothing failed', () => {
    const page = onPage({});
    expect(page).to.not.have.property('likely');
    expect(renderStudentPage(page)).to.not.contain('Likely mistake');
  });
});

describe('the patterns of the kit', () => {
  const shipped = readMutantPatterns();

  it('are of mutants and scenarios that there are', () => {
    const mutants = new Set(MUTANTS.map(({ name }) => name));
    const scenarios = new Set(SCENARIOS.map(({ id }) => id));
    const rows = Object.entries(shipped?.mutants ?? {});
    expect(rows.length).to.be.above(100);
    expect(rows.filter(([name]) => !mutants.has(name))).to.deep.equal([]);
    const ids = rows.flatMap(([, pattern]) => Object.keys(pattern));
    expect(ids.filter((id) => !scenarios.has(id))).to.deep.equal([]);
  });

  it('promise only what was measured: four of five guesses are right, or more', () => {
    const { right = 0, said = 0 } = shipped?.guesses ?? {};
    expect(said).to.be.at.least(10);
    expect(right / said).to.be.at.least(0.8);
  });
});
