import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { zipOf } from '../support/archives.js';
import { atWorkplace, journalLines, PATIENCE_MS, type Ending, type Workplace } from './cli.js';

/** It has one record, whatever the number of its runs. */
const UNBUILDABLE = { build: 'exit 1' };

/** What cannot be built is worth nothing: it does not depend on the machine. */
const RUBRIC = `title: Lab 2
runs: 2
policy: { kind: all-or-nothing, atMost: 5 % }
parts:
  - name: Part A
    points: 8
    scenarios: [view-zero, view-first-primary]
`;

const ROSTER = 'submission,name,id\nalice,Alice,1\nbob,Bob,2\ndave,Dave,4\n';

const RESULTS = z.looseObject({
  submissions: z.array(
    z.looseObject({
      name: z.string(),
      ungradable: z.string().optional(),
      note: z.string().optional(),
      identicalTo: z.array(z.string()).optional(),
      students: z.array(z.looseObject({ name: z.string() })).optional(),
      grade: z.looseObject({ points: z.number(), maxPoints: z.number() }),
      tallies: z.array(z.looseObject({ runs: z.int(), planned: z.int() })),
    }),
  ),
  missing: z.array(z.looseObject({ name: z.string() })),
});

const REGRADE = z.looseObject({
  changes: z.array(
    z.looseObject({
      submission: z.string(),
      before: z.looseObject({ maxPoints: z.number() }).optional(),
      after: z.looseObject({ maxPoints: z.number() }),
      reasons: z.array(z.string()),
    }),
  ),
});

function resultsOf(place: Workplace): z.infer<typeof RESULTS> {
  return RESULTS.parse(JSON.parse(place.read('out/results.json')));
}

function changesOf(place: Workplace): z.infer<typeof REGRADE>['changes'] {
  return REGRADE.parse(JSON.parse(place.read('out/regrade.json'))).changes;
}

/** Alice's and Bob's programs cannot be built; Carol's folder has nothing in it that could be. */
async function gradeClass(place: Workplace, ...more: string[]): Promise<Ending> {
  place.submission('alice', UNBUILDABLE);
  place.submission('bob', UNBUILDABLE);
  place.submission('carol', { files: { 'pblab.yaml': 'run: 3\n' } });
  writeFileSync(join(place.folder, 'all.zip'), '');
  writeFileSync(join(place.folder, 'rubric.yaml'), RUBRIC);
  writeFileSync(join(place.folder, 'roster.csv'), ROSTER);
  const words = ['alice', 'all.zip', 'bob', 'carol', '--rubric', 'rubric.yaml'];
  const grade = more.length === 0 ? place.pblab : place.here;
  return grade('grade', ...words, '--roster', 'roster.csv', '--out', 'out', ...more);
}

describe('a class', function () {
  this.timeout(PATIENCE_MS);

  it('is graded by one command, although one submission cannot be', () =>
    atWorkplace(async (place) => {
      const { code, stdout, stderr } = await gradeClass(place);
      expect(code, stderr).to.equal(1);
      expect(stderr).to.match(/skipped \(not directories\): all\.zip/);
      expect(stderr).to.match(/no submission from Dave \(4\)/);
      expect(stderr).to.match(/8 runs into out/);
      expect(stdout).to.match(/carol\/pblab\.yaml:1:6: run: .*not graded: alice, bob, carol/s);
      expect(stdout).to.contain('out/report/index.html').and.contain('out/results.json');

      const { submissions, missing } = resultsOf(place);
      expect(submissions.map(({ name, grade }) => [name, grade.points])).to.deep.equal([
        ['alice', 0],
        ['bob', 0],
        ['carol', 0],
      ]);
      expect(submissions[2]?.ungradable).to.match(/^carol\/pblab\.yaml/);
      expect(submissions[0]?.students?.[0]?.name).to.equal('Alice');
      expect(missing.map(({ name }) => name)).to.deep.equal(['Dave']);
      const pages = readdirSync(join(place.folder, 'out/report/students')).toSorted();
      expect(pages).to.deep.equal(['alice.html', 'bob.html', 'carol.html']);
      expect(existsSync(join(place.folder, 'out/outputs/canvas.csv'))).to.be.true;
    }));

  it('may have handed in together, with a roster whose columns have to be told', () =>
    atWorkplace(async (place) => {
      place.submission('alice', UNBUILDABLE);
      place.submission('bob', UNBUILDABLE);
      writeFileSync(join(place.folder, 'rubric.yaml'), RUBRIC);
      const table = 'Box;Called;Key\nalice;Alice;1\nalice;Zoë;2\nbob;Bob;3\n';
      writeFileSync(join(place.folder, 'table.csv'), `\uFEFF${table}`, 'utf16le');
      const words = ['grade', 'alice', 'bob', '--rubric', 'rubric.yaml', '--roster', 'table.csv'];
      const asked = await place.here(...words, '--out', 'out');
      expect(asked.code).to.equal(64);
      expect(asked.stderr).to.match(
        /got the columns Box, Called, Key.*--roster-columns submission=COLUMN,name=COLUMN,id=COLUMN/,
      );

      const columns = ['--roster-columns', 'submission=Box,name=Called,id=Key'];
      const graded = await place.here(...words, ...columns, '--out', 'out');
      expect(graded.stderr).to.match(/alice belongs to Alice; Zoë/);
      await place.here('report', 'out');
      const people = resultsOf(place).submissions.map(({ students = [] }) =>
        students.map(({ name }) => name),
      );
      expect(people).to.deep.equal([['Alice', 'Zoë'], ['Bob']]);
      expect(place.read('out/outputs/canvas.csv')).to.match(/^Alice,.*\nZoë,.*\nBob,/m);
      expect(place.read('out/report/students/alice.html')).to.contain('Alice; Zoë');
      const again = await place.here('regrade', 'out', '--student', 'Zoë', '-s', 'view-zero');
      expect(again.stdout).to.match(/Alice; Zoë.*chosen by --student and --scenario/);
    }));

  it('is graded again where something has changed, and nowhere else', () =>
    atWorkplace(async (place) => {
      await gradeClass(place, '--no-report');
      expect(journalLines(place, 'out')).to.equal(2);
      place.submission('bob', { build: 'echo another mistake; exit 1' });
      await place.here('regrade', 'out', '--no-report');
      expect(journalLines(place, 'out')).to.equal(3);
      const changes = changesOf(place).map(({ submission, reasons }) => [submission, ...reasons]);
      expect(changes).to.deep.equal([['bob', 'its content has changed']]);
      expect(place.exists('out/history/1/results.json')).to.be.true;
      expect(place.read('out/evidence/bob/build.log')).to.contain('another mistake');

      const choice = ['--student', '1', '-s', 'view-zero', '--no-report'];
      const { stdout } = await place.here('regrade', 'out', ...choice);
      expect(stdout).to.match(/Alice.*chosen by --student and --scenario/);
      expect(journalLines(place, 'out')).to.equal(4);
      for (const { name, ungradable, tallies } of resultsOf(place).submissions) {
        expect(tallies, name).to.deep.equal([]);
        if (name !== 'carol') expect(ungradable, name).to.match(/^it could not be built: /);
      }
      const resumed = await place.here('resume', 'out', '--no-report');
      expect(resumed.stdout).to.match(/Alice.*chosen by --student and --scenario/);
      expect(journalLines(place, 'out'), 'nothing is left to do').to.equal(4);
    }));

  it('gets other points by another rubric without a run, and the old ones are kept', () =>
    atWorkplace(async (place) => {
      await gradeClass(place);
      writeFileSync(join(place.folder, 'rubric.yaml'), RUBRIC.replace('points: 8', 'points: 10'));
      const journal = join(place.folder, 'out/journal.jsonl');
      writeFileSync(
        journal,
        place.read('out/journal.jsonl').replace('"verdict":"fail"', '"verdict":"pass"'),
      );
      const { code, stdout, stderr } = await place.here('report', 'out', '--rubric', 'rubric.yaml');
      expect(code).to.equal(2);
      expect(stderr).to.match(/journal line 1 is ignored, because its checksum does not match/);
      expect(stdout).to.match(/^THE JOURNAL IS DAMAGED\. 1 line of the journal cannot be read/);
      expect(stdout).to.match(/Bob.*0 of 8.*0 of 10.*the rubric has changed/);
      expect(journalLines(place, 'out')).to.equal(2);
      expect(place.read('out/rubric.yaml')).to.contain('points: 10');
      expect(place.read('out/history/1/rubric.yaml')).to.contain('points: 8');
      const changes = changesOf(place).map(({ before, after }) => [
        before?.maxPoints,
        after.maxPoints,
      ]);
      expect(changes).to.deep.equal([8, 8, 8].map((before) => [before, 10]));
    }));

  it('takes in what is handed in late, and leaves the others as they are', () =>
    atWorkplace(async (place) => {
      await gradeClass(place, '--no-report');
      const before = resultsOf(place).submissions;
      place.submission('bob', { build: 'echo another mistake; exit 1' });
      place.submission('dave', UNBUILDABLE);
      writeFileSync(join(place.folder, 'late.csv'), `${ROSTER}eve,Eve,5\n`);
      const words = ['dave/', 'alice', 'bob', './dave', '--out', 'out', '--roster', 'late.csv'];
      const { stdout, stderr } = await place.here('grade', ...words);
      expect(stderr).to.match(/already in this grading: alice, bob; `pblab regrade out` grades/);
      expect(stderr).to.match(/given more than once, graded once: \.\/dave/);
      expect(stderr).to.match(/changed since they were graded, but not graded again: bob/);
      expect(stderr).to.match(/no submission from Eve \(5\)/);
      expect(stdout).to.match(/Dave.*it was handed in later/);
      expect(journalLines(place, 'out')).to.equal(3);
      const after = resultsOf(place);
      expect(
        after.submissions.slice(0, 3).map(({ tallies, grade }) => [tallies, grade]),
      ).to.deep.equal(before.map(({ tallies, grade }) => [tallies, grade]));
      expect(after.submissions[3]).to.deep.include({
        name: 'dave',
        grade: after.submissions[0]?.grade,
      });
      expect(after.missing.map(({ name }) => name)).to.deep.equal(['Eve']);
      expect(
        changesOf(place).map(({ submission, reasons }) => [submission, ...reasons]),
      ).to.deep.equal([['dave', 'it was handed in later']]);
      expect(place.read('out/history/1/roster.csv'))
        .to.match(/^dave,Dave,4,$/m)
        .and.not.contain('Eve');
      expect(place.exists('out/report/students/dave.html')).to.be.true;
    }));

  it('leaves one whose build has failed alone beside a late submission, and builds it again to go on', () =>
    atWorkplace(async (place) => {
      // In a box it could not see that the machine has been mended.
      place.env['PBLAB_ISOLATION'] = 'none';
      place.submission('alice', { build: `test -e ${join(place.folder, 'mended')} || exit 7` });
      place.submission('dave', UNBUILDABLE);
      writeFileSync(join(place.folder, 'rubric.yaml'), RUBRIC);
      writeFileSync(join(place.folder, 'roster.csv'), ROSTER);
      const files = ['--rubric', 'rubric.yaml', '--roster', 'roster.csv'];
      await place.here('grade', 'alice', ...files, '--out', 'out', '--no-report');
      writeFileSync(join(place.folder, 'mended'), '');
      await place.here('grade', 'dave', '--out', 'out', '--no-report');
      expect(resultsOf(place).submissions[0]?.ungradable).to.match(/^it could not be built: /);
      await place.here('resume', 'out', '--no-report');
      expect(resultsOf(place).submissions[0]?.ungradable).to.match(
        /^it did not start in any of 4 /,
      );
    }));

  it('goes on with a late submission that was interrupted, and knows it afterwards', () =>
    atWorkplace(async (place) => {
      await gradeClass(place, '--no-report');
      place.submission('eve', UNBUILDABLE);
      await place.here('regrade', 'out', 'eve', '--no-report');
      expect(journalLines(place, 'out')).to.equal(3);
      // As if it had been killed before the first of its runs.
      const lines = place.read('out/journal.jsonl').split('\n').slice(0, 2);
      writeFileSync(join(place.folder, 'out/journal.jsonl'), `${lines.join('\n')}\n`);
      await place.here('resume', 'out', '--no-report');
      expect(journalLines(place, 'out')).to.equal(3);
      await place.here('regrade', 'out', '--student', 'eve', '-s', 'view-zero', '--no-report');
      expect(journalLines(place, 'out')).to.equal(4);
      expect(changesOf(place).map(({ submission }) => submission)).to.deep.equal(['eve']);
    }));

  it('refuses late submissions on other terms, and what is not late', () =>
    atWorkplace(async (place) => {
      await gradeClass(place, '--no-report');
      const plan = place.read('out/plan.json');
      place.submission('eve', UNBUILDABLE);
      writeFileSync(join(place.folder, 'other.yaml'), RUBRIC.replace('points: 8', 'points: 9'));
      for (const [words, answer] of [
        [['--seed', 'x'], /another seed: got --seed x, expected --seed/],
        [['-n', '3'], /another number of runs: got -n 3, expected -n 2/],
        [
          ['--control', '5'],
          /another share of control runs: got --control 5, expected --control 0/,
        ],
        [['--sequential'], /another stopping rule: got --sequential/],
        [['--budget-per-submission', '1s'], /another time budget: got --budget-per-submission/],
        [['--rubric', 'missing.yaml'], /missing\.yaml cannot be read/],
        [
          ['-s', 'view-zero'],
          /another choice of scenarios: got -s view-zero, expected view-zero view/,
        ],
        [['--rubric', 'other.yaml'], /another rubric.*`pblab regrade \S+ --rubric other\.yaml`/],
      ] as const) {
        const { code, stderr } = await place.here('grade', 'eve', '--out', 'out', ...words);
        expect([code, stderr]).to.satisfy(() => code === 64 && answer.test(stderr), stderr);
      }
      const again = await place.here('grade', 'alice', 'bob', '--out', 'out');
      expect(again.stderr).to.match(
        /out already contains a grading of these submissions; continue it/,
      );
      expect(place.read('out/plan.json')).to.equal(plan);
      const same = [
        '--rubric',
        'rubric.yaml',
        '-n',
        '2',
        '--control',
        '20',
        '-s',
        'view-*',
        '--no-report',
      ];
      expect((await place.here('grade', 'eve', '--out', 'out', ...same)).code).to.equal(1);
    }));

  it('says what is an archive, a folder in a folder, or the same as another', () =>
    atWorkplace(async (place) => {
      place.submission('alice', UNBUILDABLE);
      mkdirSync(join(place.folder, 'bob'));
      place.submission('bob/my lab', UNBUILDABLE);
      mkdirSync(join(place.folder, 'carol'));
      const files = ['pblab.yaml', 'die.sh'].map((path) => ({
        path: `lab2/${path}`,
        content: place.read(`alice/${path}`),
      }));
      writeFileSync(join(place.folder, 'carol/lab2.zip'), zipOf(files));
      const words = ['alice', 'bob', 'carol', '-s', 'view-zero', '-n', '1', '--control', '0'];
      const graded = await place.here('grade', ...words, '-o', 'closed', '--no-report');
      expect(graded.stderr).to.contain('bob: the submission is in its only folder my lab\n');
      const closed =
        'carol contains an archive that was not opened: lab2.zip; unpack it, or let staff pass --open-archives';
      expect(graded.stderr).to.contain(`${closed}\n`);
      expect(graded.stdout).to.match(/to look at: Its content is identical to that of bob\./);

      await place.here('grade', ...words, '-o', 'out', '--open-archives', '--no-report');
      const found = z
        .looseObject({ submissions: RESULTS.shape.submissions.element.partial().array() })
        .parse(JSON.parse(place.read('out/results.json'))).submissions;
      expect(found.map(({ note, identicalTo }) => [note, identicalTo])).to.deep.equal([
        [undefined, ['bob', 'carol']],
        ['the submission is in its only folder my lab', ['alice', 'carol']],
        ['the submission is in the archive lab2.zip, in its only folder lab2', ['alice', 'bob']],
      ]);
      expect(readdirSync(join(place.folder, 'carol'))).to.deep.equal(['lab2.zip']);

      await place.here('regrade', 'closed', '--open-archives', '--no-report');
      const regraded = RESULTS.shape.submissions.element.partial().array();
      const [, , carol] = regraded.parse(JSON.parse(place.read('closed/results.json')).submissions);
      expect(carol?.note).to.contain('lab2.zip');
      expect(carol?.ungradable).to.match(/^it could not be built: /);
    }));
});
