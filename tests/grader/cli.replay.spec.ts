import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readRecords } from '../../grader/campaign/journal/journal.js';
import { encodeLine } from '../../grader/campaign/journal/journal-line.js';
import { atWorkplace, PATIENCE_MS, type Workplace } from './cli.js';

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
        '4 of 4 runs played again are the same run, event by event: 100 % (39.8–100 %)\n',
      );
    }));

  it('names those that are not', () =>
    atWorkplace(async (place) => {
      await testInVirtualWorld(place);
      const journal = join(place.folder, 'out/journal.jsonl');
      const lines = [...readRecords(journal)].map((record) =>
        encodeLine(record.scenario === 'view-zero' ? { ...record, trace: 'another' } : record),
      );
      writeFileSync(journal, lines.join(''));
      const { code, stdout, stderr } = await place.pblab('replay', 'out', '-o', 'again');
      expect(code, stderr).to.equal(1);
      expect(stdout).to.match(
        /^1 of 2 runs played again are the same run, event by event: 50\.0 %/,
      );
      expect(stdout).to.match(
        /\nnot the same: reference in view-zero, seed \w+: pass both times\n$/,
      );
    }));

  it('refuses runs in real time, and another submission', () =>
    atWorkplace(async (place) => {
      const die = place.submission('dies', {});
      await place.pblab('test', die, '-s', 'view-zero', '-o', 'real');
      const real = await place.pblab('replay', 'real');
      expect(real.code).to.equal(64);
      expect(real.stderr).to.match(
        /^pblab: the runs of real cannot be the same runs again: got runs in real time, /,
      );
      await testInVirtualWorld(place);
      const other = await place.pblab('replay', 'out', '--submission', die);
      expect(other.code).to.equal(64);
      expect(other.stderr).to.match(
        /cannot be the same with another submission: got --submission dies/,
      );
    }));
});
