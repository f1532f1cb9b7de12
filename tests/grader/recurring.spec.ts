import { expect } from 'chai';
import { plannedRuns } from '../../grader/plan.js';
import { renderRecurring } from '../../grader/reports/recurring.js';
import { tally } from '../../grader/tally.js';
import { failing, planOf, recordOf } from './support.js';

const LEFT = 'view-acknowledged / view-left-unacknowledged';
const SCENARIOS = ['concurrent-puts', 'primary-failure', 'chaos', 'missing-key'];

/** Tallies in which each scenario fails with its signature, twice. */
function talliesOf(signatures: Readonly<Record<string, string>>) {
  const runs = plannedRuns(planOf(['alice'], SCENARIOS, 2));
  const records = runs.map((run) => {
    const signature = signatures[run.scenario];
    return recordOf(run, signature === undefined ? {} : failing(signature));
  });
  return tally(records, { planned: runs });
}

describe('failures that recur', () => {
  it('are told once, with their scenarios and runs counted, whatever happened before them', () => {
    const tallies = talliesOf({
      'concurrent-puts': `${LEFT} / after killed`,
      'primary-failure': `${LEFT} / after cut`,
      chaos: LEFT,
      'missing-key': 'kv-latest / stale-read / get',
    });
    expect(renderRecurring(tallies, 400)).to.deep.equal([
      `Fails alike in 3 scenarios, so it may be one mistake: ${LEFT}, 6 runs. A view is not left before its primary has pinged with its number, even if that means waiting for ever.`,
    ]);
  });

  it('are not worth a word in two scenarios', () => {
    const tallies = talliesOf({ 'concurrent-puts': LEFT, chaos: LEFT });
    expect(renderRecurring(tallies, 400)).to.deep.equal([]);
  });
});
