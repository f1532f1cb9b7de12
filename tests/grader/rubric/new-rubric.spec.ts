import { expect } from 'chai';
import { newRubric } from '../../../grader/rubric/new-rubric.js';
import { parseRubric } from '../../../grader/rubric/read-rubric.js';
import { SCENARIOS, type Tier } from '../../../harness/index.js';

const idsOf = (text: string) =>
  parseRubric(text, 'rubric.yaml').parts.map((part) => part.scenarios.map((one) => one.scenario));

/** What a submission of the lab of 2015 can be asked. */
const withoutPutHash = (tiers: readonly Tier[]) =>
  SCENARIOS.filter(
    ({ tier, requires }) => tiers.includes(tier) && !requires.includes('puthash'),
  ).map(({ id }) => id);

describe('a new rubric', () => {
  it('grades what the hand-out asks for, or implies', () => {
    expect(idsOf(newRubric()).flat()).to.have.members(withoutPutHash(['asked', 'implied']));
  });

  it('has the rest in one place, which is valid without its comment signs', () => {
    const [head = '', beyond = ''] = newRubric().split(/^(?=# +- name: "Beyond)/m);
    // The comment above these lines says: remove the first # of each line below.
    const active = beyond.split('\n').map((line) => line.replace('#', ''));
    const parts = idsOf(head + active.join('\n'));
    expect(parts).to.have.length(3);
    expect(parts[2]).to.have.members(withoutPutHash(['beyond']));
    expect(parts.flat()).to.have.members(withoutPutHash(['asked', 'implied', 'beyond']));
  });
});
