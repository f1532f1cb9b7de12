import { expect } from 'chai';
import { chooseRuns, type ChosenRuns } from '../../../grader/grading/choose-runs.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { UsageError } from '../../../harness/index.js';
import { failing, planOf, recordOf } from '../support.js';

const plan = planOf(['alice', 'bob'], ['concurrent-puts', 'concurrent-appends'], 2);
const nothing: ChosenRuns = { student: [], scenario: [], signature: [] };
const roster = [
  { submission: 'bob', student: { name: 'Bob Builder', id: '42' } },
  { submission: 'bob', student: { name: 'Wendy Beaker', id: '43' } },
];

/** Bob loses a write in one scenario. */
const records = plannedRuns(plan).map((run) =>
  recordOf(
    run,
    run.key === 'bob/concurrent-puts/1' ? failing('kv-latest / lost-acknowledged-write') : {},
  ),
);

/** `submission/scenario` of those that are chosen. */
function chosenBy(globs: Partial<ChosenRuns>): string[] {
  const { chosen } = chooseRuns({ ...nothing, ...globs }, plan, records, roster);
  return plan.submissions.flatMap(({ name }) =>
    plan.scenarios
      .filter(({ id }) => chosen(name, id) !== undefined)
      .map(({ id }) => `${name}/${id}`),
  );
}

describe('the choice of runs to do anew', () => {
  it('is none without a word', () => {
    expect(chosenBy({})).to.deep.equal([]);
  });

  it('may be by student, as the plan or the roster calls him', () => {
    const bobs = ['bob/concurrent-puts', 'bob/concurrent-appends'];
    for (const name of ['bob', '42', 'Bob B*', '43', 'Wendy*']) {
      expect(chosenBy({ student: [name] })).to.deep.equal(bobs);
    }
    const { concerns } = chooseRuns({ ...nothing, student: ['bob'] }, plan, records, roster);
    expect([concerns('alice'), concerns('bob')]).to.deep.equal([false, true]);
  });

  it('may be by scenario, by what failed in it, and by several at once', () => {
    expect(chosenBy({ scenario: ['*-puts'] })).to.deep.equal([
      'alice/concurrent-puts',
      'bob/concurrent-puts',
    ]);
    expect(chosenBy({ signature: ['*lost*'] })).to.deep.equal(['bob/concurrent-puts']);
    expect(chosenBy({ signature: ['*lost*'], student: ['alice'] })).to.deep.equal([]);
    const { chosen } = chooseRuns(
      { ...nothing, signature: ['*lost*'], student: ['bob'] },
      plan,
      records,
      roster,
    );
    expect(chosen('bob', 'concurrent-puts')).to.equal('chosen by --student and --signature');
  });

  it('has to mean something', () => {
    expect(() => chosenBy({ student: ['carol'] })).to.throw(UsageError, 'no such student');
    expect(() => chosenBy({ signature: ['x'] })).to.throw(UsageError, 'no such signature');
    const calm = () => chooseRuns({ ...nothing, signature: ['x'] }, plan, [], roster);
    expect(calm).to.throw(UsageError, 'no run has failed');
  });
});
