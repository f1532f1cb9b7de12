import { expect } from 'chai';
import { z } from 'zod';
import { atWorkplace, expectPasses, journalLines, PATIENCE_MS, tallyIn } from './cli.js';

const BROKEN = {
  build: 'printf "main.c:3:1: error: no such symbol\\n  x;\\n  ^\\n" >&2; exit 7',
};

const RESULTS = z.looseObject({
  submissions: z.array(z.looseObject({ ungradable: z.string().optional() })),
});

describe('a submission whose build fails', function () {
  this.timeout(PATIENCE_MS);

  it('has a status and no rate, with the words of its compiler, and others are graded', () =>
    atWorkplace(async (place) => {
      const args = [place.submission('alice', BROKEN), 'reference', '-n', '2', '-o', 'out'];
      const { code, stdout } = await place.pblab('grade', ...args, '-s', 'view-zero');
      expect(code).to.equal(1);
      const { submissions } = RESULTS.parse(JSON.parse(place.read('out/results.json')));
      expect(submissions[0]).to.deep.include({
        tallies: [],
        status: {
          kind: 'not-built',
          printed: 'main.c:3:1: error: no such symbol\n  x;\n  ^',
          artifacts: 'evidence/alice',
        },
      });
      expect(submissions[0]?.ungradable).to.match(
        /^it could not be built: .*ended with exit code 7$/,
      );
      expectPasses(tallyIn(place, 'out', 'reference'), 2);
      expect(stdout).to.contain('    main.c:3:1: error: no such symbol\n      x;\n      ^\n');
      expect(stdout).to.contain('all of it: out/evidence/alice/build.log');
      expect(place.read('out/evidence/alice/build.log')).to.contain('main.c:3:1: error');
    }));

  it('is told once by `test`, which ends there', () =>
    atWorkplace(async (place) => {
      const { code, stdout } = await place.here('test', place.submission('alice', BROKEN));
      expect(code).to.equal(1);
      expect(stdout.match(/^ {4}main\.c:3:1: error/gm)).to.have.lengthOf(1);
      expect(stdout).to.contain('\n0 passed, 1 failed, 0 unknown');
      expect(stdout).to.match(
        /^Nothing else was tested, because it could not be built: .* test again\.$/m,
      );
      expect(stdout).to.match(/^page: pblab-out\/.*\/report\/students\/alice\.html$/m);
    }));

  it('shows the beginning and the end of a long output, and keeps all', () =>
    atWorkplace(async (place) => {
      const build = 'seq 1 1000; exit 1';
      const args = [place.submission('alice', { build }), '-s', 'single-primary', '-o', 'out'];
      const { stdout } = await place.here('test', ...args);
      expect(stdout)
        .to.match(/^ {4}1\n {4}2\n/m)
        .and.match(/^ {4}999\n {4}1000\n/m);
      expect(stdout)
        .to.contain('lines left out')
        .and.not.match(/^ {4}500$/m);
      expect(place.read('out/evidence/alice/build.log')).to.match(/^500$/m);
    }));

  it('is announced while it is built, if that takes long', () =>
    atWorkplace(async (place) => {
      const build = 'sleep 4; exit 1';
      const args = [place.submission('alice', { build }), '-s', 'single-primary'];
      const { stderr } = await place.here('test', ...args);
      expect(stderr.match(/^building alice \.\.\.$/gm)).to.have.lengthOf(1);
    }));
});

describe('a submission that does not start', function () {
  this.timeout(PATIENCE_MS);

  it('is told so and not of a build, where its program is not executable', () =>
    atWorkplace(async (place) => {
      const files = { 'kv.py': '#!/usr/bin/env python3\n' };
      const args = [place.submission('alice', { run: './kv.py', files }), '-s', 'view-zero'];
      const { code, stdout } = await place.here('test', ...args);
      expect(code).to.equal(1);
      expect(stdout).to.match(/^FAIL: its start \(build\)$/m);
      expect(stdout).to.match(
        /because the submission cannot be started: kv\.py is not executable: .*\. Fix this and test again\.$/m,
      );
      expect(stdout).not.to.contain('could not be built');
    }));

  it('is tried a few times by `test`, and told of once, with the step that is open', () =>
    atWorkplace(async (place) => {
      const args = [place.submission('alice', {}), '-j', '1', '--step', '1-5'];
      const { code, stdout } = await place.here('test', ...args);
      expect(code).to.equal(1);
      expect(stdout).to.match(/\n0 passed, 3 failed, 0 unknown, \d+ not run \(/);
      expect(stdout).to.match(/\nStep 1 of 10, .*, is not done yet\.\n[^]* --step 1\n$/);
      expect(stdout).to.match(
        /Nothing else was tested, because it did not start in any of 3 runs: .* exit code 3; its last words: "I give up"/,
      );
      expect(stdout.match(/^FAIL: /gm)).to.have.lengthOf(1);
    }));

  it('has a status and no rate, and no more runs than it takes to be sure', () =>
    atWorkplace(async (place) => {
      const args = [place.submission('alice', {}), '-j', '1', '-n', '20', '-s', 'view-zero'];
      const { code } = await place.here('grade', ...args, '-o', 'out');
      expect(code).to.equal(1);
      const { submissions } = RESULTS.parse(JSON.parse(place.read('out/results.json')));
      expect(submissions[0]).to.deep.include({ tallies: [] });
      expect(submissions[0]?.ungradable).to.match(/^it did not start in any of 10 runs: /);
      expect(journalLines(place, 'out')).to.equal(10);
    }));
});
