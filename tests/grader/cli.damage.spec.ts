import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { atWorkplace, journalLines, PATIENCE_MS, type Workplace } from './cli.js';

const OUT = 'grading';

/** Makes the second line of the journal one that cannot be read. */
function damage({ folder }: Workplace): void {
  const file = join(folder, OUT, 'journal.jsonl');
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, lines.with(1, (lines[1] ?? '').replace('"pass"', '"fail"')).join('\n'));
}

const RESULTS = z.object({
  journalDamage: z.object({ lines: z.number(), first: z.array(z.number()) }).optional(),
  submissions: z.array(
    z.object({ tallies: z.array(z.object({ planned: z.number(), runs: z.number() })) }),
  ),
});

function resultsIn(place: Workplace): z.infer<typeof RESULTS> {
  return RESULTS.parse(JSON.parse(place.read(join(OUT, 'results.json'))));
}

describe('a grading whose journal cannot be read as a whole', function () {
  this.timeout(PATIENCE_MS);

  it('says so first, wherever it is concluded from, and is none in which all passed', function () {
    return atWorkplace(async (place) => {
      const words = ['reference', '-n', '3', '-s', 'single-primary', '-o', OUT];
      const whole = await place.pblab('grade', ...words);
      // The machine was too busy for some attempt, so that lines and runs are not the same.
      if (journalLines(place, OUT) !== 3) this.skip();
      expect(whole.code, whole.stderr).to.equal(0);
      expect(resultsIn(place)).not.to.have.property('journalDamage');
      damage(place);

      const told = '1 line of the journal cannot be read (line 2)';
      const report = await place.pblab('report', OUT);
      expect(report.stdout).to.match(/^THE JOURNAL IS DAMAGED\. 1 line of the journal/);
      expect(report.stderr).to.contain('journal line 2 is ignored, because its checksum');
      expect(report.code).to.equal(2);
      const { journalDamage, submissions } = resultsIn(place);
      expect(journalDamage).to.deep.equal({ lines: 1, first: [2] });
      expect(submissions[0]?.tallies[0]).to.deep.equal({ planned: 3, runs: 2 });
      const page = place.read(join(OUT, 'report/index.html'));
      expect(page.indexOf(told)).to.be.above(0);
      expect(page.indexOf(told)).to.be.below(page.indexOf('class="lead"'));

      const exported = await place.pblab('export', OUT, '-f', 'runs-csv');
      expect(exported.stderr).to.contain(told);
      expect(exported.code).to.equal(2);

      for (const command of ['regrade', 'resume']) {
        const { stdout, stderr, code } = await place.pblab(command, OUT);
        expect(stdout, stderr).to.match(/^THE JOURNAL IS DAMAGED\. 1 line of the journal/);
        expect(code).to.equal(2);
        expect(resultsIn(place).submissions[0]?.tallies[0]).to.deep.equal({ planned: 3, runs: 3 });
      }
    });
  });
});
