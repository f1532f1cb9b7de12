import { expect } from 'chai';
import { SCENARIOS } from '../../harness/index.js';
import { atWorkplace, expectPasses, PATIENCE_MS, tallyIn } from './cli.js';

const BROKEN = {
  build: 'echo "main.c:3:1: error: no such symbol" >&2; exit 7',
};

describe('a submission whose build fails', function () {
  this.timeout(PATIENCE_MS);

  it('fails every run in class build with the words of its compiler, and others are graded', () =>
    atWorkplace(async (place) => {
      const args = [place.submission('alice', BROKEN), 'reference', '-n', '2', '-o', 'out'];
      const { code, stdout } = await place.pblab('grade', ...args, '-s', 'single-primary');
      expect(code).to.equal(1);
      const tally = tallyIn(place, 'out', 'alice');
      expect(tally).to.include({ runs: 2, failed: 2 });
      expect(tally.signatures).to.have.lengthOf(1);
      expect(tally.signatures[0]).to.include({
        signature: 'build / build-failed',
        class: 'build',
        count: 2,
        exampleRun: 'alice/single-primary/0',
        artifacts: 'evidence/alice',
      });
      expectPasses(tallyIn(place, 'out', 'reference'), 2);
      expect(stdout).to.contain('exit 7" ended with exit code 7\n');
      expect(stdout).to.contain('    main.c:3:1: error: no such symbol\n');
      expect(stdout).to.contain('all of it: out/evidence/alice/build.log');
      expect(place.read('out/evidence/alice/build.log')).to.contain('main.c:3:1: error');
    }));

  it('is told once by `test`, whatever the number of scenarios', () =>
    atWorkplace(async (place) => {
      const { code, stdout } = await place.pblab('test', place.submission('alice', BROKEN));
      expect(code).to.equal(1);
      expect(stdout.match(/^ {4}main\.c:3:1: error/gm)).to.have.lengthOf(1);
      expect(stdout).to.contain(`\n0 passed, ${SCENARIOS.length} failed, 0 unknown`);
    }));

  it('shows the beginning and the end of a long output, and keeps all', () =>
    atWorkplace(async (place) => {
      const build = 'seq 1 1000; exit 1';
      const args = [place.submission('alice', { build }), '-s', 'single-primary', '-o', 'out'];
      const { stdout } = await place.pblab('test', ...args);
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
      const { stderr } = await place.pblab('test', ...args);
      expect(stderr.match(/^building alice \.\.\.$/gm)).to.have.lengthOf(1);
    }));
});
