import { cpSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { abridged, type Calibration } from '../../grader/measured/calibration.js';
import { readMeasured } from '../../grader/measured/measured.js';
import {
  atWorkplace,
  journalLines,
  PATIENCE_MS,
  until,
  type Ending,
  type Workplace,
} from './cli.js';
import { ROOT } from './support.js';

/** Of the view service, so that the kit itself plays the servers, and a run takes no longer than its start. */
const MUTANT = 'hides-unacknowledged-views';
const STORY = 'view-first-primary';

/** The format as it is promised to other programs; there may be more in it. */
const CALIBRATION = z.looseObject({
  format: z.literal('pblab/calibration/1'),
  screenRuns: z.int(),
  closeRuns: z.int(),
  reference: z.looseObject({
    cells: z.array(z.looseObject({ scenario: z.string(), planned: z.int() })),
  }),
  mutants: z.array(
    z.looseObject({
      name: z.string(),
      cells: z.array(z.looseObject({ scenario: z.string(), planned: z.int() })),
      caughtIn: z.array(z.looseObject({ scenario: z.string(), failed: z.int() })),
    }),
  ),
});

function calibrationIn(place: Workplace, directory: string): z.infer<typeof CALIBRATION> {
  return CALIBRATION.parse(JSON.parse(place.read(join(directory, 'calibration.json'))));
}

/** Copies this package into the place, so that what it saves is its own; runs its `pblab`. */
function ownPackage(place: Workplace): (...args: string[]) => Promise<Ending> {
  for (const part of ['dist/reference', 'dist/harness', 'dist/grader', 'package.json']) {
    cpSync(join(ROOT, part), join(place.folder, 'own', part), { recursive: true });
  }
  cpSync(join(ROOT, 'reference/pblab.yaml'), join(place.folder, 'own/reference/pblab.yaml'));
  symlinkSync(join(ROOT, 'node_modules'), join(place.folder, 'own/node_modules'));
  const cli = join(place.folder, 'own/dist/grader/cli.js');
  return (...args) => place.startProgram(process.execPath, [cli, ...args]).ended;
}

function undated(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\d/g, 'DATE');
}

describe('pblab calibrate', function () {
  this.timeout(PATIENCE_MS);

  it('screens every cell, looks closely at those that matter, and saves what it has found', () =>
    atWorkplace(async (place) => {
      const pblab = ownPackage(place);
      const looks = ['-n', '2', '--screen', '1', '--world', 'virtual'];
      const args = [MUTANT, '-s', STORY, '-s', 'view-zero', ...looks];
      const { code, stdout, stderr } = await pblab('calibrate', ...args, '--save', '-o', 'out');
      expect(stderr).to.contain('expected: 3 cells, 2 runs of each\n');
      expect(stderr).to.contain('screen: 4 cells, 1 run of each\n');
      expect(stderr).to.contain('closely: 3 of these cells, up to 2 runs\n');
      expect(code, stdout).to.equal(0);

      const { reference, mutants } = calibrationIn(place, 'out');
      const planned = [reference, ...mutants].map(({ cells }) => cells.map((each) => each.planned));
      expect(planned).to.deep.equal([
        [2, 2],
        [1, 2],
      ]);
      expect(mutants.map(({ name }) => name)).to.deep.equal([MUTANT]);
      expect(mutants[0]?.caughtIn[0]).to.include({ scenario: STORY });
      expect(stdout).to.match(new RegExp(`${MUTANT} +100 % of [12] +1 +1\\n`));
      expect(stdout).to.contain(`Only ${STORY} catches ${MUTANT}.`);
      expect(place.read('out/calibration.md')).to.contain(
        `| \`${MUTANT}\` | \`${STORY}\` | 100 % of`,
      );

      // Of a mutant's failures one is kept; calibrations have thousands.
      const evidence = `out/evidence/mutant-${MUTANT}/${STORY}`;
      expect(place.exists(`${evidence}/0/run.json`)).to.be.true;
      expect(place.exists(`${evidence}/1`)).to.be.false;

      const file = 'own/grader/measured/measured-virtual.json';
      const saved = readMeasured(join(place.folder, file));
      const made: Calibration = JSON.parse(place.read('out/calibration.json'));
      expect(saved).to.deep.equal(abridged(made));
      expect(stdout).to.contain(`saved: ${file}\n`);

      const again = await pblab('calibrate', ...args, '--save', '-o', 'elsewhere');
      expect(again.code).to.equal(64);
      expect(again.stderr).to.contain("a part cannot replace the kit's own calibration");
      expect(place.exists('elsewhere')).to.be.false;

      const independent = await pblab('calibrate', '--set', 'independent', '-o', 'elsewhere');
      expect(independent.code).to.equal(64);
      expect(independent.stderr).to.match(
        /independent set is not part of the package: .* has tests\/independent$/m,
      );
      expect(place.exists('elsewhere')).to.be.false;
    }));

  it('goes on where it was interrupted, by resume or by the same words, and keeps what was done', () =>
    atWorkplace(async (place) => {
      const args = ['calibrate', 'loses-writes', '-s', 'view-zero', '-n', '4', '-o', 'out'];
      const running = place.start(...args, '-j', '1');
      await until(
        () => journalLines(place, 'out') > 0,
        () => 'no run was done',
      );
      running.child.kill('SIGINT');
      const first = await running.ended;
      expect(first.code, first.stderr).to.equal(130);
      expect(first.stdout).to.contain('interrupted; continue with: pblab resume out\n');
      expect(first.stdout).to.match(/not\s+done/);
      const kept = place.read('out/journal.jsonl').split('\n').slice(0, -1);

      const second = await place.here('resume', 'out');
      expect(second.code, second.stdout).to.equal(1);
      expect(second.stdout).to.match(/loses-writes SURVIVES: not caught in \d runs?; /);
      const journal = place.read('out/journal.jsonl');
      expect(journal.split('\n').slice(0, kept.length)).to.deep.equal(kept);
      expect(calibrationIn(place, 'out').reference.cells).to.have.nested.property('[0].planned', 4);

      const third = await place.here(...args);
      expect(third.code).to.equal(1);
      expect(undated(third.stdout)).to.equal(undated(second.stdout));
      expect(place.read('out/journal.jsonl')).to.equal(journal);

      const other = await place.here(...args, '-n', '7');
      expect(other.stderr).to.match(
        /out contains a calibration with other runs: got --runs 7, expected --runs 4; .*pblab resume out/,
      );
      expect(other.code).to.equal(64);
    }));

  it('lays out the independent set, calls each by its name, and goes on by the same words', () =>
    atWorkplace(async (place) => {
      const chosen = ['design', 'circumstance'].map((folder) => {
        const [first = ''] = readdirSync(join(ROOT, 'tests/independent', folder)).toSorted();
        return `${folder}/${first.replace(/\.patch$/, '')}`;
      });
      const args = ['--set', 'independent', ...chosen, '-s', 'single-primary', '-n', '1'];
      const { code, stdout, stderr } = await place.pblab('calibrate', ...args, '-o', 'out');
      expect(stderr).to.contain('expected: 1 cell, 1 run of each\n');
      expect(stderr).to.contain('screen: 3 cells, 1 run of each\n');
      expect(code, stdout).to.be.oneOf([0, 1, 2]);
      expect(stdout).to.contain('2 wrong implementations and the correct one in 1 scenario: ');
      expect(stdout).to.match(/^design: caught [01] of 1[.;]/m);
      expect(stdout).to.match(/^circumstance: caught [01] of 1[.;]/m);
      expect(calibrationIn(place, 'out').mutants.map(({ name }) => name)).to.deep.equal(chosen);
      for (const name of chosen) {
        const right = place.read('out/independent/correct/kv.py');
        expect(place.read(`out/independent/${name}/kv.py`)).not.to.equal(right);
      }

      const journal = place.read('out/journal.jsonl');
      const again = await place.here('calibrate', ...args, '-o', 'out');
      expect(undated(again.stdout)).to.equal(undated(stdout));
      const resumed = await place.here('resume', 'out');
      expect(undated(resumed.stdout)).to.equal(undated(stdout));
      expect(place.read('out/journal.jsonl')).to.equal(journal);

      const mutants = await place.here('calibrate', MUTANT, '-n', '1', '-o', 'out');
      expect(mutants.code).to.equal(64);
      expect(mutants.stderr).to.contain(
        'out contains a calibration with other implementations: got --set mutants, expected --set independent',
      );
    }));

  it('refuses to save what it finds with the independent set', () =>
    atWorkplace(async (place) => {
      const saving = await place.here('calibrate', '--set', 'independent', '--save', '-o', 'out');
      expect(saving.code).to.equal(64);
      expect(saving.stderr).to.contain('own calibration is the one with its mutants');
      expect(place.exists('out')).to.be.false;
    }));
});
