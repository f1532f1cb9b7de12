import { expect } from 'chai';
import { atWorkplace, PATIENCE_MS, skipIfDisturbed, until } from './cli.js';

const MUTANT = 'mutant:forward-result-ignored';
const STORY = 'forward-lost-then-failover';
const EVIDENCE = `out/evidence/mutant-forward-result-ignored/${STORY}/0`;

describe('pblab test', function () {
  this.timeout(PATIENCE_MS);

  it('has a line for each scenario that passed, the sum, and the seed', function () {
    return atWorkplace(async (place) => {
      const args = ['test', 'reference', '--scenario', 'single-primary', '--seed', 's'];
      const tested = await place.pblab(...args);
      skipIfDisturbed(this, tested);
      const { code, stdout } = tested;
      expect(stdout).to.match(/^pass {5}single-primary {2}\d+\.\d s$/m);
      expect(stdout).to.match(/^1 passed, 0 failed, 0 unknown \(seed s, \d+\.\d s of runs\)$/m);
      expect(code).to.equal(0);
      expect(place.exists('pblab-out'), 'results at the default place').to.be.true;
    });
  });

  it('shows what happened and how to repeat it, and the repetition fails again', function () {
    return atWorkplace(async (place) => {
      const args = ['test', MUTANT, '-s', STORY, '-s', 'single-primary', '-o', 'out'];
      const tested = await place.pblab(...args);
      skipIfDisturbed(this, tested);
      const { code, stdout } = tested;
      expect(code).to.equal(1);
      expect(stdout).to.match(/^pass {5}single-primary/m);
      expect(stdout).to.match(
        new RegExp(`^FAIL {5}${STORY} {2}\\d+\\.\\d s\n  c\\d read c\\d-\\d`, 'm'),
      );
      const news = stdout.slice(stdout.indexOf(`\nFAIL: ${STORY} (safety)\n  (`));
      expect(news).to.match(
        /^ {2}\((?:\d+|none) of \d+ public submissions fails? this one\)\n {2}c/m,
      );
      expect(stdout).to.match(/^asked 1 of 2$/m);
      expect(news).to.match(/ ms {2}c\d is told: (put|append) c\d-\d ".*" is done$/m);
      expect(stdout).to.contain(`again: pblab replay ${EVIDENCE} -k 20`);
      expect(stdout).to.match(/^1 passed, 1 failed, 0 unknown/m);

      const replay = await place.pblab('replay', EVIDENCE, '-k', '3', '-j', '2', '-o', 'again');
      skipIfDisturbed(this, replay);
      expect(replay.stdout).to.match(/with seed \w{16}: fails [1-3] of [1-3] runs? \(/);
      expect(replay.stdout).to.match(
        /^[1-3] runs? failed the same way: acknowledged write lost when the forward fails$/m,
      );
      expect(replay.stdout).to.contain('again: pblab replay again/evidence/');
      expect(replay.code).to.equal(1);

      const sound = ['replay', EVIDENCE, '-k', '1', '--submission', 'reference', '-o', 'sound'];
      const healing = await place.pblab(...sound);
      skipIfDisturbed(this, healing);
      const { stdout: healed, code: healedCode } = healing;
      expect(healed)
        .to.contain('0 of 1 run failed')
        .and.match(/^no run failed the same way$/m);
      expect(healedCode).to.equal(0);
    });
  });

  it('tells of each scenario as it ends, so that one who stops it knows what was known', () =>
    atWorkplace(async (place) => {
      const { child, ended } = place.start('test', 'reference', '-j', '1', '-o', 'out');
      let told = '';
      child.stdout?.on('data', (chunk: Buffer) => (told += chunk.toString()));
      const line = /^(pass {3}|unknown) {2}[\w-]+ {2}\d+\.\d s$/m;
      await until(
        () => line.test(told),
        () => `told only ${told}`,
      );
      child.kill('SIGINT');
      const { code, stdout } = await ended;
      expect(code).to.equal(130);
      expect(stdout).to.match(/^\d+ passed, 0 failed, \d+ unknown/m);
      expect(stdout).to.contain('interrupted; continue with: pblab resume out\n');
    }));

  it('replays a scenario and a seed without any evidence folder', function () {
    return atWorkplace(async (place) => {
      const run = 'single-primary@00c0ffee00c0ffee';
      const args = ['replay', run, '--submission', 'reference', '-k', '2'];
      const replayed = await place.pblab(...args);
      skipIfDisturbed(this, replayed);
      const { stdout, code } = replayed;
      expect(stdout).to.contain('single-primary with seed 00c0ffee00c0ffee: 0 of 2 runs failed');
      expect(code).to.equal(0);

      const { stderr, code: usage } = await place.pblab('replay', run);
      expect(stderr).to.contain('needs a submission: expected --submission');
      expect(usage).to.equal(64);
    });
  });

  it('notes that a submission has changed since the run that is replayed', function () {
    return atWorkplace(async (place) => {
      const args = ['test', place.submission('dies', {}), '-s', 'single-primary', '-o', 'out'];
      await place.pblab(...args);
      place.submission('dies', { files: { 'more.txt': 'new' } });
      const folder = 'out/evidence/dies/single-primary/0';
      const { stderr, ...rest } = await place.pblab('replay', folder, '-k', '1');
      expect(stderr).to.contain('note: dies has changed since this run was recorded');
      skipIfDisturbed(this, { stderr, ...rest });
      expect(rest.stdout).to.contain('fails 1 of 1 run');
    });
  });
});
