/** `pblab` with Go submissions: what it says of them, and manifests that do not lie in their folders. */

import { expect } from 'chai';
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheDirectory } from '../../harness/ground/cache-directory.js';
import { GO_PATIENCE_MS } from '../support/go.js';
import { submissionPath } from '../support/programs.js';
import { writeTree } from '../support/trees.js';
import {
  atWorkplace as atAnyWorkplace,
  expectFailures,
  expectPasses,
  tallyIn,
  type Workplace,
} from './cli.js';

/** A place with the builds of the user who runs the tests, so that what several tests hand in is built once. */
function atWorkplace(work: (place: Workplace) => Promise<void>): Promise<void> {
  return atAnyWorkplace((place) => {
    place.env['XDG_CACHE_HOME'] = dirname(cacheDirectory());
    return work(place);
  });
}

/** Puts a submission of the tests into the folder `name`, without any manifest. */
function handIn(place: Workplace, name: string, submission = 'go-single'): string {
  cpSync(submissionPath(submission, 'src'), join(place.folder, name, 'src'), { recursive: true });
  return name;
}

describe('pblab with a Go submission', function () {
  this.timeout(2 * GO_PATIENCE_MS);

  it('grades it as it was handed in, and says once what it found', () =>
    atWorkplace(async (place) => {
      const args = [handIn(place, 'alice'), '-n', '2', '-o', 'out', '-s', 'single-primary'];
      const { code, stderr } = await place.pblab('grade', ...args);
      expect(
        stderr.match(/^alice: the Go lab of 2015 .* in src\/, built with go/gm),
      ).to.have.lengthOf(1);
      expect(readdirSync(join(place.folder, 'alice'))).to.deep.equal(['src']);
      expectPasses(tallyIn(place, 'out', 'alice'), 2);
      expect(code).to.be.oneOf([0, 2]);
    }));

  it('takes a manifest from elsewhere, and finds it again to resume and to replay', () =>
    atWorkplace(async (place) => {
      writeTree(place.folder, { 'staff/lab.yaml': 'preset: go-lab\nname: bob\n' });
      const words = ['-m', 'staff/lab.yaml', '-n', '1', '-o', 'out', '-s', 'single-primary'];
      const { stderr } = await place.here('grade', handIn(place, 'alice', 'go-wrong'), ...words);
      expect(stderr).to.match(/^bob \(alice\): the Go lab/m);
      expectFailures(tallyIn(place, 'out', 'bob'), 1);
      expect((await place.here('resume', 'out')).code).to.be.oneOf([1, 2]);
      const evidence = 'out/evidence/bob/single-primary/0';
      const again = await place.here('replay', evidence, '-k', '1');
      expect(again.stderr).not.to.include('its content has changed');
      expect(again.stdout).to.match(/^single-primary with seed \w+: /);
      // Whatever it says now, the submission is no longer what was graded.
      writeTree(place.folder, { 'staff/lab.yaml': 'preset: go-lab\n' });
      const changed = await place.here('resume', 'out');
      expect(changed.code).to.equal(64);
      expect(changed.stderr).to.include('has changed since this grading began');
    }));

  it('prefers the manifest that a submission has', () =>
    atWorkplace(async (place) => {
      writeTree(place.folder, { 'staff.yaml': 'preset: go-lab\nname: anybody\n' });
      handIn(place, 'alice');
      writeTree(place.folder, { 'alice/pblab.yaml': 'preset: go-lab\nname: herself\n' });
      const words = ['alice', '--manifest', 'staff.yaml', '-s', 'single-primary'];
      const { stderr, stdout } = await place.here('test', ...words);
      expect(stderr).to.match(/^herself \(alice\): the Go lab/m);
      expect(stdout).to.contain('pblab grade alice --manifest staff.yaml ');
    }));

  it('refuses a manifest that is not there or is wrong, by its own name', () =>
    atWorkplace(async (place) => {
      handIn(place, 'alice');
      const missing = await place.here('test', 'alice', '-m', 'nowhere.yaml');
      expect(missing.code).to.equal(64);
      expect(missing.stderr).to.match(/^pblab: the manifest \S*nowhere\.yaml cannot be read/m);
      const swept = await place.here('sweep', 'alice', '-s', 'missing-key', '-m', 'nowhere.yaml');
      expect(swept.stderr).to.equal(missing.stderr);
      writeTree(place.folder, { 'staff.yaml': 'preset: go-lab\nroot: ../other\n' });
      const wrong = await place.here('test', 'alice', '-m', 'staff.yaml');
      expect(wrong.code).to.equal(64);
      expect(wrong.stderr).to.match(
        /staff\.yaml:2:7: root: expected a folder below the submission, got "\.\.\/other"/,
      );
    }));

  it('is told in the words of the compiler why it is not built', () =>
    atWorkplace(async (place) => {
      handIn(place, 'alice');
      writeTree(place.folder, { 'alice/src/pbservice/more.go': 'package pbservice\nvar x = y\n' });
      const { code, stdout } = await place.here('test', 'alice', '-s', 'single-primary');
      expect(code).to.equal(1);
      expect(stdout).to.match(/go build ended with exit code [12]\n/);
      expect(stdout).to.include('src/pbservice/more.go:2:9: undefined: y\n');
    }));

  it('lists what does not fit or leads out of its folder, and grades the others', () =>
    atWorkplace(async (place) => {
      for (const name of ['alice', 'bob', 'carol']) handIn(place, name);
      const main = join(place.folder, 'bob/src/pbservice/pbservice.go');
      const source = readFileSync(main, 'utf8').replace('func StartServer', 'func Start');
      writeFileSync(main, source);
      symlinkSync('../../alice/src', join(place.folder, 'carol/src/others'));
      const args = ['alice', 'bob', 'carol', '-n', '1', '-o', 'out', '-s', 'single-primary'];
      const { code, stderr } = await place.here('grade', ...args);
      expect(code).to.be.oneOf([0, 2]);
      expect(stderr).to.match(/^bob: bob\/src does not fit .* undefined: pbservice\.StartServer/m);
      expect(stderr).to.match(/^carol: carol\/src\/others is a link that leads out .*alice\/src/m);
      expectPasses(tallyIn(place, 'out', 'alice'), 1);
    }));
});
