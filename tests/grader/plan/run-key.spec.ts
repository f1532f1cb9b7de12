import { expect } from 'chai';
import { originalKey, readRunKey, writeRunKey, type RunKey } from '../../../grader/plan/run-key.js';

const run: RunKey = { submission: 'alice', scenario: 'append', revision: 0, index: 7 };

describe('the key of a run', () => {
  const written: [RunKey, string][] = [
    [run, 'alice/append/7'],
    [{ ...run, revision: 2 }, 'alice/append/r2/7'],
    [{ ...run, replay: 1 }, 'alice/append/again-7/1'],
    [{ ...run, revision: 2, replay: 0 }, 'alice/append/r2/again-7/0'],
    [{ ...run, position: 'kv.get-c1-pb1-5ms' }, 'alice/append/kv.get-c1-pb1-5ms/7'],
    [{ ...run, position: 'x', replay: 2 }, 'alice/append/x/again-7/2'],
    [{ ...run, scenario: 'r2' }, 'alice/r2/7'],
  ];
  for (const [key, text] of written) {
    it(`is ${text}, from which its parts are read`, () => {
      expect(writeRunKey(key)).to.equal(text);
      expect(readRunKey(text)).to.deep.equal(key);
    });
  }

  it('is not read from anything else', () => {
    for (const text of ['', 'alice', 'alice/append', 'alice/append/x', 'a/b/c/d/1']) {
      expect(readRunKey(text), text).to.equal(undefined);
    }
  });

  it('leads from a replay to the run that it repeats', () => {
    expect(originalKey('alice/append/r2/again-7/3')).to.equal('alice/append/r2/7');
    for (const text of ['alice/append/7', 'elsewhere']) expect(originalKey(text)).to.equal(text);
  });
});
