/** How commands choose, tell and keep the isolation of submissions. */

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { atWorkplace, PATIENCE_MS, type Workplace } from './cli.js';

const UNBUILDABLE = { build: 'exit 1' };
const QUICK = ['-s', 'view-zero', '-n', '1'];

const FILE = z.looseObject({ isolation: z.looseObject({ level: z.string() }).optional() });

function isolationIn(place: Workplace, file: string) {
  return FILE.parse(JSON.parse(place.read(file))).isolation;
}

/** Changes what a plan keeps of its isolation; without a level, it becomes one of an older kit. */
function rewritePlan(place: Workplace, directory: string, level?: string): void {
  const file = join(directory, 'plan.json');
  const { isolation: _isolation, ...plan } = FILE.parse(JSON.parse(place.read(file)));
  const kept = level === undefined ? {} : { isolation: { level, seccomp: false } };
  writeFileSync(join(place.folder, file), JSON.stringify({ ...plan, ...kept }));
}

/** A place where nothing asks for less isolation, and where bubblewrap is not installed. */
function withoutBubblewrap({ env, folder }: Workplace): void {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  symlinkSync(process.execPath, join(programs, 'node'));
  symlinkSync('/bin/sh', join(programs, 'sh'));
  env['PATH'] = programs;
  delete env['PBLAB_ISOLATION'];
}

/** Below a user without privileges, nothing can be isolated at all. */
const isRoot = process.getuid?.() === 0;

describe('the isolation of submissions', function () {
  this.timeout(PATIENCE_MS);

  it('is told, and kept in the plan', () =>
    atWorkplace(async (place) => {
      const mine = place.submission('mine', UNBUILDABLE);
      const words = ['grade', mine, ...QUICK, '-o', 'out', '--isolation', 'none'];
      const { stderr } = await place.pblab(...words);
      expect(stderr).to.match(/^isolation: NONE: submissions run as you$/m);
      expect(isolationIn(place, 'out/plan.json')).to.deep.equal({ level: 'none', seccomp: false });
    }));

  it('is asked for before the programs of others run without it', () =>
    atWorkplace(async (place) => {
      withoutBubblewrap(place);
      const mine = place.submission('mine', UNBUILDABLE);
      const refused = await place.pblab('grade', mine, 'reference', ...QUICK, '-o', 'out');
      if (isRoot && refused.stderr.includes('isolation: WEAK')) {
        expect(refused.code).to.equal(1);
        return;
      }
      expect(refused.code).to.equal(64);
      expect(refused.stderr.trim().split('\n')).to.have.length(1);
      expect(refused.stderr).to.match(
        /^pblab: the programs of others are not run without isolation: got NONE \(.*; install bubblewrap with `apt-get install bubblewrap`, or run them as you with --isolation none$/m,
      );
      expect(place.exists('out')).to.equal(false);
    }));

  it('may be missing for one’s own programs and for those of the kit', () =>
    atWorkplace(async (place) => {
      withoutBubblewrap(place);
      const mine = place.submission('mine', UNBUILDABLE);
      const tested = await place.pblab('test', mine, '-s', 'view-zero', '-o', 'tested');
      expect(tested.code).to.equal(1);
      expect(tested.stderr).to.match(/^isolation: (?:NONE|WEAK) \(.*$/m);
      const graded = await place.pblab('grade', 'reference', ...QUICK, '-o', 'graded');
      expect(graded.stderr).to.match(/^isolation: (?:NONE|WEAK) \(.*$/m);
      expect(graded.code).not.to.equal(64);
    }));

  it('is not less than what was asked for', () =>
    atWorkplace(async (place) => {
      withoutBubblewrap(place);
      for (const command of [
        ['test', 'reference'],
        ['grade', 'reference'],
        ['compare', 'reference', 'reference'],
        ['sweep', 'reference', '-s', 'single-primary'],
        ['demo'],
      ]) {
        const { code, stderr } = await place.pblab(...command, '--isolation', 'full', '-o', 'out');
        expect(code, command.join(' ')).to.equal(64);
        expect(stderr).to.match(
          /this machine has no isolation of the level full: got (?:NONE|WEAK)/,
        );
        expect(stderr).to.contain('install bubblewrap with `apt-get install bubblewrap`');
        expect(place.exists('out')).to.equal(false);
      }
    }));

  it('is the same for all runs of a grading', () =>
    atWorkplace(async (place) => {
      const mine = place.submission('mine', UNBUILDABLE);
      const late = place.submission('late', UNBUILDABLE);
      await place.pblab('grade', mine, ...QUICK, '-o', 'out', '--isolation', 'none');
      rewritePlan(place, 'out', 'full');
      const asked = ['--isolation', 'none'];
      for (const command of [
        ['resume', 'out', ...asked],
        ['regrade', 'out', ...asked],
        ['grade', mine, late, '-o', 'out', ...asked],
        ['compare', mine, '--against', 'out', '--submission', 'mine', ...asked],
      ]) {
        const { code, stderr } = await place.pblab(...command);
        expect(code, command.join(' ')).to.equal(64);
        expect(stderr).to.match(
          /the runs in out have another isolation: got now NONE: submissions run as you, expected full .*; leave out --isolation, or grade afresh into another --out/,
        );
      }
      rewritePlan(place, 'out', 'none');
      expect((await place.pblab('resume', 'out', '--isolation', 'none')).code).to.equal(1);
    }));

  it('was none for a grading of an older kit, and those who go on with it have to ask for that', () =>
    atWorkplace(async (place) => {
      const mine = place.submission('mine', UNBUILDABLE);
      await place.pblab('grade', mine, ...QUICK, '-o', 'out', '--isolation', 'none');
      rewritePlan(place, 'out');
      expect((await place.pblab('resume', 'out', '--isolation', 'none')).code).to.equal(1);
      delete place.env['PBLAB_ISOLATION'];
      const { code, stderr } = await place.pblab('resume', 'out');
      expect(code).to.equal(64);
      expect(stderr).to.contain('--isolation none');
    }));
});
