import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readRecords } from '../../grader/campaign/journal/journal.js';
import { encodeLine } from '../../grader/campaign/journal/journal-line.js';
import { atWorkplace, PATIENCE_MS, QUITS, type Workplace } from './cli.js';

const QUICK = ['view-zero', 'view-first-primary'];

/** Tests the reference in the virtual world, with its results in `out`. */
const testInVirtualWorld = (place: Workplace) =>
  place.pblab('test', 'reference', '--world', 'virtual', '-s', ...QUICK, '-o', 'out');

describe('pblab replay of a directory', function () {
  this.timeout(PATIENCE_MS);

  it('counts how many of its runs are the same again', () =>
    atWorkplace(async (place) => {
      await testInVirtualWorld(place);
      const { code, stdout, stderr } = await place.pblab('replay', 'out', '-k', '2', '-o', 'again');
      expect(code, stderr).to.equal(0);
      expect(stdout).to.equal(
        '4 of 4 runs played again happened as before, event by event: 100 % (39.8–100 %)\n',
      );
    }));

  it('names those that are not, and the first difference where both runs have kept evidence', () =>
    atWorkplace(async (place) => {
      const mutant = 'mutant:hides-unacknowledged-views';
      const words = ['--world', 'virtual', '-s', 'view-zero', '-s', 'view-first-primary'];
      await place.here('test', mutant, ...words, '-o', 'out');
      const journal = join(place.folder, 'out/journal.jsonl');
      const lines = [...readRecords(journal)].map((record) => {
        if (record.artifacts === undefined) return encodeLine(record);
        writeFileSync(join(place.folder, 'out', record.artifacts, 'events.jsonl'), 'another\n');
        return encodeLine({ ...record, trace: 'another' });
      });
      writeFileSync(journal, `${lines.join('')}rubbish\n`);
      const { code, stdout, stderr } = await place.here('replay', 'out', '-o', 'again');
      expect(code, stderr).to.equal(1);
      expect(stderr).to.contain('journal line 3 is ignored');
      const said = stdout.replaceAll(/\s+/g, ' ');
      expect(said).to.match(
        /^1 of 2 runs played again happened as before, event by event: 50\.0 %/,
      );
      expect(said).to.match(
        / not as before: \S+ in view-first-primary, seed \w+: fail both times /,
      );
      expect(said).to.match(/ it differs from line 1 of events\.jsonl on; .*: another \{/);
    }));

  it('leaves out what was played before a submission has changed', () =>
    atWorkplace(async (place) => {
      const dies = place.submission('dies', QUITS);
      const words = ['-n', '1', '-s', 'view-zero', '--control', '0', '--replays', '0', '-j', '1'];
      await place.here('grade', dies, ...words, '--world', 'virtual', '--no-report', '-o', 'out');
      writeFileSync(join(place.folder, 'dies/more.txt'), 'more');
      await place.here('regrade', 'out');
      const { code, stdout, stderr } = await place.here('replay', 'out', '-o', 'again');
      expect(code, stdout + stderr).to.equal(0);
      expect(stdout).to.match(/^1 of 1 run played again happened as before, /);
    }));

  it('refuses runs in real time, another submission, and its own directory for what it keeps', () =>
    atWorkplace(async (place) => {
      const die = place.submission('dies', {});
      await place.here('test', die, '-s', 'view-zero', '-o', 'real');
      const real = await place.here('replay', 'real');
      expect(real.code).to.equal(64);
      expect(real.stderr).to.match(
        /^pblab: the runs of real cannot be the same runs again: got runs in real time, /,
      );
      await testInVirtualWorld(place);
      const same = await place.here('replay', 'out', '-o', 'out');
      expect(same.code).to.equal(64);
      expect(same.stderr).to.match(/must stay as they are: got --out out, which holds them/);
      const other = await place.here('replay', 'out', '--submission', die);
      expect(other.code).to.equal(64);
      expect(other.stderr).to.match(
        /cannot be the same with another submission: got --submission dies/,
      );
    }));
});
