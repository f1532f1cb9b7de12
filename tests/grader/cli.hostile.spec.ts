import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  atWorkplace,
  CLI,
  expectPasses,
  PATIENCE_MS,
  skipIfDisturbed,
  tallyIn,
  type Ending,
} from './cli.js';

/** Clears the screen, claims success, and breaks the line. */
const SPITE = '\u001b[2J\u001b[32mall passed\u001b[0m\r\n\u0007pass';

/** Control characters other than line feeds. */
const CONTROL = /(?!\n)\p{Cc}/u;

/** A clerk that answers its first request, whatever it is, with a spiteful error. */
const CLERK = `
process.stdin.once('data', (line) => {
  const { id } = JSON.parse(String(line));
  console.log(JSON.stringify({ id, ok: false, error: ${JSON.stringify(SPITE)} }));
});
`;

function expectHarmless({ stdout, stderr }: Ending): void {
  expect(stdout).to.not.match(CONTROL);
  expect(stderr).to.not.match(CONTROL);
}

describe('a hostile submission', function () {
  this.timeout(PATIENCE_MS);

  it('cannot write to the terminal by the last words of its server', function () {
    return atWorkplace(async (place) => {
      const files = { 'die.sh': `printf '${SPITE}' >&2; exit 3\n` };
      const submission = place.submission('spiteful', { files });
      const args = ['-s', 'single-primary', '-o'];
      const tested = await place.pblab('test', submission, ...args, 'one');
      skipIfDisturbed(this, tested);
      expect(tested.stdout).to.contain('its last words');
      expectHarmless(tested);
      const graded = await place.here('grade', submission, '-n', '1', ...args, 'two');
      skipIfDisturbed(this, graded);
      expect(graded.stdout).to.contain('its last words');
      expectHarmless(graded);
    });
  });

  it('cannot by the errors of its clerk', function () {
    return atWorkplace(async (place) => {
      const reference = join(CLI, '../../reference/main.js');
      place.submission('spiteful', { files: { 'clerk.mjs': CLERK } });
      const manifest = [
        'preset: process',
        'run:',
        `  view: node ${reference} view {self}`,
        `  server: node ${reference} server {view} {self}`,
        '  clerk: node clerk.mjs',
        `  viewClerk: node ${reference} clerk {view}`,
      ];
      writeFileSync(join(place.folder, 'spiteful/pblab.yaml'), manifest.join('\n'));
      // Its servers are those of the kit, which are in no box.
      const words = ['-s', 'single-primary', '-o', 'out', '--isolation', 'none'];
      const ending = await place.here('test', 'spiteful', ...words);
      skipIfDisturbed(this, ending);
      expect(ending.code, ending.stdout).to.equal(1);
      expect(ending.stdout).to.contain('all passed');
      expectHarmless(ending);
    });
  });

  it('cannot by its manifest, its build, or a run that it hands in', function () {
    return atWorkplace(async (place) => {
      const key = JSON.stringify(SPITE);
      const bad = place.submission('bad', {
        files: { 'pblab.yaml': `preset: process\n${key}: 1\n` },
      });
      const complained = await place.here('test', bad);
      expect(complained.code).to.equal(64);
      expect(complained.stderr).to.contain('unknown key');
      expectHarmless(complained);

      const build = `printf '${SPITE}\\n'; exit 1`;
      place.submission('unbuilt', { build: 'sh build.sh', files: { 'build.sh': build } });
      const built = await place.here('test', 'unbuilt', '-s', 'single-primary', '-o', 'out');
      expect(built.stdout).to.contain('all passed');
      expectHarmless(built);

      await place.here('test', place.submission('dies', {}), '-s', 'single-primary', '-o', 'run');
      const folder = 'run/evidence/dies/single-primary/0';
      const run = JSON.parse(place.read(`${folder}/run.json`));
      Object.assign(run.record, { signature: SPITE, reason: SPITE });
      writeFileSync(join(place.folder, folder, 'run.json'), JSON.stringify(run));
      const replayed = await place.here('replay', folder, '-k', '1');
      expect(replayed.stdout).to.contain('all passed');
      expectHarmless(replayed);
    });
  });
});

describe('output that nobody reads to its end', function () {
  this.timeout(PATIENCE_MS);

  it('ends neither a command with a stack nor a grading before its end', () =>
    atWorkplace(async (place) => {
      const grade = `"$0" "$1" grade reference -n 2 -s single-primary -o out 2>&1`;
      const script = `( ${grade}; echo "code $?" >&3 ) 3>&2 | head -n 2`;
      const words = ['-c', script, process.execPath, CLI];
      const { stdout, stderr } = await place.startProgram('bash', words).ended;
      expect(stdout).to.match(/^isolation: .*\n2 runs into out, seed \w+\n$/);
      // A stack would come with 1; a machine that is too busy for any run gives 2.
      expect(stderr).to.match(/^code [02]\n$/);
      expectPasses(tallyIn(place, 'out', 'reference'), 2);
    }));

  it('ends a list without a complaint', () =>
    atWorkplace(async (place) => {
      const script = `{ "$0" "$1" list scenarios; echo "code $?" >&2; } | true`;
      const words = ['-c', script, process.execPath, CLI];
      const { stderr } = await place.startProgram('bash', words).ended;
      expect(stderr).to.equal('code 0\n');
    }));
});
