import { expect } from 'chai';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import { cleaned } from '../../../../grader/text/sanitize.js';
import {
  renderStoppedEarly,
  stoppedEarly,
  withoutAlikes,
} from '../../../../grader/views/terminal/stopped-early.js';
import { ASKS_FLUSH, type RunRecord } from '../../../../harness/index.js';
import { planOf, recordOf } from '../../support.js';

const PLANNED = ['view-zero', 'single-primary', 'missing-key', 'empty-values', 'odd-bytes'];
const CLERK_ENDS: Partial<RunRecord> = {
  verdict: 'fail',
  class: 'protocol',
  signature: 'kit-clerk / clerk-garbage',
  reason: 'c1 printed "hello" on standard output, expected {"id":...,"ok":...}',
  operations: { ok: 0, failed: 0, indefinite: 1 },
};

/** Records of the first scenarios, of which those of part B end so. */
function records(count: number, end: Partial<RunRecord>) {
  const runs = plannedRuns(planOf(['alice'], PLANNED, 1)).slice(0, count);
  return cleaned(runs.map((run) => recordOf(run, run.scenario === 'view-zero' ? {} : end)));
}

describe('a test that stops early', () => {
  it('says what the runs had in common, how many were left, and what to do', () => {
    const stops = stoppedEarly(records(3, CLERK_ENDS), PLANNED);
    expect(renderStoppedEarly(stops, 80)).to.equal(
      [
        '',
        '2 runs of part B (the key/value service) ended in the same way, and nothing in',
        '  it has worked. So 2 more scenarios of it were not run.',
        '  c1 printed "hello" on standard output, expected {"id":...,"ok":...}.',
        '  A clerk process may print answers only; everything else goes to standard',
        '  error.',
        '  Fix this first, and test again.',
        '',
      ].join('\n'),
    );
  });

  it('leads from the question about flushing to its answer, not to locks', () => {
    const silent = {
      ...CLERK_ENDS,
      signature: 'kit-answers / operation-timed-out / get',
      reason: `c1 had no answer: the line did not come (${ASKS_FLUSH})`,
    };
    const said = renderStoppedEarly(stoppedEarly(records(3, silent), PLANNED), 200);
    expect(said).to.contain('\n  See reference/protocol.md, "Flush after every line"');
    expect(said).not.to.contain('lock');
    const other = { ...silent, reason: 'c1 had no answer.' };
    expect(renderStoppedEarly(stoppedEarly(records(3, other), PLANNED), 200)).to.contain('lock');
  });

  it('tells the failure once', () => {
    const all = records(3, CLERK_ENDS);
    const told = withoutAlikes(all, stoppedEarly(all, PLANNED));
    expect(told.map(({ scenario }) => String(scenario))).to.deep.equal([
      'view-zero',
      'single-primary',
    ]);
  });

  it('is none where every scenario was run, or where something has worked', () => {
    expect(stoppedEarly(records(5, CLERK_ENDS), PLANNED)).to.deep.equal([]);
    const worked = { ...CLERK_ENDS, operations: { ok: 1, failed: 0, indefinite: 0 } };
    expect(stoppedEarly(records(3, worked), PLANNED)).to.deep.equal([]);
    expect(renderStoppedEarly([], 80)).to.equal('');
  });
});
