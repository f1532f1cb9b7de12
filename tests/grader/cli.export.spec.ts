import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { JOURNAL_FILE } from '../../grader/journal/journal.js';
import { encodeLine } from '../../grader/journal/journal-line.js';
import { OUTPUTS } from '../../grader/outputs/registry.js';
import { atWorkplace, PATIENCE_MS, type Workplace } from './cli.js';
import { gradedResults, PLAN, recordsOf } from './outputs/made-up-results.js';
import { READERS } from './outputs/readers.js';

/** A directory as a grading leaves it, without its evidence. */
function leaveGrading(place: Workplace): void {
  const folder = join(place.folder, 'grading');
  mkdirSync(folder);
  writeFileSync(join(folder, 'results.json'), JSON.stringify(gradedResults()));
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(PLAN));
  writeFileSync(join(folder, JOURNAL_FILE), recordsOf().map(encodeLine).join(''));
}

/** What is wrong, the arguments, and what the answer must contain. */
const MISTAKES: [string, string[], RegExp][] = [
  ['no format', ['grading'], /nothing to export.*--format with gradescope, /],
  ['an unknown format', ['grading', '-f', 'excel'], /got "excel", expected gradescope/],
  ['no directory', ['-f', 'junit'], /no directory to export from/],
  ['a directory that holds none', ['.', '-f', 'junit'], /holds no readable results/],
  ['an unknown student', ['grading', '-f', 'tap', '--student', 'zoe'], /got "zoe", expected alice/],
  ['many files into one', ['grading', '-f', 'tap', '--file', 'x'], /got 4 files; .*--student NAME/],
  [
    'a template that is not there',
    ['grading', '-f', 'canvas', '--template', 'x'],
    /x cannot be read/,
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
      expect(stderr).to.match(/note: 1 submission without a student or without points.*dave/);
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

  it('shows a student nothing of hidden scenarios in any format, and prints what a job prints', () =>
    atWorkplace(async (place) => {
      leaveGrading(place);
      const only = ['--student', 'alice'];
      const { stdout } = await place.pblab(
        'export',
        'grading',
        '-f',
        'github-annotations',
        ...only,
      );
      await READERS['github-annotations']?.(stdout);
      const runs = await place.pblab('export', 'grading', '-f', 'runs-csv', '--file', '-', ...only);
      for (const text of [stdout, runs.stdout]) {
        expect(text)
          .to.contain('alice')
          .and.not.match(/secret|repeated-crash|bob|dave/);
      }
      const words = ['export', '-f', 'gradescope', '--placeholder', '--file', 'results.json'];
      const written = await place.pblab(...words);
      expect(written.code).to.equal(0);
      expect(JSON.parse(place.read('results.json'))).to.include({ score: 0 });
    }));

  it('answers a mistake with exit code 64 and a sentence that helps', () =>
    atWorkplace(async (place) => {
      leaveGrading(place);
      for (const [what, args, answer] of MISTAKES) {
        const { code, stdout, stderr } = await place.pblab('export', ...args);
        expect(stderr, what).to.match(answer);
        expect(code, what).to.equal(64);
        expect(stdout, what).to.equal('');
      }
    }));
});
