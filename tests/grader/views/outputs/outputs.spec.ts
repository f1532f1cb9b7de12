import { expect } from 'chai';
import type { OutputContext } from '../../../../grader/views/outputs/output.js';
import { OUTPUTS, possibleOutputs } from '../../../../grader/views/outputs/registry.js';
import { reportsOn } from '../../../../grader/views/outputs/submission-report.js';
import { type Results } from '../../../../grader/results/results.js';
import { buildResults } from '../../../../grader/results/build-results.js';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import { UsageError } from '../../../../harness/index.js';
import { expectGolden } from '../../golden.js';
import { failing, planOf, recordOf } from '../../support.js';
import { gradedResults, plainResults, recordsOf } from './made-up-results.js';
import { contentOf, READERS } from './readers.js';

/** The environment of a job of Classroom 50. */
const environment = {
  CLASSROOM: 'dist-sys',
  ASSIGNMENT: 'lab2',
  SUBMISSION_TAG: 'submit/2026-01-02T02-32-05Z-a1b2c3d',
  COMMIT_URL: 'https://example.edu/commit',
  RELEASE_URL: 'https://example.edu/release',
  REVIEW_URL: 'https://example.edu/review',
};

function contextOf(results: Results): OutputContext {
  return { results, records: () => recordsOf(), environment };
}

const graded = contextOf(gradedResults());
const plain = contextOf(plainResults());

const WITHOUT_TEMPLATE = OUTPUTS.filter(({ needsTemplate }) => needsTemplate !== true);

for (const output of WITHOUT_TEMPLATE) {
  const read = READERS[output.name];

  describe(`the output ${output.name}`, () => {
    it('is the golden one, which its reader takes', async () => {
      const files = output.files(graded);
      const shown = files.find(({ path }) => path.includes('alice')) ?? files[0];
      if (shown === undefined || read === undefined)
        throw new Error('there is no file or no reader');
      expectGolden(`outputs/${shown.path.replaceAll('/', '-')}`, contentOf(shown));
      for (const file of files) await read(contentOf(file));
    });

    it('is the same each time', () => {
      const texts = () => output.files(graded).map(contentOf);
      expect(texts()).to.deep.equal(texts());
    });

    it('has one path for each file', () => {
      const paths = output.files(graded).map(({ path }) => path);
      expect(new Set(paths).size).to.equal(paths.length);
    });

    if (output.needsRubric === true) {
      it('asks for a rubric where there are no points', () => {
        expect(() => output.files(plain)).to.throw(UsageError, /rubric/);
      });
    } else {
      it('needs no points', async () => {
        for (const file of output.files(plain)) await read?.(contentOf(file));
      });
    }
  });
}

/** The lines of the classic GitHub Classroom in clear. */
function decoded(text: string): string {
  const results = text.split('\n').map((line) => line.slice(line.indexOf('=') + 1));
  return results.map((result) => Buffer.from(result, 'base64').toString()).join('\n');
}

describe('the outputs', () => {
  it('have names of their own', () => {
    const names = OUTPUTS.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
  });

  it('have a reader each, but for the worksheet, which has tests of its own', () => {
    const unread = OUTPUTS.filter(({ name }) => READERS[name] === undefined);
    expect(unread.map(({ name }) => name)).to.deep.equal(['moodle-worksheet']);
  });

  it('can be made of results without a rubric or without a roster, as far as that makes sense', () => {
    const nobody = structuredClone(graded.results);
    for (const one of nobody.submissions) delete one.students;
    for (const results of [plain.results, nobody, graded.results]) {
      const possible = possibleOutputs(results);
      expect(possible).to.include.members(OUTPUTS.filter(({ name }) => name === 'gradescope'));
      for (const output of possible) output.files(contextOf(results));
    }
    expect(possibleOutputs(graded.results)).to.deep.equal(WITHOUT_TEMPLATE);
  });

  it('tell where they come from and that they are not to be relied on, wherever a table leaves room', () => {
    // Canvas's table and that of all runs have no place for a sentence.
    const noRoom = ['canvas', 'runs-csv'];
    for (const output of WITHOUT_TEMPLATE.filter(({ name }) => !noRoom.includes(name))) {
      const texts = output.files(graded).map(contentOf);
      const said = texts.map((text) => (output.name === 'github-classroom' ? decoded(text) : text));
      for (const text of said) {
        const shown = text.toLowerCase();
        expect(shown, output.name).to.contain('not to be relied on: the reference failed 2');
        expect(shown, output.name).to.match(/made with pblab [\d.]+, seed golden/);
        expect(shown, output.name).to.match(/99th percentile 20 ms, .* attempts disturbed/);
        expect(shown, output.name).to.contain('control runs: the reference failed 2 of 24 runs');
        expect(shown, output.name).to.contain('scenarios of version 1');
      }
    }
    expect(
      OUTPUTS.find(({ name }) => name === 'canvas')?.files(graded)[0]?.notes,
    ).to.include.members([
      'not to be relied on: the reference failed 2 of 24 runs on the same machine',
    ]);
    expect(fileOf('runs-csv')).to.match(
      /^submission,scenario,scenario_version,.*,kit,incidents,host\n[^\n]*,1,0,.*,0\.1\.0,,\n/,
    );
  });

  it('tell the latest regrade, which may be of another kit', () => {
    const results = structuredClone(graded.results);
    const regrades = [1, 2].map((day) => ({
      at: `2026-02-0${day}T00:00:00.000Z`,
      kit: `9.${day}.0`,
    }));
    if (results.provenance !== undefined) results.provenance.regrades = regrades;
    const origins = reportsOn(results).map(({ origin }) => origin);
    for (const origin of origins) {
      expect(origin).to.contain('; graded again with pblab 9.2.0, 2026-02-02T00:00:00.000Z; ');
      expect(origin).not.to.contain('9.1.0');
    }
  });

  it('say nothing of the health of a machine for which no run of the reference vouches', () => {
    const results = structuredClone(graded.results);
    const { control } = results;
    if (control === undefined) throw new Error('there is no control arm');
    results.control = { ...control, runs: 0, passed: 0, failed: 0, unknown: 0, safe: true };
    const ctrf = OUTPUTS.find(({ name }) => name === 'ctrf');
    const healthOf = (given: Results) =>
      ctrf?.files(contextOf(given)).map((file) => /"healthy": (\w+)/.exec(contentOf(file))?.[1]);
    expect(new Set(healthOf(graded.results))).to.deep.equal(new Set(['false']));
    expect(new Set(healthOf(results))).to.deep.equal(new Set([undefined]));
  });

  it('say that runs were at most so many where they end as soon as enough is known', () => {
    const results = structuredClone(graded.results);
    const tally = results.submissions[0]?.tallies[0];
    if (tally !== undefined) tally.failureRate.method = 'anytime-valid';
    expect(reportsOn(results)[0]?.origin).to.contain('at most 20 runs of each scenario');
    expect(reportsOn(graded.results)[0]?.origin).to.contain('seed golden, 20 runs of each');
  });

  it('do not call failed what never failed, though it does not earn all points', () => {
    const results = structuredClone(plain.results);
    const bob = results.submissions.find(({ name }) => name === 'bob');
    const tally = bob?.tallies[0];
    if (bob === undefined || tally === undefined) throw new Error('there is no Bob');
    const worth = { scenario: tally.scenario, points: 8, maxPoints: 10, hidden: false, rule: 'r' };
    const scenarios = [{ ...worth, status: 'partial' as const }];
    const totals = { points: 8, maxPoints: 10 };
    bob.grade = { ...totals, parts: [{ name: 'A', ...totals, scenarios }] };
    const report = reportsOn({ ...results }).find(({ name }) => name === 'bob');
    expect(report?.tests[0]).to.include({ points: 8, status: 'passed' });
  });

  it('tell of a rubric of which only a part was run', () => {
    const results = structuredClone(graded.results);
    const bob = results.submissions.find(({ name }) => name === 'bob');
    bob?.tallies.splice(0, 2);
    const report = reportsOn({ ...results }).find(({ name }) => name === 'bob');
    expect(report?.notes).to.include(
      'not part of this grading: 2 tests of the rubric, worth 20 of 100 points',
    );
  });

  it('agree on points and status of every test', () => {
    const { results } = graded;
    const tests = reportsOn(results).find(({ name }) => name === 'alice')?.tests ?? [];
    const inGradescope = [...fileOf('gradescope').matchAll(/"score": ([\d.]+),\n\s+"max_score"/g)];
    const points = tests.map((one) => one.points ?? 0);
    expect(inGradescope.map(([, number]) => Number(number))).to.have.members(points);
    const failed = tests.filter(({ status }) => status === 'failed').length;
    expect(failed).to.equal(2 + 1);
    expect(fileOf('junit')).to.contain(` failures="${failed}"`);
    expect(fileOf('tap').match(/^not ok/gm)).to.have.length(failed);
    expect(fileOf('ctrf')).to.contain(`"failed": ${failed},\n`);
  });

  it('accuse nobody of what could not be judged', () => {
    const chaos = /"name": "[^"]*",\s+"number": "2.4",[^}]*/.exec(fileOf('gradescope'))?.[0];
    expect(chaos).not.to.be.undefined;
    expect(fileOf('junit')).to.match(/<testcase name="chaos"[^>]*>\s*<skipped/);
    expect(fileOf('tap')).to.match(/^ok \d+ - chaos: .* # SKIP none of 20 runs can be judged/m);
    // This is chaos as Alice sees it. Autolab's feedback has no word beside passed and not passed.
    expect(fileOf('autolab')).to.match(/^# hidden-3: 0 of 20 points$/m);
    expect(fileOf('autolab')).to.not.contain('"hidden 3"');
  });

  it('let no name of a scenario be a directive of TAP', () => {
    const results = structuredClone(plain.results);
    for (const { tallies } of results.submissions) {
      for (const tally of tallies) tally.scenario += ' # SKIP \\# TODO';
    }
    const [file] = OUTPUTS.find(({ name }) => name === 'tap')?.files(contextOf(results)) ?? [];
    const text = file === undefined ? '' : contentOf(file);
    void READERS['tap']?.(text);
    expect(text).to.match(/^not ok \d+ - .* \\# SKIP \\\\\\# TODO/m);
  });

  it('say when nothing that was graded can be relied on', () => {
    const texts = ['gradescope', 'junit', 'ctrf', 'tap', 'markdown', 'github-annotations'];
    for (const name of texts) expect(fileOf(name), name).to.contain('not to be relied on');
  });

  it('tell of a submission that cannot be run, with points and without', () => {
    const { results } = plain;
    const ungradable = structuredClone(results);
    for (const one of ungradable.submissions) {
      Object.assign(one, { tallies: [], ungradable: 'there is no package pbservice' });
    }
    for (const output of WITHOUT_TEMPLATE.filter(({ needsRubric }) => needsRubric !== true)) {
      if (output.name === 'runs-csv' || output.name === 'github-classroom') continue;
      const [file] = output.files(contextOf(ungradable));
      expect(file === undefined ? '' : contentOf(file), output.name).to.contain(
        'no package pbservice',
      );
    }
  });

  it('tell once what the compiler said of a submission that could not be built', () => {
    const results = structuredClone(graded.results);
    const [one] = results.submissions;
    if (one === undefined) throw new Error('there is a submission');
    const { grade } = one;
    const parts = grade?.parts.map((part) => ({ ...part, points: 0 })) ?? [];
    Object.assign(one, {
      tallies: [],
      groups: [],
      ungradable: 'it could not be built: "make" ended with exit code 2',
      status: { kind: 'not-built', printed: 'kv.c:3: no such symbol', artifacts: 'evidence/alice' },
      grade: { ...grade, points: 0, parts },
    });
    const alone = contextOf({ ...results, submissions: [one], groups: [] });
    for (const output of WITHOUT_TEMPLATE) {
      if (['runs-csv', 'canvas'].includes(output.name)) continue;
      const [file] = output.files(alone);
      const content = file === undefined ? '' : contentOf(file);
      void READERS[output.name]?.(content);
      const text = output.name === 'github-classroom' ? decoded(content) : content;
      expect(text.match(/kv\.c:3: no such symbol/g), output.name).to.have.lengthOf(1);
      expect(text, output.name).not.to.contain('undefined');
    }
  });
});

/** The file of one output that is Alice's, or that of all. */
function fileOf(name: string): string {
  const files = OUTPUTS.find((one) => one.name === name)?.files(graded) ?? [];
  const file = files.find(({ path }) => path.includes('alice')) ?? files[0];
  if (file === undefined) throw new Error(`${name} has made no file`);
  return contentOf(file);
}

describe('limits of the systems', () => {
  const ids = Array.from({ length: 100 }, (_, index) => `scenario-${index}`);
  const plan = planOf(['alice'], ids, 30);
  const long = 'é'.repeat(1_000_000);
  const records = plannedRuns(plan).map((run) =>
    recordOf(run, failing(`signature ${run.index} ${long.slice(0, 2000)}`, { reason: long })),
  );
  const { createdAt, machine } = plain.results;
  const large = { ...plain, results: buildResults(plan, records, { createdAt, machine }) };

  for (const output of WITHOUT_TEMPLATE.filter(({ needsRubric }) => needsRubric !== true)) {
    if (output.name === 'runs-csv') continue;
    it(`are kept by ${output.name} with a hundred failing scenarios and endless reasons`, async () => {
      for (const file of output.files(large)) await READERS[output.name]?.(contentOf(file));
    });
  }

  it('of a job are kept for several of them', async () => {
    const [one] = large.results.submissions;
    if (one === undefined) throw new Error('there is no submission');
    const submissions = [one, { ...one, name: 'bob' }];
    const context = { ...large, results: { ...large.results, submissions } };
    for (const name of ['github-summary', 'github-annotations']) {
      const [file] = OUTPUTS.find((output) => output.name === name)?.files(context) ?? [];
      const text = file === undefined ? '' : contentOf(file);
      await READERS[name]?.(text);
      expect(text).to.match(/and \d+ more/);
    }
  });
});
