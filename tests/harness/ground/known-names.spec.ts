import { expect } from 'chai';
import { nearest } from '../../../harness/ground/known-names.js';

describe('the nearest name', () => {
  const NAMES = ['self', 'view', 'dir', 'node', 'python3'];

  it('is one with a letter changed, added or left out, or with two letters swapped', () => {
    expect(nearest('slf', NAMES)).to.equal('self');
    expect(nearest('veiw', NAMES)).to.equal('view');
    expect(nearest('ndoe', NAMES)).to.equal('node');
    expect(nearest('pyhton3', NAMES)).to.equal('python3');
    expect(nearest('node', NAMES)).to.equal('node');
  });

  it('is none where nothing is near', () => {
    for (const text of ['', 'x', 'me', 'server', 'java']) {
      expect(nearest(text, NAMES), text).to.equal(undefined);
    }
    expect(nearest('self', [])).to.equal(undefined);
  });
});
