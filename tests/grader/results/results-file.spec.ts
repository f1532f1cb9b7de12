import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readResults } from '../../../grader/results/results-file.js';
import { UsageError } from '../../../harness/index.js';
import { gradedResults, plainResults } from '../views/outputs/made-up-results.js';
import { withFolder } from '../support.js';

/** What was done to results, and what the complaint must say. */
const MISTAKES: [string, (results: ReturnType<typeof gradedResults>) => void, RegExp][] = [
  [
    'another format',
    (one) => Object.assign(one, { format: 'pblab/results/2' }),
    /format: got "pblab\/results\/2"/,
  ],
  [
    'counts that do not add up',
    (one) => Object.assign(one.submissions[0]?.tallies[0] ?? {}, { passed: 99 }),
    /submissions\.0\.tallies\.0\.runs: .*the sum of passed, failed and unknown/,
  ],
  [
    'a rate above one',
    (one) => Object.assign(one.submissions[0]?.tallies[0]?.failureRate ?? {}, { high: 2 }),
    /failureRate\.high: got 2/,
  ],
  [
    'two submissions of one name',
    (one) => Object.assign(one.submissions[0] ?? {}, { name: 'bob' }),
    /distinct names/,
  ],
  [
    'a name that leads out of its folder',
    (one) => Object.assign(one.submissions[0] ?? {}, { name: '../../etc' }),
    /a name without a slash or a leading dot/,
  ],
  [
    'points that are no number',
    (one) => Object.assign(one.submissions[0]?.grade ?? {}, { points: 'all' }),
    /grade\.points: got "all", expected number/,
  ],
];

describe('results in a file', () => {
  for (const results of [gradedResults(), plainResults()]) {
    it(`are read as they were written, ${results.rubric === undefined ? 'plain' : 'graded'}`, () =>
      withFolder((folder) => {
        writeFileSync(join(folder, 'results.json'), JSON.stringify(results));
        expect(readResults(folder)).to.deep.equal(results);
      }));
  }

  it('keep what a newer kit has added', () =>
    withFolder((folder) => {
      const newer = { ...plainResults(), weather: 'fine' };
      writeFileSync(join(folder, 'results.json'), JSON.stringify(newer));
      expect(readResults(folder)).to.deep.equal(newer);
    }));

  it('of a kit that knew one student for each submission have that student', () =>
    withFolder((folder) => {
      const { submissions, ...rest } = gradedResults();
      const older = submissions.map(({ students: [student] = [], ...one }) =>
        student === undefined ? one : { ...one, student },
      );
      writeFileSync(join(folder, 'results.json'), JSON.stringify({ ...rest, submissions: older }));
      expect(readResults(folder)).to.deep.equal({ ...rest, submissions });
    }));

  for (const [what, change, complaint] of MISTAKES) {
    it(`are refused with ${what}, and the complaint says where`, () =>
      withFolder((folder) => {
        const results = gradedResults();
        change(results);
        writeFileSync(join(folder, 'results.json'), JSON.stringify(results));
        expect(() => readResults(folder)).to.throw(UsageError, complaint);
      }));
  }

  it('are refused where they are missing or no JSON', () =>
    withFolder((folder) => {
      expect(() => readResults(folder)).to.throw(UsageError, /no results that this kit can read/);
      writeFileSync(join(folder, 'results.json'), '{"format":');
      expect(() => readResults(folder)).to.throw(UsageError, /results\.json is not JSON/);
    }));
});
