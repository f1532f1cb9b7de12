import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { encodeLine } from '../../../grader/campaign/journal/journal-line.js';
import { readJournal } from '../../../grader/campaign/journal/journal.js';
import { gradingExitCode } from '../../../grader/commands/actions/grade.js';
import { isFinished } from '../../../grader/grading/merge/is-finished.js';
import { firstDifference } from '../../../grader/grading/merge/first-difference.js';
import { mergeShards } from '../../../grader/grading/merge/merge-shards.js';
import { publish } from '../../../grader/grading/publish.js';
import { thisMachine } from '../../../grader/measured/grading-machine.js';
import type { Plan } from '../../../grader/plan/plan.js';
import { readPlan } from '../../../grader/plan/plan-file.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { buildResults } from '../../../grader/results/build-results.js';
import type { Results } from '../../../grader/results/results.js';
import { readResults } from '../../../grader/results/results-file.js';
import { DEFAULT_STOPPING } from '../../../grader/statistics/sequential/wald-test.js';
import type { RunRecord } from '../../../harness/index.js';
import { UsageError } from '../../../harness/index.js';
import { gradeFakely, shardsOf, type Ending } from '../fake-grading.js';
import { failing, planOf, unknown, withControl, withFolder } from '../support.js';

const SIGNAL = new AbortController().signal;
const WHOLE = { partial: false, signal: SIGNAL };
const PARTIAL = { partial: true, signal: SIGNAL };

/** A stable number from 0 to 99 for a text. */
function percentOf(text: string): number {
  let sum = 7;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 10_007;
  return sum % 100;
}

/** Most runs pass; some submissions fail often, some runs are disturbed once or always. */
const ENDING: Ending = (run, attempt) => {
  const { name } = run.submission;
  if (name === 'control') return {};
  const chance = percentOf(run.key);
  const worst = percentOf(`${name} ${run.scenario}`);
  if (chance % 10 === 3 && attempt < chance % 4) return unknown('disturbed', attempt);
  if (worst < 40 && chance < worst) return failing(chance % 2 === 0 ? 'lost-write' : 'stale-read');
  return {};
};

/** Writes the shards' directories, and gives their paths. */
function writeShards(
  folder: string,
  plan: Plan,
  of: number,
  recordsOf: (shard: Plan) => readonly RunRecord[],
): string[] {
  return shardsOf(plan, of).map((shard, at) => {
    const directory = join(folder, `part-${at + 1}`);
    writeGrading(directory, shard, recordsOf(shard));
    return directory;
  });
}

function writeGrading(directory: string, plan: Plan, records: readonly RunRecord[]): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'plan.json'), JSON.stringify(plan));
  writeFileSync(join(directory, 'journal.jsonl'), records.map(encodeLine).join(''));
}

/** Results without their times, and without what depends on the number of attempts. */
function comparable({ createdAt: _createdAt, provenance: _provenance, ...rest }: Results): object {
  return rest;
}

async function mergedResults(
  directories: readonly string[],
  out: string,
  request = WHOLE,
): Promise<Results> {
  expect(await mergeShards(directories, out, request)).to.equal(true);
  await publish(out, { report: false });
  return readResults(out);
}

function resultsOf(plan: Plan, records: readonly RunRecord[]): Results {
  return buildResults(plan, records, { createdAt: plan.createdAt, machine: thisMachine() });
}

const gradings = fc.record({
  students: fc.integer({ min: 1, max: 5 }),
  scenarios: fc.integer({ min: 1, max: 6 }),
  runs: fc.integer({ min: 1, max: 30 }),
  oneIn: fc.integer({ min: 2, max: 20 }),
  of: fc.integer({ min: 1, max: 9 }),
  jobs: fc.integer({ min: 1, max: 4 }),
  isSequential: fc.boolean(),
  stopAfter: fc.integer({ min: 0, max: 60 }),
});

describe('merging the shards of a grading', function () {
  it('gives the results of the grading without shards, byte for byte', () =>
    fc.assert(
      fc.asyncProperty(gradings, async ({ students, scenarios, runs, oneIn, of, ...rest }) => {
        const names = Array.from({ length: students }, (_, at) => `student-${at}`);
        const ids = Array.from({ length: scenarios }, (_, at) => `scenario-${at}`);
        const { isSequential, jobs, stopAfter } = rest;
        const plan: Plan = {
          // Shards that decide when they stop count their control runs each by itself.
          ...(isSequential
            ? { ...planOf(names, ids, runs), stopping: DEFAULT_STOPPING }
            : withControl(planOf(names, ids, runs), oneIn)),
          replays: 2,
        };
        await withFolder(async (folder) => {
          // Each shard is interrupted once, and goes on with another number of jobs.
          const directories = writeShards(folder, plan, of, (shard) =>
            gradeFakely(shard, ENDING, {
              jobs,
              before: gradeFakely(shard, ENDING, { jobs: 2, stopAfter }),
            }),
          );
          const out = join(folder, 'out');
          const merged = await mergedResults(directories.toReversed(), out);
          const whole = resultsOf(plan, gradeFakely(plan, ENDING, { jobs }));
          const shown = (one: Results) =>
            JSON.stringify(withoutSurplus(comparable(one)), undefined, 1);
          expect(shown(merged)).to.equal(shown(whole));
          expect(readPlan(out)).to.deep.equal(plan);
        });
      }),
      { numRuns: 12 },
    ));

  it('writes the same journal in whatever order the shards are named', () =>
    withFolder(async (folder) => {
      const plan = withControl(planOf(['alice', 'bob'], ['put', 'get', 'append'], 4), 3);
      const directories = writeShards(folder, plan, 3, (shard) => gradeFakely(shard, ENDING));
      const [a, b] = [join(folder, 'a'), join(folder, 'b')];
      await mergeShards(directories, a, WHOLE);
      await mergeShards(directories.toReversed(), b, WHOLE);
      const text = (out: string) => readFileSync(join(out, 'journal.jsonl'), 'utf8');
      expect(text(a)).to.equal(text(b)).and.contain('"key":"bob/append/3"');
      const { records } = readJournal(join(a, 'journal.jsonl'));
      expect(records.filter(({ attempt }) => attempt === 0)).to.have.length(24 + 12);
    }));

  it('keeps rubric, roster, evidence and build logs, follows no link, and leaves nothing else', () =>
    withFolder(async (folder) => {
      const plan = planOf(['alice', 'bob'], ['put', 'get'], 2);
      const directories = writeShards(folder, plan, 2, (shard) =>
        gradeFakely(shard, () => failing('lost-write')),
      );
      const keep = (file: string, text: string) => {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      };
      for (const [at, directory] of directories.entries()) {
        keep(join(directory, 'roster.csv'), 'submission,name,id\nalice,Alice,1\n');
        keep(join(directory, 'evidence', 'bob', 'build.log'), `log ${at}`);
        keep(join(directory, `evidence/alice/s${at}/0/story.txt`), `story ${at}`);
        symlinkSync('/etc/hostname', join(directory, `evidence/alice/s${at}/0/link`));
      }
      const out = join(folder, 'deep', 'out');
      await mergeShards(directories, out, WHOLE);
      const read = (file: string) => readFileSync(join(out, file), 'utf8');
      expect(read('evidence/bob/build.log')).to.equal('log 0');
      expect(read('evidence/alice/s0/0/story.txt')).to.equal('story 0');
      expect(read('evidence/alice/s1/0/story.txt')).to.equal('story 1');
      expect(readdirSync(join(out, 'evidence/alice/s0/0'))).to.deep.equal(['story.txt']);
      expect(read('roster.csv')).to.contain('Alice');
      expect(readdirSync(dirname(out))).to.deep.equal(['out']);
    }));

  it('writes nothing if it is stopped', () =>
    withFolder(async (folder) => {
      const directories = writeShards(folder, PLAN, 2, (shard) => gradeFakely(shard, ENDING));
      const stopped = { partial: false, signal: AbortSignal.abort() };
      expect(await mergeShards(directories, join(folder, 'out'), stopped)).to.equal(false);
      expect(readdirSync(folder).toSorted()).to.deep.equal(['part-1', 'part-2']);
    }));

  it('carries damaged lines over, so that every report mentions them', () =>
    withFolder(async (folder) => {
      const directories = writeShards(folder, PLAN, 2, (shard) => gradeFakely(shard, () => ({})));
      const journal = join(directories[1] ?? '', 'journal.jsonl');
      const text = readFileSync(journal, 'utf8');
      writeFileSync(journal, `garbage\n${text}{"torn`);
      const results = await mergedResults(directories, join(folder, 'out'));
      expect(results.journalDamage).to.deep.equal({ lines: 1, first: [PLANNED + 1] });
      expect(gradingExitCode(results)).to.equal(2);
    }));
});

const PLAN = planOf(['alice', 'bob'], ['put', 'get', 'append'], 3);
const PLANNED = plannedRuns(PLAN).length;

/** Where runs decide when to stop, several jobs may have begun runs that no longer count; elsewhere there are none. */
function withoutSurplus(results: object): unknown {
  return JSON.parse(
    JSON.stringify(results, (key, value: unknown) => (key === 'surplus' ? undefined : value)),
  );
}

describe('merging a part of the shards', () => {
  it('counts what is missing as not done, and never gives more points', () =>
    withFolder(async (folder) => {
      const plan = planOf(['alice', 'bob'], ['put', 'get', 'append'], 10);
      const rubric =
        'title: Lab\npolicy: { kind: all-or-nothing, atMost: 5 % }\nparts:\n' +
        '  - { name: A, points: 9, scenarios: [view-zero, view-first-primary, single-primary] }\n';
      const ids = ['view-zero', 'view-first-primary', 'single-primary'];
      const graded = { ...plan, scenarios: ids.map((id) => ({ id })) };
      const directories = writeShards(folder, graded, 3, (shard) =>
        gradeFakely(shard, () => ({}), { stopAfter: shard.shard?.index === 1 ? 5 : Infinity }),
      );
      for (const one of directories) writeFileSync(join(one, 'rubric.yaml'), rubric);
      const some = directories.slice(0, 2);
      const out = join(folder, 'out');
      const results = await mergedResults(some, out, PARTIAL);
      expect(gradingExitCode(results)).to.equal(2);
      const rest = gradeFakely(graded, () => ({}), {
        before: readJournal(join(out, 'journal.jsonl')).records,
      });
      writeGrading(join(folder, 'whole'), graded, rest);
      writeFileSync(join(folder, 'whole', 'rubric.yaml'), rubric);
      await publish(join(folder, 'whole'), { report: false });
      const whole = readResults(join(folder, 'whole'));
      expect(gradingExitCode(whole)).to.equal(0);
      for (const [at, { grade }] of results.submissions.entries()) {
        const full = whole.submissions[at]?.grade?.points ?? NaN;
        expect(full).to.equal(9);
        expect(grade?.points).to.be.below(full);
      }
    }));
});

/** What is wrong, what is done to two good shards, and the error. */
type Spoil = (directories: string[], folder: string) => string[] | void;

function edit(directory: string | undefined, change: (plan: Plan) => Plan): void {
  const file = join(directory ?? '', 'plan.json');
  writeFileSync(file, JSON.stringify(change(readPlan(directory ?? ''))));
}

const mistakes: [string, Spoil, RegExp][] = [
  [
    'a directory that is given twice',
    ([a = '', b = '']) => [a, b, `${a}/../part-1`],
    /a directory is given twice: got .*part-1 and .*part-1/,
  ],
  [
    'a shard in two directories',
    ([a = '', b = '']) => {
      edit(b, () => readPlan(a));
    },
    /shard 1 of 2 is given twice: got .*part-1 and .*part-2/,
  ],
  [
    'a missing shard',
    ([, b = '']) => [b],
    /shards are missing: got 1 of 2, expected also 1\/2; .*--shard 1\/2.*--partial/,
  ],
  [
    'a directory that is not there',
    ([a = '']) => [a, `${a}-nowhere`],
    /part-1-nowhere does not contain a grading that this kit can read/,
  ],
  [
    'a grading that was never a shard',
    ([a, b]) => {
      edit(b, ({ shard: _shard, ...plan }) => plan);
      edit(a, ({ shard: _shard, ...plan }) => plan);
    },
    /part-1 is not a shard: got a grading of its own, expected .*--shard K\/N/,
  ],
  [
    'another seed',
    ([, b]) => {
      edit(b, (plan) => ({ ...plan, seed: 'other' }));
    },
    /part-2 and .*part-1 differ in seed: got "other" in .*part-2, expected "golden", as in .*part-1/,
  ],
  [
    'another kit',
    ([, b]) => {
      edit(b, (plan) => ({ ...plan, kit: '9.9.9' }));
    },
    /differ in kit: got "9\.9\.9" .*same kit/,
  ],
  [
    'another version of a scenario',
    ([, b]) => {
      edit(b, (plan) => ({
        ...plan,
        scenarios: plan.scenarios.map((one) => ({ ...one, version: '7' })),
      }));
    },
    /differ in scenarios\[0\]\.version: got "7" .*expected nothing/,
  ],
  [
    'another content of a submission',
    ([, b]) => {
      edit(b, (plan) => ({
        ...plan,
        submissions: plan.submissions.map((one, at) => (at === 1 ? { ...one, digest: 'e' } : one)),
      }));
    },
    /differ in submissions\[1\]\.digest/,
  ],
  [
    'another number of shards',
    ([, b]) => {
      edit(b, (plan) => ({ ...plan, shard: { index: 2, of: 3, runMs: plan.shard?.runMs ?? {} } }));
    },
    /differ in shard\.of: got 3 .*expected 2/,
  ],
  [
    'another calibration',
    ([, b]) => {
      edit(b, (plan) => ({ ...plan, shard: { index: 2, of: 2, runMs: { put: 1 } } }));
    },
    /differ in shard\.runMs\.put: .*different calibrations/,
  ],
  [
    'another level of isolation',
    ([, b]) => {
      edit(b, (plan) => ({ ...plan, isolation: { level: 'none', seccomp: false } }));
    },
    /differ in isolation\.level: got "none"/,
  ],
  [
    'a rubric in one of them',
    ([, b = '']) => {
      writeFileSync(join(b, 'rubric.yaml'), 'title: x\n');
    },
    /differ in rubric: got "title: x/,
  ],
  [
    'a shard that was interrupted',
    ([, b = '']) => {
      writeGrading(b, readPlan(b), gradeFakely(readPlan(b), ENDING, { stopAfter: 4 }));
    },
    /shard 2 of 2 in .*part-2 is not finished: .*resume .*part-2.*--partial/,
  ],
  [
    'a shard of which a run was lost',
    ([a = '']) => {
      const file = join(a, 'journal.jsonl');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"verdict"', '"verdicT"'));
    },
    /shard 1 of 2 in .*part-1 is not finished/,
  ],
  [
    'a shard that is being graded elsewhere',
    ([a = '']) => {
      const holder = { token: 't', pid: 1, host: `not-${hostname()}`, since: 'now' };
      writeFileSync(join(a, 'grading.lock'), JSON.stringify(holder));
    },
    /another pblab \(pid 1 on not-.*\) is grading into .*part-1/,
  ],
  [
    'a build that failed on one machine',
    ([a = '']) => {
      const build = failing('build / build-failed', { class: 'build' });
      const records = gradeFakely(readPlan(a), (run) =>
        run.submission.name === 'bob' ? build : {},
      );
      writeGrading(a, readPlan(a), records);
    },
    /bob could not be built in .*part-1, but was built in .*part-2; .*resume .*part-1/,
  ],
  [
    'a place that is taken',
    (_directories, folder) => {
      mkdirSync(join(folder, 'out'));
    },
    /out exists already: expected a directory that does not exist yet; choose another --out/,
  ],
];

describe('merging shards that do not belong together', () => {
  for (const [what, spoil, says] of mistakes) {
    it(`is refused for ${what}, and writes nothing`, () =>
      withFolder(async (folder) => {
        const directories = writeShards(folder, PLAN, 2, (shard) => gradeFakely(shard, ENDING));
        const asked = spoil(directories, folder) ?? directories;
        const before = readdirSync(folder).toSorted();
        const error: unknown = await mergeShards(asked, join(folder, 'out'), WHOLE).then(
          () => expect.fail('it was merged'),
          (reason: unknown) => reason,
        );
        expect(error).to.be.instanceOf(UsageError);
        expect(error instanceof Error ? error.message : '').to.match(says);
        expect(readdirSync(folder).toSorted()).to.deep.equal(before);
        expect(existsSync(join(folder, 'out', 'plan.json'))).to.equal(false);
      }));
  }

  it('takes shards of other times, machines and details of the isolation', () =>
    withFolder(async (folder) => {
      const directories = writeShards(folder, PLAN, 2, (shard) => gradeFakely(shard, ENDING));
      edit(directories[1], (plan) => ({
        ...plan,
        createdAt: '2025-01-01T00:00:00.000Z',
        machine: { cpus: 64, node: 'v22.0.0', platform: 'linux-arm64' },
        isolation: {
          level: 'full',
          bubblewrap: '0.9.0',
          seccomp: true,
          cgroup: { version: 2, controllers: [] },
        },
      }));
      const out = join(folder, 'out');
      expect(await mergeShards(directories, out, WHOLE)).to.equal(true);
      expect(readPlan(out)).to.deep.equal({ ...PLAN, createdAt: '2025-01-01T00:00:00.000Z' });
    }));
});

describe('a shard', () => {
  const shard = () =>
    shardsOf(planOf(['alice', 'bob'], ['put', 'get', 'append'], 12), 2)[0] ?? PLAN;

  it('is finished with one run of a submission that cannot be built', () => {
    const build = failing('build / build-failed', { class: 'build' });
    const records = gradeFakely(shard(), (run) => (run.submission.name === 'bob' ? build : {}));
    const ofBob = records.filter(({ submission }) => submission.name === 'bob');
    expect(ofBob.length).to.be.above(1);
    const [first, ...others] = ofBob;
    const rest = records.filter((record) => !others.includes(record));
    expect(isFinished(shard(), rest)).to.equal(true);
    expect(
      isFinished(
        shard(),
        rest.filter((record) => record !== first),
      ),
    ).to.equal(false);
  });

  it('is finished when a submission has failed to start often enough', () => {
    const start = failing('kit-process / never-listened', { class: 'protocol' });
    const records = gradeFakely(shard(), (run) => (run.submission.name === 'bob' ? start : {}));
    expect(records.length).to.be.below(plannedRuns(shard()).length);
    expect(isFinished(shard(), records)).to.equal(true);
    expect(isFinished(shard(), records.slice(1))).to.equal(false);
  });

  it('is finished when the time of a submission is used up, and not before', () => {
    const plan: Plan = { ...shard(), budget: { ms: 4000 } };
    const records = gradeFakely(plan, () => ({}));
    expect(records.length).to.be.below(plannedRuns(plan).length);
    expect(isFinished(plan, records)).to.equal(true);
    expect(isFinished(plan, records.slice(0, -2))).to.equal(false);
  });
});

describe('the first difference of two values', () => {
  it('names the place and both sides, and is none where only the order of keys differs', () => {
    expect(firstDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).to.deep.equal({
      path: 'a[1].b',
      got: '2',
      expected: '3',
    });
    expect(firstDifference({ a: 1, b: 2 }, { b: 2, a: 1 })).to.equal(undefined);
    expect(firstDifference([1], [1, 2])).to.deep.equal({
      path: '[1]',
      got: 'nothing',
      expected: '2',
    });
    expect(firstDifference({ a: [] }, { a: {} })).to.include({ path: 'a' });
  });
});
