import { expect } from 'chai';
import { groupFailures } from '../../grader/groups/group-failures.js';
import { renderRecurring } from '../../grader/reports/recurring.js';
import { submissionsThatFail } from './groups/failures.js';

const LEFT = 'view-acknowledged / view-left-unacknowledged';

/** Groups of a submission of which each scenario fails with its signature, twice. */
function groupsOf(signatures: Readonly<Record<string, string>>) {
  const failures = Object.entries(signatures).map(([scenario, signature], index) => ({
    submission: 'alice',
    scenario,
    signature,
    reason: `pb1 was told view ${index} (primary pb1, backup none), which is wrong.`,
    count: 2,
  }));
  return groupFailures(submissionsThatFail(failures)).groups;
}

describe('failures that recur', () => {
  it('are told once, with their scenarios and runs counted, whatever happened before them', () => {
    const groups = groupsOf({
      'concurrent-puts': `${LEFT} / after killed`,
      'primary-failure': `${LEFT} / after cut`,
      chaos: LEFT,
      'missing-key': 'kv-latest / stale-read / get',
    });
    expect(renderRecurring(groups, 400)).to.deep.equal([
      'Fails alike in 3 scenarios, so it may be one mistake: view left before its primary had acknowledged it, 6 runs. A view is not left before its primary has pinged with its number, even if that means waiting for ever.',
    ]);
  });

  it('are not worth a word in two scenarios', () => {
    expect(renderRecurring(groupsOf({ 'concurrent-puts': LEFT, chaos: LEFT }), 400)).to.deep.equal(
      [],
    );
  });
});
