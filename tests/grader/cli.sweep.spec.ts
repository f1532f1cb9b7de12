import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { decodeLine } from '../../grader/campaign/journal/journal-line.js';
import { HELD_AT_MOST_MS } from '../../harness/index.js';
import { atWorkplace, journalLines, PATIENCE_MS, until, type Workplace } from './cli.js';

const MUTANT = 'mutant:forwards-without-lock';
const RACE = 'concurrent-puts';

const RUNS = 2;

/** With this seed, forwards that are late by 5 ms make a run fail; in the virtual world they always do. */
const LATE_FORWARDS = [
  '-s',
  RACE,
  '-n',
  String(RUNS),
  '--delays',
  '0,5',
  '--seed',
  'race',
  '--world',
  'virtual',
];

/** The format as it is promised to other programs; there may be more in it. */
const SWEEP = z.looseObject({
  format: z.literal('pblab/sweep/1'),
  scenario: z.string(),
  part: z.enum(['request', 'reply']),
  delaysMs: z.array(z.int()),
  runsPerPosition: z.int(),
  positions: z.array(
    z.looseObject({
      from: z.string(),
      to: z.string(),
      method: z.string().optional(),
      callsPerRun: z.number(),
      cells: z.array(
        z.looseObject({
          delayMs: z.int(),
          share: z.number(),
          passed: z.int(),
          failed: z.int(),
          unknown: z.int(),
          withoutEffect: z.int(),
          undone: z.int(),
          failureRate: z.looseObject({ low: z.number(), high: z.number() }),
          signatures: z.array(z.looseObject({ artifacts: z.string() })),
        }),
      ),
    }),
  ),
});

function sweepIn(place: Workplace, directory: string): z.infer<typeof SWEEP> {
  return SWEEP.parse(JSON.parse(place.read(join(directory, 'sweep.json'))));
}

describe('pblab sweep', function () {
  this.timeout(PATIENCE_MS);

  it('delays each kind of call in turn, and keeps failing runs that replay delays again', () =>
    atWorkplace(async (place) => {
      const args = [...LATE_FORWARDS, '-o', 'out'];
      const { code, stdout, stderr } = await place.pblab('sweep', MUTANT, ...args);
      expect(stderr).to.contain('sweeping into out, seed race\nbaseline: 2 runs without delay\n');
      expect(stderr).to.match(/sweep: (\d+) kinds of calls, 2 runs with each delay: \d+ runs\n/);
      expect(code, stdout).to.equal(1);

      const { scenario, part, delaysMs, runsPerPosition, positions } = sweepIn(place, 'out');
      expect({ scenario, part, delaysMs, runsPerPosition }).to.deep.equal({
        scenario: RACE,
        part: 'request',
        delaysMs: [5],
        runsPerPosition: RUNS,
      });
      for (const { cells } of positions) {
        expect(cells.map(({ delayMs }) => delayMs)).to.deep.equal([0, 5]);
        for (const { passed, failed, unknown, withoutEffect, undone } of cells) {
          expect(passed + failed + unknown + withoutEffect).to.equal(RUNS);
          expect(undone).to.equal(0);
        }
      }
      const kinds = positions.map(({ method, from, to }) => `${method} ${from}→${to}`);
      expect(kinds).to.include.members(['view.ping pb1→vs', 'view.get clerks→vs']);
      for (const kind of kinds) expect(stdout).to.contain(`\n${kind}\n`);
      expect(stdout).to.contain('results: out/sweep.json\n');

      // Which server is primary is up to them; forwards of either overtake each other when some are late.
      const failures = positions
        .filter(({ method }) => method === 'backup.forward')
        .flatMap(({ cells }) => cells.filter(({ delayMs }) => delayMs > 0))
        .flatMap(({ signatures }) => signatures);
      const folder = join('out', failures[0]?.artifacts ?? '');
      expect(folder).to.match(/backup\.forward-pb[12]-pb[12]-5ms\/[01]$/);
      expect(place.read(join(folder, 'story.txt'))).to.match(
        /Throughout the run, 50 % of the calls backup\.forward pb[12]→pb[12] are delivered 5 ms late\./,
      );
      const replay = await place.here('replay', folder, '-k', '1', '-o', 'again');
      expect(replay.stdout.replaceAll(/\s+/g, ' ')).to.contain(
        '1 of 1 run happened as the recorded run did',
      );
      const [, again = ''] = /again: pblab replay (again\S+)/.exec(replay.stdout) ?? [];
      expect(place.read(join(again, 'story.txt'))).to.contain('delivered 5 ms late.');
    }));

  it('goes on where it was interrupted, and counts each run once', () =>
    atWorkplace(async (place) => {
      const args = ['-s', 'single-primary', '-n', '1', '--delays', '5', '-j', '2', '-o', 'out'];
      const running = place.start('sweep', 'reference', ...args);
      await until(
        () => journalLines(place, 'out') > 2,
        () => 'too few runs were done',
      );
      running.child.kill('SIGINT');
      const first = await running.ended;
      expect(first.code, first.stderr).to.equal(130);
      expect(first.stdout).to.contain('interrupted; continue with: pblab resume out\n');
      expect(first.stdout).to.match(/planned runs? not done\./);
      const kept = place.read('out/journal.jsonl').split('\n').slice(0, -1);

      const second = await place.here('resume', 'out');
      expect(second.code, second.stdout).to.be.oneOf([0, 2]);
      const lines = place.read('out/journal.jsonl').split('\n').slice(0, -1);
      expect(lines.slice(0, kept.length)).to.deep.equal(kept);
      const { positions } = sweepIn(place, 'out');
      expect(positions.flatMap(({ cells }) => cells.map(({ undone }) => undone))).to.not.include(1);
      const attempts = lines.map((line) => {
        const decoded = decodeLine(line);
        if (decoded.kind === 'damaged') throw new Error(decoded.why);
        return `${decoded.record.key} ${decoded.record.attempt}`;
      });
      expect(new Set(attempts).size).to.equal(attempts.length);
      expect(second.stdout).to.contain('No position matters: none of');
    }));

  it('explains itself, and names the bound that the harness has', () =>
    atWorkplace(async (place) => {
      const { code, stdout } = await place.here('sweep', '--help');
      expect(code).to.equal(0);
      expect(stdout).to.contain(`come to ${HELD_AT_MOST_MS / 1000} s at most`);
      expect(stdout).to.contain('default: 0,5,20,100,500');
    }));

  it('says what the compiler said of a submission that cannot be built', () =>
    atWorkplace(async (place) => {
      const name = place.submission('broken', { build: 'echo no such header >&2; exit 1' });
      const { code, stdout } = await place.here('sweep', name, '-s', 'single-primary', '-n', '2');
      expect(code).to.equal(1);
      expect(stdout)
        .to.contain('broken, single-primary: no call was delayed.')
        .and.contain('no such header');
    }));

  it('ends where the scenario always fails without delay, and says what to do', () =>
    atWorkplace(async (place) => {
      const args = ['-s', 'single-primary', '-n', '3', '--delays', '5', '-o', 'out'];
      const { code, stdout, stderr } = await place.here(
        'sweep',
        place.submission('dies', {}),
        ...args,
      );
      expect(code, stderr).to.equal(1);
      expect(stderr).to.contain('the scenario always fails without delay; no call is delayed');
      expect(stdout.replaceAll(/\s+/g, ' '))
        .to.contain('All 3 runs that can be judged failed without any delay')
        .and.contain('Look at the failure below and repair it')
        .and.contain('single-primary without delay:');
      expect(journalLines(place, 'out')).to.equal(3);
      const resumed = await place.here('resume', 'out');
      expect(resumed.stdout).to.contain('the sweep ends here');
      expect(journalLines(place, 'out')).to.equal(3);
    }));
});
