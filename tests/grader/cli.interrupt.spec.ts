import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  atWorkplace,
  expectFailures,
  expectPasses,
  journalLines,
  PATIENCE_MS,
  QUITS,
  signal,
  tallyIn,
  until,
  type Ending,
  type RunningCommand,
  type Workplace,
} from './cli.js';

const OUT = 'out';

/** Waits until the journal of a running grading has so many lines. */
async function untilLines(place: Workplace, running: RunningCommand, count: number): Promise<void> {
  const ended = () => running.child.exitCode !== null || running.child.signalCode !== null;
  await until(
    () => ended() || journalLines(place, OUT) >= count,
    () => `${journalLines(place, OUT)} lines, expected ${count}`,
  );
  expect(ended(), 'the grading ended too early').to.be.false;
}

/**
 * Grades with these words; kills the grading each time that its journal has so many lines, and goes on. The end of the
 * last one.
 */
async function gradeThroughKills(
  place: Workplace,
  words: readonly string[],
  kills: readonly number[],
): Promise<Ending> {
  let running = place.start('grade', ...words, '-j', '2', '--no-report', '-o', OUT);
  for (const lines of kills) {
    await until(
      () => place.exists(join(OUT, 'plan.json')),
      () => 'no plan',
    );
    await untilLines(place, running, lines);
    signal(running.child.pid ?? NaN, 'SIGKILL');
    expect((await running.ended).code).to.equal('SIGKILL');
    await place.untilClean();
    running = place.start('resume', OUT, '-j', '2', '--no-report');
  }
  return running.ended;
}

/** Sends a signal to the whole group, as a terminal does for Ctrl-C. */
function signalGroup({ child }: RunningCommand, name: NodeJS.Signals): void {
  if (child.pid !== undefined) signal(-child.pid, name);
}

/** The keys of all runs with a record, sorted. */
function recordedKeys(place: Workplace): string[] {
  const lines = place.read(join(OUT, 'journal.jsonl')).trimEnd().split('\n');
  return lines.map((line) => /"key":"([^"]+)"/.exec(line)?.[1] ?? line).toSorted();
}

describe('a grading that is interrupted', function () {
  this.timeout(PATIENCE_MS);

  for (const whom of ['the grader alone', 'its whole group']) {
    it(`writes what it has, says how to go on, and leaves nothing, on SIGINT to ${whom}`, () =>
      atWorkplace(async (place) => {
        const args = ['reference', '-n', '40', '-s', 'single-primary', '-j', '2', '-o', OUT];
        const running = place.start('grade', ...args, '--no-report');
        await untilLines(place, running, 2);
        if (whom === 'the grader alone') running.child.kill('SIGINT');
        else signalGroup(running, 'SIGINT');
        const { code, stdout, stderr } = await running.ended;
        expect(code, stderr).to.equal(130);
        expect(stdout).to.contain(`interrupted; continue with: pblab resume ${OUT}`);
        const { planned, runs, failed } = tallyIn(place, OUT, 'reference');
        expect(planned).to.equal(40);
        expect(runs).to.be.within(1, 39);
        expect(failed).to.equal(0);
        expect(stdout).to.match(/planned\s+runs\s+not\s+done/);
        // At its end, and not only some time later.
        expect(place.leftovers()).to.deep.equal([]);
      }));
  }

  it('comes to the tally of an undisturbed one, however often it was killed', () =>
    atWorkplace(async (place) => {
      const runs = 5;
      const specs = ['reference', place.submission('dies', QUITS)];
      const args = [...specs, '-n', String(runs), '-s', 'view-zero', '--seed', 's'];
      const { code, stderr } = await gradeThroughKills(place, args, [0, 1, 5]);
      expect(code, stderr).to.equal(1);
      expectPasses(tallyIn(place, OUT, 'reference'), runs);
      expectFailures(tallyIn(place, OUT, 'dies'), runs);
      expect(new Set(recordedKeys(place)).size).to.equal(2 * runs);
      const again = await place.here('resume', OUT, '--no-report');
      expect(again.code).to.equal(1);
      expect(again.stderr).to.contain(`${2 * runs} of ${2 * runs} runs`);
    }));

  it('comes to the same decisions where it stops when enough is known', () =>
    atWorkplace(async (place) => {
      const specs = ['reference', place.submission('dies', QUITS)];
      const words = ['--sequential', '--control', '10', '--replays', '2'];
      const args = [...specs, ...words, '-s', 'view-zero'];
      const { code, stderr } = await gradeThroughKills(place, args, [2, 20]);
      expect(code, stderr).to.equal(1);
      const [reference, dies] = ['reference', 'dies'].map((name) => tallyIn(place, OUT, name));
      expect(reference?.stopped).to.include({ decision: 'acceptable', after: 32 });
      expect(dies?.stopped).to.include({ decision: 'unacceptable', after: 3 });
      expect(dies?.signatures[0]?.again?.failed).to.be.within(1, 2);
      const ofControl = (key: string) => key.startsWith('control/view-zero/');
      const isReplay = (key: string) => key.includes('/again-');
      const keys = [...new Set(recordedKeys(place))].filter((key) => !isReplay(key));
      const control = keys.filter(ofControl).length;
      expect(control).to.equal(Math.floor((keys.length - control) / 9));
      expect(place.read(join(OUT, 'results.json'))).to.contain('"safe": true');
    }));

  it('does runs again whose lines are damaged, and no others', () =>
    atWorkplace(async (place) => {
      const args = [place.submission('dies', QUITS), '-n', '4', '-s', 'view-zero', '-o', OUT];
      await place.here('grade', ...args, '-j', '1', '--no-report');
      const file = join(place.folder, OUT, 'journal.jsonl');
      const keys = recordedKeys(place);
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
      const damaged = lines.map((line, index) =>
        index === 1 ? line.replace(/"verdict":"\w+"/, '"verdict":"pass"') : line,
      );
      writeFileSync(file, damaged.join('\n').slice(0, -20));
      const { code, stderr } = await place.here('resume', OUT, '--no-report');
      expect(stderr).to.contain('journal line 2 is ignored, because its checksum does not match');
      expect(stderr).to.contain(`journal line ${lines.length} is ignored, because it breaks off`);
      expect(code).to.equal(1);
      expectFailures(tallyIn(place, OUT, 'dies'), 4);
      const whole = place.read(join(OUT, 'journal.jsonl')).trimEnd().split('\n');
      expect(whole).to.include.members(lines.filter((_, index) => index !== 1 && index < 3));
      expect(new Set(recordedKeys(place))).to.deep.equal(new Set(keys));
      expect(whole).to.have.lengthOf(lines.length + 1);
    }));

  it('is not resumed when a submission has changed since', () =>
    atWorkplace(async (place) => {
      const args = [place.submission('dies', QUITS), '-n', '1', '-s', 'view-zero', '-o', OUT];
      await place.here('grade', ...args, '-j', '1', '--no-report');
      const before = place.read(join(OUT, 'journal.jsonl'));
      writeFileSync(join(place.folder, 'dies', 'die.sh'), 'exit 4\n');
      const { code, stderr } = await place.here('resume', OUT, '--no-report');
      expect(stderr).to.match(
        /dies, or what it is built with, has changed since this grading began: got digest \w+, expected/,
      );
      expect(code).to.equal(64);
      expect(place.read(join(OUT, 'journal.jsonl'))).to.equal(before);
    }));

  it('keeps its directory to itself while it runs', () =>
    atWorkplace(async (place) => {
      const args = ['reference', '-n', '40', '-s', 'single-primary', '-j', '1', '-o', OUT];
      const first = place.start('grade', ...args);
      await untilLines(place, first, 1);
      for (const words of [
        ['resume', OUT],
        ['grade', ...args],
      ]) {
        const { code, stderr } = await place.pblab(...words);
        expect(stderr).to.contain(`another pblab (pid ${first.child.pid}, started `);
        expect(code).to.equal(64);
      }
      first.child.kill('SIGTERM');
      expect((await first.ended).code).to.equal(130);
    }));
});
