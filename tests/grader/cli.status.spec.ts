import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { openJournal } from '../../grader/campaign/journal/journal.js';
import { acquireLock } from '../../grader/files/lock.js';
import { plannedRuns } from '../../grader/plan/run-cells.js';
import { writePlan } from '../../grader/plan/plan-file.js';
import { atWorkplace, PATIENCE_MS } from './cli.js';
import { failing, planOf, recordOf } from './support.js';

const PLAN = planOf(['alice', 'bob'], ['single-primary', 'chaos'], 5);

/** A grading of which so many runs are done; the first has failed. */
async function makeGrading(directory: string, done: number): Promise<void> {
  mkdirSync(directory);
  await writePlan(directory, PLAN);
  const journal = await openJournal(join(directory, 'journal.jsonl'));
  for (const [at, run] of plannedRuns(PLAN).slice(0, done).entries()) {
    await journal.append(recordOf(run, at === 0 ? failing('kv-latest / stale-read') : {}));
  }
  await journal.close();
}

function contentOf(directory: string): unknown {
  return readdirSync(directory).map((name) => {
    const file = join(directory, name);
    return [name, readFileSync(file, 'utf8'), statSync(file).mtimeMs];
  });
}

describe('pblab status', function () {
  this.timeout(PATIENCE_MS);

  it('reads a grading, at work or not, and changes nothing', () =>
    atWorkplace(async (place) => {
      const directory = join(place.folder, 'grading');
      await makeGrading(directory, 12);
      const idle = await place.pblab('status', 'grading');
      expect(idle.stdout).to.match(
        /^nobody is at work here; continue with: .*pblab resume grading\n/,
      );
      expect(idle.stdout).to.contain('12 of 20 runs settled, 1 failed, 0 unknown\n');
      expect(idle.stdout).not.to.contain('host');
      const lock = acquireLock(directory);
      try {
        const before = contentOf(directory);
        const busy = await place.pblab('status', 'grading');
        expect(busy.stdout).to.contain(`pblab (pid ${process.pid}) has been at work here since `);
        const json = await place.pblab('status', 'grading', '--json');
        const { runs } = z.looseObject({ runs: z.unknown() }).parse(JSON.parse(json.stdout));
        expect(runs).to.include({ settled: 12, atMost: 20 });
        expect([idle.code, busy.code, json.code]).to.deep.equal([0, 0, 0]);
        expect(contentOf(directory)).to.deep.equal(before);
      } finally {
        lock.release();
      }
    }));

  it('refuses a directory without a grading', () =>
    atWorkplace(async (place) => {
      const { code, stderr } = await place.pblab('status', '.');
      expect(code).to.equal(64);
      expect(stderr).to.contain('does not contain a grading');
    }));
});
