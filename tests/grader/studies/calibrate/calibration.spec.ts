import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { buildCalibration } from '../../../../grader/studies/calibrate/build-calibration.js';
import {
  abridged,
  calibrationText,
  falseAlarms,
  folderTotals,
  isComplete,
  survivors,
  type Calibration,
} from '../../../../grader/measured/calibration.js';
import { readMeasured, saveMeasured } from '../../../../grader/measured/measured.js';
import {
  calibrationRuns,
  closeLook,
  expectedLook,
  screen,
} from '../../../../grader/studies/calibrate/calibration-stages.js';
import type { Plan, PlannedRun } from '../../../../grader/plan/plan.js';
import {
  mutantRows,
  provenance,
  renderCalibrationMarkdown,
  scenarioRows,
} from '../../../../grader/views/terminal/calibration-markdown.js';
import { renderCalibration } from '../../../../grader/views/terminal/calibration-terminal.js';
import { UsageError, type RunRecord } from '../../../../harness/index.js';
import { expectGolden } from '../../golden.js';
import { failing, planOf, recordOf, unknown, withFolder, staged } from '../../support.js';
import { cleaned } from '../../../../grader/text/sanitize.js';

const SCREEN_RUNS = 2;
const CLOSE_RUNS = 10;

const context = {
  createdAt: '2026-01-02T03:14:05.000Z',
  machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
};

/** The reference and three mutants in four scenarios; two of the mutants should be caught. */
const plan: Plan = {
  ...planOf(['reference', 'sure', 'rare', 'good'], ['one', 'two', 'three', 'four'], SCREEN_RUNS),
  calibration: {
    closeRuns: CLOSE_RUNS,
    expected: { 'mutant:sure': ['one'], 'mutant:rare': ['three'] },
  },
};
for (const one of plan.submissions.slice(1)) one.spec = `mutant:${one.name}`;

/** Which runs fail, by cell; `sure` fails in half of the runs of `one`, and nearly always elsewhere. */
const FAILURES: Record<string, (index: number) => boolean> = {
  'sure/one': (index) => index % 2 === 0,
  'sure/two': () => true,
  'sure/three': () => true,
  'sure/four': (index) => index !== 5,
  'rare/three': (index) => index === 7,
};

/** In ms; of the scenarios in which `sure` always fails `two` is the slowest. */
const DURATIONS: Record<string, number> = { one: 50, two: 300, three: 100, four: 200 };

function endingOf({ submission, scenario, index }: PlannedRun): Partial<RunRecord> {
  const cell = `${submission.name}/${scenario}`;
  const durationMs = DURATIONS[scenario] ?? expect.fail('no such scenario');
  if (cell === 'rare/one' && index === 0) return { ...unknown('disturbed'), durationMs };
  return FAILURES[cell]?.(index) ? failing('lost', { durationMs }) : { durationMs };
}

function recordsOf(runs: readonly PlannedRun[], ending = endingOf): RunRecord[] {
  return runs.map((run) => recordOf(run, ending(run)));
}

const screened = recordsOf(staged(screen(plan, [])).runs);
const closely = staged(closeLook(plan, screened)).runs;
const known = new Set(screened.map(({ key }) => key));
const records = [...screened, ...recordsOf(closely.filter(({ key }) => !known.has(key)))];
const calibration = buildCalibration(plan, records, context);

describe('the stages of a calibration', () => {
  it('screen every cell by a few runs', () => {
    const { runs, says } = staged(screen(plan, []));
    expect(runs).to.have.lengthOf(4 * 4 * SCREEN_RUNS);
    expect(says).to.equal('screen: 16 cells, 2 runs of each');
  });

  it('leave out the scenarios in which nothing of what is wrong with a mutant is started', () => {
    const idle = { 'mutant:sure': ['two', 'three'] };
    const sparing: Plan = { ...plan, calibration: { closeRuns: CLOSE_RUNS, expected: {}, idle } };
    const { runs, says } = staged(screen(sparing, []));
    expect(says).to.equal('screen: 14 cells, 2 runs of each');
    const own = runs.filter(({ submission }) => submission.name === 'sure');
    expect(new Set(own.map(({ scenario }) => scenario))).to.deep.equal(new Set(['one', 'four']));
    const [row] = buildCalibration(sparing, recordsOf(runs), context).mutants;
    expect(row?.cells.map(({ scenario }) => scenario)).to.have.members(['one', 'four']);
  });

  it('begin with the reference and with what should catch a mutant', () => {
    const { runs, says } = staged(expectedLook(plan, []));
    expect(says).to.equal('expected: 6 cells, 10 runs of each');
    expect(runs).to.have.lengthOf(6 * CLOSE_RUNS);
    expect(runs.slice(0, 6).map(({ key }) => key)).to.deep.equal([
      'reference/one/0',
      'reference/two/0',
      'reference/three/0',
      'reference/four/0',
      'sure/one/0',
      'rare/three/0',
    ]);
  });

  it('look closely at the reference, at what should catch a mutant, and at what caught it best', () => {
    const cells = closely.filter(({ index }) => index === 0).map(({ key }) => key);
    expect(cells).to.deep.equal([
      'reference/one/0',
      'reference/two/0',
      'reference/three/0',
      'reference/four/0',
      'sure/one/0',
      // Both are as sure as `two` in the screen, and shorter.
      'sure/three/0',
      'sure/four/0',
      'rare/three/0',
    ]);
    expect(closely).to.have.lengthOf(8 * CLOSE_RUNS);
  });

  it('count the runs of the screen: they have the same keys and seeds', () => {
    const screenRuns = new Map(staged(screen(plan, [])).runs.map((run) => [run.key, run]));
    const shared = closely.filter(({ key }) => known.has(key));
    expect(shared).to.have.lengthOf(8 * SCREEN_RUNS);
    for (const run of shared) expect(run).to.deep.equal(screenRuns.get(run.key));
  });

  it('are the same again after an interruption, whatever the close look has found by then', () => {
    const half = [...screened, ...recordsOf(closely, () => failing('other')).slice(16, 50)];
    expect(staged(closeLook(plan, half)).runs).to.deep.equal(closely);
    expect(calibrationRuns(plan, half)).to.deep.equal(calibrationRuns(plan, records));
  });

  it('ask for what is best in the screen only when that is done', () => {
    // Known beforehand: the four cells of the reference, and two that are expected.
    expect(calibrationRuns(plan, screened.slice(1))).to.have.lengthOf(screened.length + 6 * 8);
    expect(calibrationRuns(plan, screened)).to.have.lengthOf(screened.length + 8 * 8);
  });
});

describe('a calibration', () => {
  const rowOf = (name: string) =>
    calibration.mutants.find((row) => row.name === name) ?? expect.fail(`no row of ${name}`);

  it('says of every cell how often it was looked at', () => {
    const looks = rowOf('sure').cells.map(({ scenario, closely: close, planned }) => [
      scenario,
      close,
      planned,
    ]);
    expect(looks).to.deep.equal([
      ['one', true, 10],
      ['two', false, 2],
      ['three', true, 10],
      ['four', true, 10],
    ]);
    expect(calibration.reference.cells.map(({ planned }) => planned)).to.deep.equal([
      10, 10, 10, 10,
    ]);
    expect(rowOf('rare').cells[0]).to.include({ passed: 1, unknown: 1, medianMs: 50 });
  });

  it('puts the surest catch first: what few runs have shown comes after', () => {
    expect(rowOf('sure').caughtIn.map(({ scenario, failed, usable }) => [scenario, failed, usable]))
      // Lower ends of the intervals: 0.025^(1/10) = 69 %, 55 %, 19 %, and 0.025^(1/2) = 16 %.
      .to.deep.equal([
        ['three', 10, 10],
        ['four', 9, 10],
        ['one', 5, 10],
        ['two', 2, 2],
      ]);
  });

  it('gives the runs that a grading needs, from the estimate and from the lower end', () => {
    const [always, , half] = rowOf('sure').caughtIn;
    expect(always).to.include({ estimate: 1, high: 1 });
    expect(always?.low).to.be.closeTo(0.6915, 1e-4);
    // ln 0.05 / ln (1 − 0.6915) = 2.5, ln 0.01 / ln (1 − 0.6915) = 3.9
    expect(always?.runsFor95).to.deep.equal({ estimate: 1, atMost: 3 });
    expect(always?.runsFor99).to.deep.equal({ estimate: 1, atMost: 4 });
    // ln 0.05 / ln 0.5 = 4.3; with 0.1871: 14.5. ln 0.01 / ln 0.5 = 6.6; with 0.1871: 22.2
    expect(half?.runsFor95).to.deep.equal({ estimate: 5, atMost: 15 });
    expect(half?.runsFor99).to.deep.equal({ estimate: 7, atMost: 23 });
    const [rare] = rowOf('rare').caughtIn;
    // The lower end is 1 − 0.975^(1/10): ln 0.05 / (ln 0.975 / 10) = 1183.2, ln 0.01: 1818.9
    expect(rare?.runsFor95).to.deep.equal({ estimate: 29, atMost: 1184 });
    expect(rare?.runsFor99).to.deep.equal({ estimate: 44, atMost: 1819 });
  });

  it('says what each scenario catches, and what it catches alone', () => {
    expect(calibration.scenarios).to.deep.equal([
      { id: 'one', lookedAt: 3, catches: ['sure'], alone: [] },
      { id: 'two', lookedAt: 3, catches: ['sure'], alone: [] },
      { id: 'three', lookedAt: 3, catches: ['sure', 'rare'], alone: ['rare'] },
      { id: 'four', lookedAt: 3, catches: ['sure'], alone: [] },
    ]);
  });

  it('names the mutants that survive and the false alarms', () => {
    expect(survivors(calibration).map(({ name }) => name)).to.deep.equal(['good']);
    expect(falseAlarms(calibration)).to.deep.equal([]);
    const accused = records.map((record) =>
      record.key === 'reference/two/3' ? { ...record, ...failing('lost') } : record,
    );
    const alarms = falseAlarms(buildCalibration(plan, accused, context));
    expect(alarms.map(({ scenario, failed }) => [scenario, failed])).to.deep.equal([['two', 1]]);
  });

  it('is complete when every planned run is done and every cell can be judged', () => {
    expect(isComplete(calibration)).to.be.true;
    expect(isComplete(buildCalibration(plan, records.slice(0, -1), context))).to.be.false;
    const blind = records.map((record) =>
      record.key.startsWith('good/one/') ? { ...record, ...unknown('disturbed') } : record,
    );
    expect(isComplete(buildCalibration(plan, blind, context))).to.be.false;
  });

  it('is a text of JSON with one line for each cell', () => {
    const text = calibrationText(calibration);
    expect(JSON.parse(text)).to.deep.equal(calibration);
    expect(text.match(/^ +\{ "scenario": .*"unknown": \d+.*\},?$/gm)).to.have.lengthOf(16);
  });
});

describe('the calibration of the kit', () => {
  it('is read as it was saved', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'measured.json');
      expect(readMeasured(file)).to.equal(undefined);
      await saveMeasured(calibration, file);
      const kept = readMeasured(file);
      expect(kept).to.deep.equal(abridged(calibration));
      const good = kept?.mutants.find(({ name }) => name === 'good');
      expect(good?.cells, 'what the screen has not caught').to.deep.equal([]);
    }));

  it('is refused where it is something else, with its place', () =>
    withFolder((folder) => {
      const file = join(folder, 'measured.json');
      writeFileSync(file, 'nothing');
      expect(() => readMeasured(file)).to.throw(UsageError, 'measured.json is not JSON');
      writeFileSync(file, JSON.stringify({ ...calibration, closeRuns: 'many' }));
      expect(() => readMeasured(file)).to.throw(
        UsageError,
        'measured.json: closeRuns: got "many", expected number',
      );
    }));

  it('can be read where the package has one', () => {
    expect(() => readMeasured()).to.not.throw();
  });
});

describe('the report of a calibration', () => {
  const plain = renderCalibration(cleaned(calibration), { color: false });

  it('is the golden one', () => {
    expectGolden('calibration.txt', plain);
  });

  for (const width of [40, 72, 80, 120]) {
    it(`keeps its lines within bounds on a terminal of ${width} columns`, () => {
      const text = renderCalibration(cleaned(calibration), { color: false, width });
      const longest = Math.max(...text.split('\n').map((line) => line.length));
      expect(longest).to.be.at.most(Math.max(72, Math.min(100, width)));
    });
  }

  it('differs from the plain one by its colours only', () => {
    const colored = renderCalibration(cleaned(calibration), { color: true });
    expect(colored).not.to.equal(plain);
    expect(stripVTControlCharacters(colored)).to.equal(plain);
  });

  it('claims nothing of what was not done', () => {
    const begun = buildCalibration(plan, screened.slice(0, 3), context);
    const text = renderCalibration(cleaned(begun), { color: false }).replaceAll(/\s+/g, ' ');
    expect(text).to.contain('77 planned runs not done.');
    expect(text).to.contain('good is not caught so far in 0 runs').and.not.contain('SURVIVES');
    expect(text).to.not.contain('its failure rate is at most');
  });

  it('says where a mutant that survives was looked at closely, and where not at all', () => {
    const found: Calibration = structuredClone(calibration);
    for (const row of found.mutants.filter(({ name }) => name === 'good')) {
      row.expected.push('elsewhere');
      for (const cell of row.cells.slice(0, 1))
        Object.assign(cell, { closely: true, planned: 9, passed: 9 });
    }
    const text = renderCalibration(cleaned(found), { color: false });
    const line = 'good SURVIVES: not caught in 15 runs; of them 9 in one; elsewhere not run';
    expect(text).to.contain(`${line}\n`);
  });

  it('shouts of false alarms', () => {
    const accused: Calibration = structuredClone(calibration);
    for (const cell of accused.reference.cells.slice(0, 1))
      Object.assign(cell, { passed: 9, failed: 1 });
    const text = renderCalibration(cleaned(accused), { color: false });
    expect(text).to.contain('FALSE ALARMS of the reference');
    expect(text).to.contain('  one: 1 of 10 runs (10.0 %, 0.3–44.5 %)\n');
  });
});

describe('a calibration with the independent set', () => {
  const folders: Record<string, string> = { sure: 'design', rare: 'design', good: 'circumstance' };
  const independent: Plan = {
    ...plan,
    calibration: { set: 'independent', closeRuns: CLOSE_RUNS, expected: {} },
    submissions: plan.submissions.map((one) => {
      const folder = folders[one.name];
      const spec = folder === undefined ? 'correct' : `${folder}/${one.name}`;
      return { ...one, spec: `/somewhere/independent/${spec}` };
    }),
  };
  const own = recordsOf(staged(screen(independent, [])).runs);
  const look = staged(closeLook(independent, own)).runs;
  const all = [...own, ...recordsOf(look.filter(({ index }) => index >= SCREEN_RUNS))];
  const found = buildCalibration(independent, all, context);

  it('looks closely at the correct one, and at what caught each of the others best', () => {
    const cells = look.filter(({ index }) => index === 0).map(({ key }) => key);
    expect(cells).to.deep.equal([
      'reference/one/0',
      'reference/two/0',
      'reference/three/0',
      'reference/four/0',
      'sure/three/0',
    ]);
  });

  it('calls them as the set does, and counts those that were caught in each folder', () => {
    expect(found.set).to.equal('independent');
    expect(found.mutants.map(({ name }) => name)).to.deep.equal([
      'design/sure',
      'design/rare',
      'circumstance/good',
    ]);
    expect(folderTotals(found)).to.deep.equal([
      { folder: 'design', caught: 1, of: 2, missed: ['rare'] },
      { folder: 'circumstance', caught: 0, of: 1, missed: ['good'] },
    ]);
    expect(folderTotals(calibration)).to.deep.equal([]);
  });

  it('has a golden report, in which nothing is called a mutant', () => {
    const text = renderCalibration(cleaned(found), { color: false });
    expectGolden('calibration-independent.txt', text);
    expect(text).not.to.match(/mutant|reference/);
    const markdown = renderCalibrationMarkdown(cleaned(found));
    expect(markdown).to.contain('- design: caught 1 of 2; not caught: rare.\n- circumstance: ');
    expect(markdown).not.to.match(/mutant|reference/i);
  });

  it('counts no folder as missed before it was looked at', () => {
    const begun = buildCalibration(independent, own.slice(0, 5), context);
    expect(renderCalibration(cleaned(begun), { color: false })).to.match(
      /^design: caught 1 of 2 so far; not caught: rare\.$/m,
    );
  });
});

describe('the tables of a calibration', () => {
  it('are Markdown with their provenance above', () => {
    expectGolden('calibration.md', renderCalibrationMarkdown(cleaned(calibration)));
  });

  it('say that it was made in the virtual world', () => {
    expect(provenance(cleaned({ ...calibration, world: 'virtual' }))).to.contain(
      ', in the virtual world: ',
    );
    expect(provenance(cleaned(calibration))).to.not.contain('world');
  });

  it('say of what is newer than the calibration that it was not measured', () => {
    expect(mutantRows(cleaned(calibration), ['new']).at(-1)).to.include.members([
      '`new`',
      'not measured',
    ]);
    expect(scenarioRows(cleaned(calibration), ['new']).at(-1)).to.include.members([
      '`new`',
      'not measured',
    ]);
  });

  it('say so where there is no calibration at all', () => {
    expect(provenance(undefined)).to.equal('This kit was not calibrated yet.');
    expect(mutantRows(undefined, ['a', 'b']).map(([, best]) => best)).to.deep.equal([
      'caught best by',
      'not measured',
      'not measured',
    ]);
  });
});
