import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import {
  atWorkplace,
  journalLines,
  PATIENCE_MS,
  QUITS,
  signal,
  skipIfDisturbed,
  until,
  type Workplace,
} from './cli.js';

const WORDS = ['-n', '3', '-s', 'view-zero', '-s', 'view-first-primary', '--seed', 'shared'];
const MORE = ['--control', '5', '--replays', '1', '-j', '2'];

/** The number of attempts is part of the provenance, and a busy machine needs more of them. */
const RESULTS = z.looseObject({
  createdAt: z.string(),
  provenance: z.unknown(),
  submissions: z.array(z.looseObject({ tallies: z.array(z.looseObject({})) })),
});

/** `results.json` without times. */
function resultsIn(place: Workplace, directory: string): unknown {
  const text = place.read(join(directory, 'results.json'));
  const { createdAt: _at, provenance: _from, ...results } = RESULTS.parse(JSON.parse(text));
  return JSON.parse(
    JSON.stringify(results, (key, value: unknown) =>
      key === 'durationMs' || key === 'cpuMs' ? undefined : value,
    ),
  );
}

/** The keys of all runs with a record, each once. */
function keysIn(place: Workplace, directory: string): string[] {
  const lines = place.read(join(directory, 'journal.jsonl')).trimEnd().split('\n');
  return [...new Set(lines.map((line) => /"key":"([^"]+)"/.exec(line)?.[1] ?? line))].toSorted();
}

describe('pblab grade --shard and pblab merge', function () {
  this.timeout(PATIENCE_MS);

  it('come to the results of one machine, also if a shard was killed', function () {
    return atWorkplace(async (place) => {
      const specs = ['reference', place.submission('dies', QUITS)];
      const whole = await place.here(
        'grade',
        ...specs,
        ...WORDS,
        ...MORE,
        '--no-report',
        '-o',
        'whole',
      );
      expect(whole.code, whole.stderr).to.equal(1);

      const words = ['grade', ...specs, ...WORDS, ...MORE];
      const killed = place.start(...words, '--shard', '1/2', '-o', 'part-1');
      await until(
        () => journalLines(place, 'part-1') >= 2,
        () => 'no two records',
      );
      signal(killed.child.pid ?? NaN, 'SIGKILL');
      await killed.ended;
      const other = await place.pblab(...words, '--shard', '2/2', '-o', 'part-2');
      expect(other.stderr).to.match(/shard 2 of 2: \d+ runs/);
      expect(other.stdout).to.contain('This is shard 2 of 2.').and.not.contain('report:');

      const early = await place.here('merge', 'part-1', 'part-2', '-o', 'merged');
      expect(early.code).to.equal(64);
      expect(early.stderr).to.contain('shard 1 of 2 in part-1 is not finished');
      const resumed = await place.here('resume', 'part-1');
      expect(resumed.stdout).to.contain('This is shard 1 of 2.');
      const merged = await place.pblab('merge', 'part-2', 'part-1', '-o', 'merged');
      for (const one of [whole, resumed, other, merged])
        skipIfDisturbed(this.test?.ctx ?? this, one);
      expect(merged.code, merged.stderr).to.equal(whole.code);
      expect(merged.stdout).to.contain('report:  merged/report/index.html');
      expect(keysIn(place, 'merged')).to.deep.equal(keysIn(place, 'whole'));
      expect(resultsIn(place, 'merged')).to.deep.equal(resultsIn(place, 'whole'));

      await afterwards(place, other.code);
    });
  });

  it('say what a shard is not for', () =>
    atWorkplace(async (place) => {
      const words = ['grade', place.submission('dies', QUITS), '-n', '1', '-s', 'view-zero'];
      const noSeed = await place.here(...words, '--shard', '1/2', '-o', 'part-1');
      expect(noSeed.code).to.equal(64);
      expect(noSeed.stderr).to.match(
        /--shard 1\/2 needs a seed: expected --seed with any text, the same for all shards/,
      );
      expect(place.exists('part-1')).to.equal(false);
      await place.here(...words, '--seed', 's', '--shard', '2/2', '-o', 'part-2');
      const refusals = [
        ['report', 'part-2'],
        ['regrade', 'part-2'],
        ['export', 'part-2', '-f', 'junit'],
        [...words, '-o', 'part-2'],
      ];
      for (const refused of refusals) {
        const { code, stderr } = await place.here(...refused);
        expect(code, refused.join(' ')).to.equal(64);
        expect(stderr.replaceAll(/\s+/g, ' '), refused.join(' ')).to.match(
          /part-2 contains only shard 2 of 2 of a grading: expected a whole grading; merge all shards with `pblab merge/,
        );
      }
      const partial = await place.here('merge', 'part-2', '--partial', '-o', 'some');
      expect(partial.code, partial.stderr).to.be.oneOf([1, 2]);
    }));
});

/** What else a merged directory is good for. */
async function afterwards(place: Workplace, code: unknown): Promise<void> {
  expect(code).to.equal(1);
  const lines = journalLines(place, 'merged');
  const resumed = await place.here('resume', 'merged');
  expect(resumed.code, resumed.stderr).to.equal(1);
  expect(journalLines(place, 'merged')).to.equal(lines);
  const report = await place.here('report', 'merged');
  expect(report.code, report.stderr).to.equal(0);
  const replay = await place.here('replay', 'merged/evidence/dies/view-zero/0');
  expect(replay.code, replay.stderr).to.equal(1);
  expect(readFileSync(join(place.folder, 'merged/plan.json'), 'utf8')).not.to.contain('"shard"');
  const again = await place.here('merge', 'part-2', 'part-1', '-o', 'merged');
  expect(again.code).to.equal(64);
  expect(again.stderr).to.contain('merged exists already');
}
