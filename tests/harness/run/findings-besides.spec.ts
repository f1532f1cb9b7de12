import { expect } from 'chai';
import type { Checker } from '../../../harness/checkers/checker.js';
import { failFinding, type FailFinding, type Finding } from '../../../harness/lab/verdict.js';
import type { RuleId } from '../../../harness/lab/rules.js';
import { BY_OVERDUE_CAUSE, findingsBesides } from '../../../harness/run/findings-besides.js';

const PASS: Finding = { verdict: 'pass', by: 'linearizability', says: 'It is right.' };

function failure(by: string, rule: RuleId): FailFinding {
  const evidence = { operations: [], events: [] };
  return failFinding({
    by,
    rule,
    symptom: 'view-left-unacknowledged',
    says: 'It is wrong.',
    evidence,
  });
}

/** What a scenario about a rule is judged by besides this failure. */
function besides(leading: FailFinding, source: RuleId): Finding[] | undefined {
  const checked = ({ name }: Checker): Finding => ({ verdict: 'pass', by: name, says: 'Again.' });
  return findingsBesides(leading, {
    scenario: { id: 'story', source },
    findings: [PASS, leading],
    checked,
  });
}

describe('the findings besides a failure', () => {
  it('are the others, and what else breaks the rules of views', () => {
    const found = besides(failure('view-rules', 'view-acknowledged'), 'kv-transfer');
    expect(found).to.deep.equal([PASS, { verdict: 'pass', by: 'view-rules', says: 'Again.' }]);
  });

  it('are the others alone, where a clerk left the sockets of the lab', () => {
    expect(besides(failure('answers-on-the-wire', 'kit-wire'), 'kv-latest')).to.deep.equal([PASS]);
  });

  it('cannot be judged where the scenario waited in vain for a view', () => {
    const found = besides(failure(BY_OVERDUE_CAUSE, 'view-idle'), 'kv-transfer');
    expect(found?.map(({ verdict, by }) => [verdict, by])).to.deep.equal([['unknown', 'story']]);
  });

  it('are not asked for if the scenario is about that rule', () => {
    const found = besides(failure('view-rules', 'view-acknowledged'), 'view-acknowledged');
    expect(found).to.equal(undefined);
  });

  it('are not asked for if the scenario itself found the failure', () => {
    expect(besides(failure('primary-failure', 'view-dead'), 'kv-survival')).to.equal(undefined);
  });
});
