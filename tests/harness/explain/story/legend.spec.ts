/** The explanation of the values of the kit. */

import { expect } from 'chai';
import { explainValues } from '../../../../harness/explain/story/legend.js';
import { token } from '../../../../harness/scenarios/stage/workload.js';
import { get, history, put } from '../../history/operations.js';

describe('the legend of a story', () => {
  it('explains a value as scenarios write it, wherever it stands', () => {
    const value = token({ name: 'c2' }, 7);
    const says = `Each value is written once: "${value}" is the value number 7 of client c2.`;
    expect(explainValues(history(put('c2', value, 1, 2)))).to.equal(says);
    expect(explainValues(history(get('c1', `before ${value} after`, 1, 2)))).to.equal(says);
  });

  it('is absent where there is no such value', () => {
    expect(explainValues(history(put('c1', 'a', 1, 2), get('c1', '', 3, 4)))).to.equal(undefined);
  });
});
