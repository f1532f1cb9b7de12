/** `pblab compare`, as a person runs it. */

import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { UsageError } from '../../harness/index.js';
import { compare, type CompareOptions } from '../../grader/commands/actions/compare.js';
import { COMPARISON_FILE } from '../../grader/studies/compare/comparison.js';
import {
  atWorkplace,
  journalLines,
  PATIENCE_MS,
  until,
  type Ending,
  type Workplace,
} from './cli.js';

const SIDE = z.looseObject({ unknownCauses: z.record(z.string(), z.int()) });

const COMPARISON = z.looseObject({
  says: z.string(),
  verdict: z.string(),
  scenarios: z.array(z.looseObject({ scenario: z.string(), a: SIDE, b: SIDE })),
});

function comparisonIn(place: Workplace, directory: string) {
  return COMPARISON.parse(JSON.parse(place.read(join(directory, COMPARISON_FILE))));
}

/**
 * Of two that are alike. Chance, or a busy machine, may make one look slower all the same; where the machine was too
 * busy to judge all runs, the test is skipped.
 */
function expectNoDifference(
  test: Mocha.Context,
  place: Workplace,
  directory: string,
  { code, stdout }: Ending,
): void {
  const { verdict, scenarios } = comparisonIn(place, directory);
  const sides = scenarios.flatMap(({ a, b }) => [a, b]);
  if (sides.some(({ unknownCauses }) => 'disturbed' in unknownCauses)) test.skip();
  expect(code, stdout).to.equal(verdict === 'worse' ? 1 : 0);
  expect(stdout).to.contain('No difference was seen between mine and old in single-primary');
}

const ALONE = ['-s', 'single-primary', '-n', '10'];

describe('pblab compare', function () {
  this.timeout(PATIENCE_MS);

  it('refuses what could not be built, with the words of the compiler', () =>
    atWorkplace(async (place) => {
      const broken = place.submission('mine', { build: 'echo "main.c:3: no such symbol"; exit 7' });
      const { code, stderr } = await place.here('compare', 'reference', broken, ...ALONE);
      expect(code).to.equal(64);
      expect(stderr).to.match(
        /mine cannot be compared, because it could not be built: .* exit code 7: got main\.c:3: no such symbol/s,
      );
    }));

  it('says what the second does worse than the first, and takes the first from an earlier grading', () =>
    atWorkplace(async (place) => {
      const [old, mine] = [place.submission('old', {}), place.submission('mine', {})];
      const alike = await place.pblab('compare', old, mine, ...ALONE, '--out', 'alike');
      expectNoDifference(this.ctx, place, 'alike', alike);
      expect(comparisonIn(place, 'alike').scenarios).to.have.lengthOf(1);
      expect(place.read('alike/report/index.html')).to.contain('No difference was seen');

      const ambiguous = await place.here('compare', mine, '--against', 'alike');
      expect(ambiguous.code).to.equal(64);
      expect(ambiguous.stderr).to.contain('--submission with one of old, mine');

      const again = await place.here(
        'compare',
        mine,
        '--against',
        'alike',
        '--submission',
        'old',
        '--out',
        'again',
      );
      expectNoDifference(this.ctx, place, 'again', again);
      expect(again.stdout.replaceAll(/\s+/g, ' ')).to.contain('They were not interleaved');

      const report = await place.here('report', 'alike');
      expect(report.code).to.equal(64);
      expect(report.stderr).to.contain('alike does not contain a grading: got a comparison');

      const kit = JSON.parse(place.read('alike/plan.json'));
      expect(kit).to.deep.include({ runsPerScenario: 10, comparison: {} });
    }));

  it('goes on where it was interrupted', () =>
    atWorkplace(async (place) => {
      const [old, mine] = [place.submission('old', {}), place.submission('mine', {})];
      const command = place.start(
        'compare',
        old,
        mine,
        '-s',
        'single-primary',
        '-n',
        '10',
        '--out',
        'cut',
      );
      await until(
        () => journalLines(place, 'cut') > 1,
        () => 'no run was recorded',
      );
      command.child.kill('SIGKILL');
      await command.ended;
      const resumed = await place.here('resume', 'cut');
      expectNoDifference(this.ctx, place, 'cut', resumed);
      expect(new Set(keysIn(place, 'cut')).size).to.equal(20);
    }));

  const wrong: [specs: string[], options: Partial<CompareOptions>, complaint: string][] = [
    [['reference'], {}, 'a comparison takes two submissions'],
    [['reference', 'reference', 'reference'], {}, 'a comparison takes two submissions'],
    [['old', 'mine'], { against: 'x' }, 'with an earlier grading takes one submission'],
    [['mine'], { against: 'x', seed: 's' }, '--seed cannot be used with --against'],
    [['old', 'mine'], { submission: 'x' }, '--submission needs an earlier grading'],
    [['mine'], { against: '/nowhere' }, '/nowhere does not contain a grading'],
  ];
  for (const [specs, options, complaint] of wrong) {
    it(`refuses ${specs.join(' ')} with ${JSON.stringify(options)}`, async () => {
      const refused = await compare(specs, { scenario: [], ...options }).catch(
        (error: unknown) => error,
      );
      expect(refused)
        .to.be.instanceOf(UsageError)
        .with.property('message')
        .that.contains(complaint);
    });
  }
});

function keysIn(place: Workplace, directory: string): string[] {
  const lines = place.read(join(directory, 'journal.jsonl')).trim().split('\n');
  return lines.map((line) => LINE.parse(JSON.parse(line)).record.key);
}

const LINE = z.looseObject({ record: z.looseObject({ key: z.string() }) });
