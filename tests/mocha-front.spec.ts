import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import {
  atWorkplace,
  PATIENCE_MS,
  skipIfDisturbed,
  type Ending,
  type Workplace,
} from './grader/cli.js';
import { ROOT } from './root.js';

const MOCHA = join(ROOT, 'node_modules/mocha/bin/mocha.js');
/** As a person types it: patterns of files to ignore would match this, and no absolute path. */
const LAB = relative(ROOT, join(import.meta.dirname, 'lab.spec.js'));
const STORY = 'forward-lost-then-failover';

/**
 * It waits for two seconds in which its servers have next to nothing to do. In windows in which they keep
 * the processors busy, as in all of a short run, the kit's lateness would excuse nothing.
 */
const CALM = 'last-server-killed';

/** Runs the lab as a person would: from the root, where mocha finds its configuration. */
async function runLab(place: Workplace, variables: Record<string, string>): Promise<Ending> {
  Object.assign(place.env, { OUT: join(place.folder, 'out'), ...variables });
  const { child, ended } = place.startProgram(process.execPath, [MOCHA, LAB], { cwd: ROOT });
  child.stdin?.end();
  return ended;
}

describe('the lab as mocha tests', function () {
  this.timeout(PATIENCE_MS);

  it('runs the scenarios that are asked for, and nothing else, on the reference by default', function () {
    return atWorkplace(async (place) => {
      const variables = { SCENARIO: 'single-?rimary', SEED: 's' };
      const ending = await runLab(place, variables);
      skipIfDisturbed(this, ending);
      const { code, stdout } = ending;
      expect(stdout).to.match(/^ {2}the lab, with reference$/m);
      expect(stdout).to.contain('✔ Single primary, no backup (single-primary)');
      const again =
        "SEED=s SUBMISSION=reference SCENARIO='single-?rimary' npx mocha dist/tests/lab.spec.js";
      expect(stdout).to.contain(`seed s; to repeat all: ${again}`);
      expect(stdout).to.match(/\n1 passed, 0 failed, 0 skipped\n$/);
      expect(code).to.equal(0);
      expect(place.leftovers()).to.deep.equal([]);
    });
  });

  it('fails a test with the finding, the events and the command that repeats it', function () {
    return atWorkplace(async (place) => {
      const mutant = 'mutant:forward-result-ignored';
      const ending = await runLab(place, { SUBMISSION: mutant, SCENARIO: STORY });
      skipIfDisturbed(this, ending);
      const { code, stdout } = ending;
      expect(stdout).to.match(
        / c\d read c\d-\d = "" at \d+ ms, but c\d's \w+ of ".*" had been ack/,
      );
      expect(stdout).to.match(/ ms {2}c\d is told: (put|append) c\d-\d ".*" is done\n/);
      const [, seed] = /seed (\w+); to repeat all/.exec(stdout) ?? [];
      const again = `SEED=${seed} SUBMISSION=${mutant} SCENARIO=${STORY} npx mocha`;
      expect(stdout).to.contain(`again: ${again} dist/tests/lab.spec.js`);
      expect(stdout).to.contain(`evidence: ${join(place.folder, 'out/evidence', STORY)}`);
      expect(stdout).to.not.match(/^\s+at .*\.js:\d+/m);
      expect(stdout).to.match(/\n0 passed, 1 failed, 0 skipped\n$/);
      expect(code).to.equal(1);
      expect(place.exists(`out/evidence/${STORY}/run.json`)).to.be.true;
      expect(place.leftovers()).to.deep.equal([]);
    });
  });

  it('fails every test with the words of the compiler when the build fails', () =>
    atWorkplace(async (place) => {
      const build = 'echo "no such symbol: serve" >&2; exit 1';
      const SUBMISSION = join(place.folder, place.submission('unbuildable', { build }));
      const { code, stdout } = await runLab(place, { SUBMISSION, SCENARIO: 'concurrent-puts*' });
      expect(stdout.match(/^no such symbol: serve$/gm)).to.have.lengthOf(2);
      expect(stdout).to.match(/\n0 passed, 2 failed, 0 skipped\n$/);
      expect(code).to.equal(2);
    }));

  it('skips what cannot be judged in three attempts, and says why', () =>
    atWorkplace(async (place) => {
      const preload = join(place.folder, 'late.mjs');
      writeFileSync(preload, LATE);
      const variables = { SCENARIO: CALM, NODE_OPTIONS: `--import=${preload}` };
      const { stdout } = await runLab(place, variables);
      expect(stdout).to.match(/ cannot be judged: The kit itself was \d+ ms late/);
      expect(stdout).to.match(/\n0 passed, 0 failed, 1 skipped\n$/);
    }));

  it('ends in a line with the counts of passed, failed and skipped tests', () =>
    atWorkplace(async (place) => {
      mkdirSync(join(place.folder, 'some'));
      const spec = join(place.folder, 'some/some.spec.cjs');
      writeFileSync(spec, "it('a', () => {}); it('b', () => { throw 1; }); it('c'); it.skip('d');");
      const { ended } = place.startProgram(process.execPath, [MOCHA, spec], { cwd: ROOT });
      expect((await ended).stdout).to.match(/\n1 passed, 1 failed, 2 skipped\n$/);
    }));
});

/**
 * Holds up the event loop of mocha again and again, each time for longer than the kit may be late. Half
 * of the time is left to the relays, which are in it: with less, servers would seem dead for ever.
 */
const LATE = `
import { basename } from 'node:path';
if (process.argv.some((word) => basename(word) === 'mocha.js')) {
  // A repeating timer would count from the beginning of its own delay.
  const holdUp = () => {
    const end = performance.now() + 220;
    while (performance.now() < end);
    setTimeout(holdUp, 220).unref();
  };
  holdUp();
}
`;
