import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { atWorkplace, CLI, PATIENCE_MS, type Ending, type Workplace } from './cli.js';

/**
 * Grades into a file system of its own of this size, then prints how many whole and how many other
 * lines the journal has, because the file system is gone when its last process has ended.
 */
const SCRIPT = `
mount -t tmpfs -o size="$1" none disk && shift || exit 99
"$@"; code=$?
echo "whole: $(grep -c '^{"checksum":"[0-9a-f]*","record":{.*}}$' disk/journal.jsonl)"
echo "lines: $(wc -l < disk/journal.jsonl)"
echo "torn: $(tail -c 1 disk/journal.jsonl | wc -l)"
exit $code
`;

/** Undefined where no file system may be mounted. */
async function gradeOnto(
  place: Workplace,
  size: string,
  args: readonly string[],
): Promise<Ending | undefined> {
  mkdirSync(`${place.folder}/disk`);
  const command = [process.execPath, CLI, 'grade', ...args, '-o', 'disk'];
  const words = ['-rm', 'sh', '-c', SCRIPT, 'sh', size, ...command];
  const ending = await place.startProgram('unshare', words).ended;
  return ending.code === 99 ? undefined : ending;
}

function expectAdvice({ code, stdout, stderr }: Ending): void {
  expect(stderr).to.match(/the disk is full.*free space, then `pblab resume .*disk`/);
  expect(stderr).to.not.match(/the kit itself broke|\n\s+at /);
  expect(code).to.equal(70);
  const [, whole, lines, torn] = /whole: (\d+)\nlines: (\d+)\ntorn: (\d)/.exec(stdout) ?? [];
  expect(lines, stdout).to.equal(whole);
  expect(torn).to.equal(lines === '0' ? '0' : '1');
}

describe('a grading on a full disk', function () {
  this.timeout(PATIENCE_MS);

  before(function () {
    if (spawnSync('unshare', ['-rm', 'true']).status !== 0) this.skip();
  });

  it('stops with advice when the journal does not fit, and keeps the journal whole', function () {
    return atWorkplace(async (place) => {
      // Passing runs leave no evidence, so it is the journal that does not fit. In real time a run
      // that a busy machine disturbs would leave some.
      const runs = ['-s', 'view-zero', '-n', '200', '--control', '0', '--world', 'virtual'];
      const ending = await gradeOnto(place, '32k', ['reference', ...runs]);
      if (ending === undefined) this.skip();
      expect(ending.stderr).to.contain('could not add a record');
      expectAdvice(ending);
      expect(ending.stdout).to.not.contain('lines: 0');
    });
  });

  it('stops with advice when evidence does not fit, and charges nobody', function () {
    return atWorkplace(async (place) => {
      const args = [place.submission('dies', {}), '-n', '3', '-s', 'single-primary', '-j', '1'];
      const ending = await gradeOnto(place, '20k', args);
      if (ending === undefined) this.skip();
      expectAdvice(ending);
      expect(ending.stdout).to.contain('lines: 0');
    });
  });

  it('stops with advice when not even the plan fits', function () {
    return atWorkplace(async (place) => {
      const submission = place.submission('unbuildable', { build: 'exit 1' });
      const ending = await gradeOnto(place, '4k', [submission]);
      if (ending === undefined) this.skip();
      const { code, stderr } = ending;
      expect(stderr).to.match(/ENOSPC: no space left/);
      expect(stderr).to.not.match(/the kit itself broke|\n\s+at /);
      expect(code).to.equal(70);
    });
  });
});
