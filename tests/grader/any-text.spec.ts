import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { encodeLine } from '../../grader/campaign/journal/journal-line.js';
import { JOURNAL_FILE, readRecords } from '../../grader/campaign/journal/journal.js';
import { redactFor } from '../../grader/results/redaction.js';
import { renderTerminal } from '../../grader/views/terminal/terminal.js';
import { readResults } from '../../grader/results/results-file.js';
import { RESULTS_FILE, type Results } from '../../grader/results/results.js';
import { buildResults } from '../../grader/results/build-results.js';
import { plannedRuns } from '../../grader/plan/run-cells.js';
import { folderOf } from '../../grader/plan/find/folder-of.js';
import { anyText, SEPARATORS } from './any-text.js';
import { failing, planOf, recordOf, withFolder } from './support.js';
import { cleaned } from '../../grader/text/sanitize.js';

const PLAN = planOf(['alice', 'bob'], ['chaos', 'concurrent-appends'], 12);

/** Three of twelve runs of each scenario fail, and quote this; results by way of the journal and of their file. */
function throughFiles(folder: string, reason: string, signature: string): Results {
  const records = plannedRuns(PLAN).map((run) =>
    recordOf(run, run.index < 3 ? failing(`kv-latest / ${signature}`, { reason }) : {}),
  );
  writeFileSync(join(folder, JOURNAL_FILE), records.map(encodeLine).join(''));
  const results = buildResults(PLAN, [...readRecords(join(folder, JOURNAL_FILE))], {
    createdAt: '2026-01-02T03:14:05.000Z',
    machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
  });
  writeFileSync(join(folder, RESULTS_FILE), JSON.stringify(results));
  return readResults(folder);
}

function failuresIn({ submissions }: Results): number[] {
  return submissions.flatMap(({ tallies }) => tallies.map(({ failed }) => failed));
}

describe('text of a submission', () => {
  const check = (folder: string, reason: string, signature: string) => {
    const results = throughFiles(folder, reason, signature);
    expect(failuresIn(results)).to.deep.equal([3, 3, 3, 3]);
    expect(failuresIn(redactFor(results, 'bob'))).to.deep.equal([3, 3]);
    const grouped = (results.groups ?? []).reduce((sum, { failures }) => sum + failures, 0);
    expect(grouped).to.equal(12);
    const harmless = throughFiles(folder, 'a reason', 'lost');
    const lines = (one: Results) =>
      renderTerminal(cleaned(one), { color: false }).match(/failed 3 of 12 runs/g)?.length;
    expect(lines(results)).to.equal(lines(harmless));
  };

  it('makes no failure less, from the journal to groups, results and redacted results', () =>
    withFolder((folder) => {
      fc.assert(
        fc.property(anyText, anyText, (reason, signature) => check(folder, reason, signature)),
        { numRuns: 50 },
      );
    }));

  for (const [name, sign] of Object.entries(SEPARATORS)) {
    it(`makes no failure less that quotes ${name}`, () =>
      withFolder((folder) => check(folder, `read "a${sign}b"`, `panic in main.f${sign}(...)`)));
  }

  it('names a folder with any signs in it, beside a manifest from elsewhere', () => {
    for (const sign of ['\u2028', '\u2029', '\r', '\n', '\u0085']) {
      expect(folderOf(`manifest:/staff/a${sign}b.yaml:/class/al${sign}ice`)).to.equal(
        `al${sign}ice`,
      );
    }
  });
});
