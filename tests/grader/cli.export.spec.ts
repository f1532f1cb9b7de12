import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { JOURNAL_FILE } from '../../grader/campaign/journal/journal.js';
import { encodeLine } from '../../grader/campaign/journal/journal-line.js';
import { OUTPUTS } from '../../grader/views/outputs/registry.js';
import { atWorkplace, PATIENCE_MS, type Workplace } from './cli.js';
import { gradedResults, PLAN, recordsOf } from './views/outputs/made-up-results.js';
import { READERS } from './views/outputs/readers.js';

/** A directory as a grading leaves it, without its evidence. */
function leaveGrading(place: Workplace): void {
  const folder = join(place.folder, 'grading');
  mkdirSync(folder);
  writeFileSync(join(folder, 'results.json'), JSON.stringify(gradedResults()));
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(PLAN));
  writeFileSync(join(folder, JOURNAL_FILE), recordsOf().map(encodeLine).join(''));
}

/** As above, with rubric and roster, so that a report can be made again. */
async function leaveClass(place: Workplace): Promise<void> {
  leaveGrading(place);
  writeFileSync(join(place.folder, 'grading/rubric.yaml'), rubricTo('50 %'));
  writeFileSync(
    join(place.folder, 'grading/roster.csv'),
    'submission,name,id\nalice,Alice,1001\nbob,Bob,1002\n',
  );
  const { code, stderr } = await place.here('report', 'grading');
  expect(code, stderr).to.equal(0);
}

/** No points from this failure rate on. */
function rubricTo(noneFrom: string): string {
  return `
title: Lab 2
policy: { kind: linear, fullAtMost: 0 %, noneFrom: ${noneFrom} }
parts:
  - name: All
    points: 10
    scenarios: [{ scenario: concurrent-appends }, { scenario: repeated-crash }]
`;
}

const GRADEBOOK = [
  'Student;ID;SIS User ID;Section;Lab 2 (42)',
  '    Points Possible;;;;"12,50"',
  'Alice Müller;7;1001;A;',
  'Bob;8;1002;A;',
  '',
].join('\r\n');

/** What is wrong, the arguments, and what the answer must contain. */
const MISTAKES: [string, string[], RegExp][] = [
  ['no format', ['grading'], /nothing to export.*--format with one of gradescope, /],
  ['an unknown format', ['grading', '-f', 'excel'], /got "excel", expected gradescope/],
  ['no directory', ['-f', 'junit'], /there is no grading to export/],
  [
    'a directory that holds none',
    ['.', '-f', 'junit'],
    /contains no results that this kit can read/,
  ],
  ['an unknown student', ['grading', '-f', 'tap', '--student', 'zoe'], /got "zoe", expected alice/],
  ['many files into one', ['grading', '-f', 'tap', '--file', 'x'], /got 4 files; .*--student NAME/],
  [
    'a template that is not there',
    ['grading', '-f', 'canvas', '--template', 'x'],
    /x cannot be read/,
  ],
  [
    'a scale where there is none',
    ['grading', '-f', 'tap', '--scale-to', '10'],
    /--scale-to has no effect on these formats: got --format tap, expected one of canvas, moodle-gradebook/,
  ],
  [
    'a mark that is none',
    ['grading', '-f', 'canvas', '--decimal', ','],
    /Allowed choices are comma, point/,
  ],
  ['a worksheet without one', ['grading', '-f', 'moodle-worksheet'], /--template FILE/],
];

describe('pblab export', function () {
  this.timeout(PATIENCE_MS);

  it('writes every format, says who is not in it, and leaves nothing else', () =>
    atWorkplace(async (place) => {
      leaveGrading(place);
      const formats = OUTPUTS.filter(({ needsTemplate }) => needsTemplate !== true).map(
        ({ name }) => name,
      );
      const { code, stdout, stderr } = await place.pblab('export', 'grading', '-f', ...formats);
      expect(code, stderr).to.equal(0);
      expect(stderr).to.match(
        /note: 1 submission left out, without a student or without points: dave/,
      );
      const paths = stdout.trimEnd().split('\n');
      expect(paths).to.include('grading/outputs/gradescope/alice.json');
      const written = readdirSync(join(place.folder, 'grading/outputs'), {
        recursive: true,
        withFileTypes: true,
      }).filter((entry) => entry.isFile());
      expect(written).to.have.length(paths.length);
      expect(place.read('grading/outputs/runs.csv').trimEnd().split('\n')).to.have.length(
        1 + recordsOf().length,
      );
    }));

  it('fills in a template in its own encoding, and no report takes its place', () =>
    atWorkplace(async (place) => {
      await leaveClass(place);
      const bytes = Buffer.from(GRADEBOOK, 'latin1');
      writeFileSync(join(place.folder, 'gradebook.csv'), bytes);
      const words = ['export', 'grading', '-f', 'canvas', '--template', 'gradebook.csv'];
      const refused = await place.here(...words);
      expect(refused.code).to.equal(64);
      expect(refused.stderr).to.match(/got 12\.5 in .*expected 10, .*--scale-to 12\.5/);

      const { code, stdout, stderr } = await place.here(...words, '--scale-to', '12.5');
      expect(code, stderr).to.equal(0);
      const path = stdout.trim();
      expect(path).to.equal('grading/outputs/canvas-filled.csv');
      const filled = readFileSync(join(place.folder, path));
      const [, points = ''] = /;A;([\d,]+)\r\nBob/.exec(filled.toString('latin1')) ?? [];
      const expected = GRADEBOOK.replace('1001;A;', `1001;A;${points}`);
      expect(filled.toString('latin1')).to.equal(expected.replace('1002;A;', '1002;A;12,5'));

      const again = await place.here('report', 'grading');
      expect(again.stdout).not.to.contain('filled in');
      writeFileSync(join(place.folder, 'lenient.yaml'), rubricTo('90 %'));
      const other = await place.here('report', 'grading', '--rubric', 'lenient.yaml');
      expect(other.stdout).to.match(
        new RegExp(
          `note: +outputs/canvas-filled\\.csv was filled in at .*out-of-date points for 1 student: Alice \\(${points.replace(',', '.')}, now [\\d.]+\\); .*pblab export DIR -f canvas --template FILE`,
        ),
      );
      expect(readFileSync(join(place.folder, path)).equals(filled)).to.equal(true);

      const plain = 'grading/outputs/canvas.csv';
      await place.here(...words, '--scale-to', '12.5', '--file', plain);
      const stays = await place.here('report', 'grading');
      expect(stays.stdout).to.match(/note: +outputs\/canvas\.csv was filled in .* is not changed/);
      expect(place.read(plain)).to.contain(';A;12,5');
      await place.here('export', 'grading', '-f', 'canvas');
      expect(place.read(plain), 'asked for').not.to.contain(';');

      await place.here(...words, '--scale-to', '12.5');
      const renewed = await place.here('report', 'grading');
      expect(renewed.stdout).not.to.contain('filled in');
    }));

  it('finds a submission by whatever its students are called, if that is clear', () =>
    atWorkplace(async (place) => {
      await leaveClass(place);
      writeFileSync(
        join(place.folder, 'grading/roster.csv'),
        'submission,name,id,email\nalice,Jo,1,jo@x.example\nalice,Kim,2,\nbob,Jo,3,\n',
      );
      await place.here('report', 'grading');
      for (const student of ['alice', '1', '2', 'Kim', 'jo@x.example']) {
        const words = ['export', 'grading', '-f', 'tap', '--file', '-', '--student', student];
        const { stdout } = await place.here(...words);
        expect(stdout, student).to.contain('not ok');
      }
      const both = await place.here('export', 'grading', '-f', 'tap', '--student', 'Jo');
      expect(both.code).to.equal(64);
      expect(both.stderr).to.match(/several submissions.*got "Jo", expected alice or bob/);
    }));

  it('shows a student nothing of hidden scenarios in any format, and prints what a job prints', () =>
    atWorkplace(async (place) => {
      leaveGrading(place);
      const only = ['--student', 'alice'];
      const { stdout } = await place.here('export', 'grading', '-f', 'github-annotations', ...only);
      await READERS['github-annotations']?.(stdout);
      const runs = await place.here('export', 'grading', '-f', 'runs-csv', '--file', '-', ...only);
      for (const text of [stdout, runs.stdout]) {
        expect(text)
          .to.contain('alice')
          .and.not.match(/secret|repeated-crash|bob|dave/);
      }
      const words = ['export', '-f', 'gradescope', '--placeholder', '--file', 'results.json'];
      const written = await place.here(...words);
      expect(written.code).to.equal(0);
      expect(JSON.parse(place.read('results.json'))).to.include({ score: 0 });
    }));

  it('answers a mistake with exit code 64 and a sentence that helps', () =>
    atWorkplace(async (place) => {
      leaveGrading(place);
      for (const [what, args, answer] of MISTAKES) {
        const { code, stdout, stderr } = await place.here('export', ...args);
        expect(stderr, what).to.match(answer);
        expect(code, what).to.equal(64);
        expect(stdout, what).to.equal('');
      }
    }));
});
