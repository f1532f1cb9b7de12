import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { decodeLine } from '../../grader/campaign/journal/journal-line.js';
import { foldRecords } from '../../grader/campaign/fold.js';
import type { RunRecord } from '../../harness/index.js';
import {
  atWorkplace,
  expectFailures,
  expectPasses,
  journalLines,
  PATIENCE_MS,
  tallyIn,
  type Workplace,
} from './cli.js';

const STORY = 'forward-lost-then-failover';
const MUTANT = 'mutant:forward-result-ignored';
const MUTANT_NAME = 'mutant-forward-result-ignored';

/** Its runs are over at once, and all have a record. */
const UNSTARTABLE = {};

/** The format as it is promised to other programs; there may be more in it. */
const RESULTS = z.looseObject({
  format: z.literal('pblab/results/1'),
  submissions: z.array(
    z.looseObject({
      name: z.string(),
      digest: z.string().regex(/^[0-9a-f]{32}$/),
      tallies: z.array(
        z.looseObject({
          scenario: z.string(),
          runs: z.int(),
          passed: z.int(),
          failed: z.int(),
          unknown: z.int(),
          failureRate: z.looseObject({
            estimate: z.number(),
            low: z.number(),
            high: z.number(),
            confidence: z.literal(0.95),
            method: z.literal('clopper-pearson'),
          }),
          word: z.enum(['solid', 'flaky', 'broken', 'undecided']),
          signatures: z.array(
            z.looseObject({
              signature: z.string(),
              class: z.string(),
              count: z.int(),
              exampleRun: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** The records of a grading, one for each run; every line of its journal must be whole. */
function recordsOf(place: Workplace, directory: string): RunRecord[] {
  const lines = place.read(join(directory, 'journal.jsonl')).trimEnd().split('\n');
  return foldRecords(
    lines.map((line) => {
      const decoded = decodeLine(line);
      if (decoded.kind === 'damaged') throw new Error(`${decoded.why}: ${line}`);
      return decoded.record;
    }),
  );
}

async function seedsOf(place: Workplace, directory: string, seed: string): Promise<string[]> {
  const args = ['-n', '2', '-s', 'single-primary', '-s', 'add-a-backup', '--seed', seed];
  const { code } = await place.here(
    'grade',
    place.submission('d', UNSTARTABLE),
    ...args,
    '-o',
    directory,
  );
  expect(code).to.equal(1);
  return recordsOf(place, directory)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, seed: own }) => `${key} ${own}`);
}

describe('pblab grade', function () {
  this.timeout(PATIENCE_MS);

  it('tells the reference from the mutant that ignores the result of the forward', function () {
    return atWorkplace(async (place) => {
      const args = ['-n', '2', '--scenario', STORY, '--seed', 's', '-j', '2', '--out', 'out'];
      const { code, stdout, stderr } = await place.pblab('grade', 'reference', MUTANT, ...args);

      const results = RESULTS.parse(JSON.parse(place.read('out/results.json')));
      expect(results).to.include({ seed: 's', runsPerScenario: 2 });
      expect(results.submissions.map(({ name }) => name)).to.deep.equal(['reference', MUTANT_NAME]);
      expectPasses(tallyIn(place, 'out', 'reference'), 2);
      const tally = tallyIn(place, 'out', MUTANT_NAME);
      expectFailures(tally, 2);
      expect(stderr).to.contain('4 runs into out, seed s');
      expect(stderr).to.contain(`4 of 4 runs, ${tally.failed} failed`);
      if (tally.failed === 0) this.skip();
      expect(code, stderr).to.equal(1);
      expect(tally).to.include({ scenario: STORY, word: 'undecided' });
      expect(tally.signatures[0]).to.include({ class: 'safety', count: tally.failed });
      expect(tally.signatures[0]?.signature).to.contain('lost-acknowledged-write');
      expect(tally.signatures[0]?.exampleRun).to.match(new RegExp(`^${MUTANT_NAME}/${STORY}/\\d$`));

      expectEvidence(place);
      expectStory(stdout);
    });
  });

  it('gives the same seeds to the same runs of two plans with one seed, and others with another', () =>
    atWorkplace(async (place) => {
      const first = await seedsOf(place, 'one', 's');
      const second = await seedsOf(place, 'two', 's');
      const other = await seedsOf(place, 'three', 't');
      expect(first).to.have.lengthOf(4);
      expect(new Set(first.map((line) => line.split(' ')[1])).size).to.equal(4);
      expect(second).to.deep.equal(first);
      expect(other).to.have.lengthOf(4).and.not.include.members(first.slice(0, 1));
    }));

  it('refuses a directory that holds a grading, and leaves that one as it is', () =>
    atWorkplace(async (place) => {
      const args = ['grade', place.submission('d', UNSTARTABLE), '-n', '1', '-s', 'single-primary'];
      await place.here(...args, '-o', 'out');
      const before = place.read('out/results.json');
      const { code, stderr } = await place.here(...args, '-o', 'out');
      expect(stderr).to.match(
        /out already contains a grading of these submissions; continue it with `pblab resume out`/,
      );
      expect(code).to.equal(64);
      expect(place.read('out/results.json')).to.equal(before);
      expect(journalLines(place, 'out')).to.equal(1);
    }));

  it('tries again when its worker is killed, charges nobody for it, and ends with 2', () =>
    atWorkplace(async (place) => {
      // In a box it could not hit the worker.
      place.env['PBLAB_ISOLATION'] = 'none';
      const slayer = place.submission('slayer', {
        run: 'sh slay.sh',
        files: { 'slay.sh': 'kill -9 $PPID\n' },
      });
      const args = [slayer, '-n', '1', '-s', 'single-primary', '-o', 'out'];
      const { code, stdout } = await place.here('grade', ...args);
      expect(code, stdout).to.equal(2);
      const tally = tallyIn(place, 'out', 'slayer');
      expect(tally).to.include({ runs: 1, passed: 0, failed: 0, unknown: 1 });
      expect(tally.unknownCauses).to.deep.equal({ 'kit-broke': 1 });
      expect(journalLines(place, 'out')).to.equal(2);
      expect(recordsOf(place, 'out')[0]?.reason).to.contain('worker of the kit ended with SIGKILL');
    }));
});

/** Every failing run has a folder with all that is needed to understand and to repeat it. */
function expectEvidence(place: Workplace): void {
  const failures = recordsOf(place, 'out').filter(({ verdict }) => verdict === 'fail');
  expect(failures).to.not.be.empty;
  for (const { artifacts = 'none', key } of failures) {
    expect(artifacts).to.equal(`evidence/${key}`);
    const folder = join('out', artifacts);
    const names = ['run.json', 'history.jsonl', 'faults.jsonl', 'events.jsonl', 'logs/pb1.log'];
    for (const name of names) expect(place.exists(join(folder, name)), name).to.be.true;
    expect(place.read(join(folder, 'story.txt'))).to.contain('Run it again: pblab replay ');
    expect(place.read(join(folder, 'faults.jsonl'))).to.contain('"kind":"fault"');
  }
}

/** The report names the write that is gone, proves it, and says how to see it again. */
function expectStory(stdout: string): void {
  const [, key] =
    /c\d read (c\d-\d) = "" at \d+ ms, but c\d's (?:put|append) .* had been acknowledged/.exec(
      stdout,
    ) ?? [];
  expect(key, stdout).to.be.a('string');
  expect(stdout).to.match(new RegExp(`c\\d is told: (put|append) ${key} ".*" is done`));
  expect(stdout).to.match(/pb\d is killed/);
  expect(stdout).to.match(/again: pblab replay out\/evidence\/\S+\/\d -k 20/);
  expect(stdout).to.contain('results: out/results.json');
}
