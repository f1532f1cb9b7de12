import { expect } from 'chai';
import { SCENE_OF } from '../../../../grader/results/failure-groups/circumstances.js';
import { SCENARIOS } from '../../../../harness/index.js';

describe('the words of titles', () => {
  it('speak of scenarios that there are', () => {
    expect(SCENARIOS.map(({ id }) => id)).to.include.members([...SCENE_OF.keys()]);
  });
});
