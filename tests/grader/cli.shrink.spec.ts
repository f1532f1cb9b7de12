import { expect } from 'chai';
import { z } from 'zod';
import { atWorkplace, PATIENCE_MS } from './cli.js';

const MUTANT = 'mutant:no-duplicate-filter';

/** A seed with which the mutant fails in the virtual world. */
const RUN = 'generated-retries@64f9e773484985cd';
const VIRTUAL = ['--world', 'virtual'];

const PLAN = z.object({ moves: z.array(z.object({ kind: z.string() })), clients: z.number() });

describe('pblab shrink', function () {
  this.timeout(2 * PATIENCE_MS);

  it('finds a smaller run that fails, and replay plays its plan again', () =>
    atWorkplace(async (place) => {
      const words = [...VIRTUAL, '--budget', '4', '-j', '2', '-o', 'out'];
      const shrunk = await place.pblab('shrink', RUN, '--submission', MUTANT, ...words);
      const { code, stdout, stderr } = shrunk;
      expect(code).to.equal(1);
      expect(stderr).to.match(/^\d+ runs? so far: .*\d clients?, .*(fails|does not fail)$/m);
      expect(stdout).to.match(/^ +before +after$/m);
      const [, before = 0, after = 0] = /^ {2}moves +(\d+) +(\d+)$/m.exec(stdout) ?? [];
      expect(Number(after)).to.be.below(Number(before));
      expect(stdout).to.match(/^The kit begins with \d servers?, \d clients?, keys k0, k1/m);
      const [, folder = ''] = /again: pblab replay (out\/\S+)/.exec(stdout) ?? [];
      const { record } = z
        .object({ record: z.object({ plan: PLAN }) })
        .parse(JSON.parse(place.read(`${folder}/run.json`)));
      expect(record.plan.moves).to.have.lengthOf(Number(after));
      expect(place.read(`${folder}/story.txt`)).to.match(/^The kit began with .*\. Its moves:$/m);

      const replay = await place.here('replay', folder, '-k', '1', '-j', '1', '-o', 'again');
      expect(replay.stdout).to.contain('generated-retries with seed ');
      expect(replay.stdout).to.match(/^(\d+) of \1 runs? happened as the recorded run did/m);
    }));

  it('says that a run did not fail again, how it ended, and what to do', () =>
    atWorkplace(async (place) => {
      const words = [...VIRTUAL, '--budget', '1', '-k', '1', '-j', '1', '-o', 'out'];
      const run = ['generated-membership@a', '--submission', 'reference'];
      const { code, stdout } = await place.here('shrink', ...run, ...words);
      expect(stdout).to.match(/did not fail again in 1 run: 1 passed, 0 unknown\.$/m);
      expect(stdout).to.contain(
        'pblab replay generated-membership@a --submission reference --world virtual -k 50',
      );
      expect(stdout).to.contain('Only a run that fails again can be shrunk.');
      expect(code).to.equal(0);
    }));

  it('refuses a scenario that draws no plan', () =>
    atWorkplace(async (place) => {
      const run = ['single-primary@a', '--submission', 'reference'];
      const { code, stderr } = await place.here('shrink', ...run);
      expect(stderr)
        .to.contain('only runs of generated scenarios can be shrunk: got single-primary')
        .and.contain('generated-links');
      expect(code).to.equal(64);
    }));
});
