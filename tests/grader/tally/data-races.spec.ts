/** Data races over many runs: counted beside the verdicts, and shown with their stacks. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import colors from 'picocolors';
import { decodeLine, encodeLine } from '../../../grader/campaign/journal/journal-line.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { joinRaces, summarizeRaces } from '../../../grader/tally/data-races.js';
import { renderNews } from '../../../grader/views/terminal/single-runs.js';
import { renderStories } from '../../../grader/views/terminal/stories.js';
import { renderTerminal } from '../../../grader/views/terminal/terminal.js';
import { buildResults } from '../../../grader/results/build-results.js';
import type { RunRecord } from '../../../harness/index.js';
import { failing, planOf, recordOf, withFolder } from '../support.js';
import { cleaned } from '../../../grader/text/sanitize.js';

const PING_TICK = 'viewservice.(*ViewServer).Ping / viewservice.(*ViewServer).tick';
const PING_GET = 'viewservice.(*ViewServer).Get / viewservice.(*ViewServer).Ping';

const plan = planOf(['alice'], ['append', 'chaos'], 10);
const runs = plannedRuns(plan);

/** Two races in the third and the sixth run of each scenario; the sixth fails, and only it kept evidence. */
const records = runs.map((run) => {
  const races = [
    { signature: PING_TICK, count: 7 },
    ...(run.scenario === 'chaos' ? [{ signature: PING_GET, count: 1 }] : []),
  ];
  if (run.index === 3) return recordOf(run, { races });
  if (run.index !== 6) return recordOf(run);
  return recordOf(run, failing('lost', { races, artifacts: `evidence/${run.key}` }));
});

const results = buildResults(plan, records, {
  createdAt: '2026-01-02T03:14:05.000Z',
  machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
});
const tallies = results.submissions[0]?.tallies ?? [];

describe('data races', () => {
  it('are counted by runs for each scenario, whatever the verdicts', () => {
    const [append, chaos] = tallies;
    expect(append).to.include({ passed: 9, failed: 1 });
    expect(append?.races).to.deep.equal({
      runs: 2,
      kinds: [
        {
          signature: PING_TICK,
          runs: 2,
          exampleRun: 'alice/append/6',
          report: 'evidence/alice/append/6/races/1.txt',
        },
      ],
    });
    expect(chaos?.races?.kinds.map(({ signature, report }) => [signature, report])).to.deep.equal([
      [PING_GET, 'evidence/alice/chaos/6/races/2.txt'],
      [PING_TICK, 'evidence/alice/chaos/6/races/1.txt'],
    ]);
  });

  it('leave no trace where there are none', () => {
    const clean = records.map(({ races: _races, ...record }) => record);
    expect(summarizeRaces(clean)).to.equal(undefined);
    expect(joinRaces([])).to.equal(undefined);
    const [tally] = buildResults(plan, clean, results).submissions[0]?.tallies ?? [];
    expect(tally).not.to.have.property('races');
    expect(
      renderTerminal(cleaned(buildResults(plan, clean, results)), { color: false }),
    ).not.to.contain('race');
  });

  it('are reported once for all scenarios of a submission', () => {
    const text = renderTerminal(cleaned(results), { color: false });
    expect(text).to.contain(
      [
        'data races in 4 of 20 runs, which change no verdict:',
        `  4 × ${PING_TICK}`,
        '      such as evidence/alice/append/6/races/1.txt',
        `  2 × ${PING_GET}`,
        '      such as evidence/alice/chaos/6/races/2.txt',
        '',
      ].join('\n'),
    );
  });

  it('are shown with their stacks, which can do nothing to a terminal', () =>
    withFolder((folder) => {
      const races = join(folder, 'evidence/alice/append/6/races');
      mkdirSync(races, { recursive: true });
      writeFileSync(join(races, '1.txt'), 'once in vs: \u001b[2JPing\n\nWrite at 0x1\n  Ping()\n');
      const expected = ['    once in vs: Ping', '', '    Write at 0x1', '      Ping()', ''];
      expect(renderStories(cleaned(results), { directory: folder, shownAs: 'out' })).to.equal(
        ['', 'alice, its data races:', '', ...expected].join('\n'),
      );
      const news = renderNews(cleaned(only('alice/append/6')), {
        directory: folder,
        shownAs: 'out',
        palette: colors.createColors(false),
      });
      expect(news.endsWith(['', ...expected].join('\n'))).to.equal(true);
      expect(news).to.contain('\n\ndata races in 1 of 1 run, which change no verdict:\n');
    }));

  it('are kept by the journal, in records that have any', () => {
    const [record] = only('alice/append/3');
    if (record === undefined) throw new Error('no such record');
    expect(decodeLine(encodeLine(record).trimEnd())).to.deep.equal({ kind: 'record', record });
    const wrong = { ...record, races: [{ signature: '', count: 1 }] };
    expect(() => encodeLine(wrong)).to.throw('races');
  });
});

function only(key: string): RunRecord[] {
  return records.filter((record) => record.key === key);
}
