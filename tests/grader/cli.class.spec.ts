import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
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
      before: z.looseObject({ maxPoints: z.number() }),
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
  return place.pblab('grade', ...words, '--roster', 'roster.csv', '--out', 'out', ...more);
}

describe('a class', function () {
  this.timeout(PATIENCE_MS);

  it('is graded by one command, although one submission cannot be', () =>
    atWorkplace(async (place) => {
      const { code, stdout, stderr } = await gradeClass(place);
      expect(code, stderr).to.equal(1);
      expect(stderr).to.match(/left out, since they are not directories: all\.zip/);
      expect(stderr).to.match(/there is no submission of Dave \(4\)/);
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
      const asked = await place.pblab(...words, '--out', 'out');
      expect(asked.code).to.equal(64);
      expect(asked.stderr).to.match(
        /got the columns Box, Called, Key.*--roster-columns submission=COLUMN,name=COLUMN,id=COLUMN/,
      );

      const columns = ['--roster-columns', 'submission=Box,name=Called,id=Key'];
      const graded = await place.pblab(...words, ...columns, '--out', 'out');
      expect(graded.stderr).to.match(/alice is of Alice; Zoë/);
      await place.pblab('report', 'out');
      const people = resultsOf(place).submissions.map(({ students = [] }) =>
        students.map(({ name }) => name),
      );
      expect(people).to.deep.equal([['Alice', 'Zoë'], ['Bob']]);
      expect(place.read('out/outputs/canvas.csv')).to.match(/^Alice,.*\nZoë,.*\nBob,/m);
      expect(place.read('out/report/students/alice.html')).to.contain('Alice; Zoë');
      const again = await place.pblab('regrade', 'out', '--student', 'Zoë', '-s', 'view-zero');
      expect(again.stdout).to.match(/Alice; Zoë.*chosen by --student and --scenario/);
    }));

  it('is graded again where something has changed, and nowhere else', () =>
    atWorkplace(async (place) => {
      await gradeClass(place, '--no-report');
      expect(journalLines(place, 'out')).to.equal(2);
      place.submission('bob', { build: 'echo another mistake; exit 1' });
      await place.pblab('regrade', 'out', '--no-report');
      expect(journalLines(place, 'out')).to.equal(3);
      const changes = changesOf(place).map(({ submission, reasons }) => [submission, ...reasons]);
      expect(changes).to.deep.equal([['bob', 'its content has changed']]);
      expect(place.exists('out/history/1/results.json')).to.be.true;
      expect(place.read('out/evidence/bob/build.log')).to.contain('another mistake');

      const choice = ['--student', '1', '-s', 'view-zero', '--no-report'];
      const { stdout } = await place.pblab('regrade', 'out', ...choice);
      expect(stdout).to.match(/Alice.*chosen by --student and --scenario/);
      expect(journalLines(place, 'out')).to.equal(4);
      for (const { name, ungradable, tallies } of resultsOf(place).submissions) {
        expect(tallies, name).to.deep.equal([]);
        if (name !== 'carol') expect(ungradable, name).to.match(/^it could not be built: /);
      }
      const resumed = await place.pblab('resume', 'out', '--no-report');
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
      const { code, stdout, stderr } = await place.pblab(
        'report',
        'out',
        '--rubric',
        'rubric.yaml',
      );
      expect(code).to.equal(2);
      expect(stderr).to.match(/journal line 1 is left out, because its checksum does not match/);
      expect(stdout).to.match(/^THE JOURNAL IS DAMAGED\. 1 line of the journal cannot be read/);
      expect(stdout).to.match(/Bob.*0 of 8.*0 of 10.*the rubric has changed/);
      expect(journalLines(place, 'out')).to.equal(2);
      expect(place.read('out/rubric.yaml')).to.contain('points: 10');
      expect(place.read('out/history/1/rubric.yaml')).to.contain('points: 8');
      const changes = changesOf(place).map(({ before, after }) => [
        before.maxPoints,
        after.maxPoints,
      ]);
      expect(changes).to.deep.equal([8, 8, 8].map((before) => [before, 10]));
    }));
});
