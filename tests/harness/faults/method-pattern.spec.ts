/** Which methods a pattern describes. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { matchesMethod } from '../../../harness/faults/method-pattern.js';

describe('the pattern of a method', () => {
  const alike: [pattern: string, method: string][] = [
    ['PBServer.Get', 'PBServer.Get'],
    ['PBServer.*', 'PBServer.Get'],
    ['PBServer.*', 'PBServer.'],
    ['*.Get', 'PBServer.Get'],
    ['*', ''],
    ['*', 'anything at all'],
    ['P*r.*t', 'PBServer.Get'],
    ['*a*a*', 'banana'],
  ];
  for (const [pattern, method] of alike) {
    it(`${pattern} describes "${method}"`, () => {
      expect(matchesMethod(pattern, method)).to.be.true;
    });
  }

  const unlike: [pattern: string, method: string][] = [
    ['PBServer.Get', 'PBServer.GetAll'],
    ['PBServer.*', 'ViewServer.Get'],
    ['PBServer.*', 'XPBServer.Get'],
    ['kv.get', 'kvXget'],
    // One letter cannot be both what stands before the star and what stands after it.
    ['ab*ba', 'aba'],
    ['*a*a*', 'plan'],
    ['', 'kv.get'],
  ];
  for (const [pattern, method] of unlike) {
    it(`${pattern || 'an empty one'} does not describe "${method}"`, () => {
      expect(matchesMethod(pattern, method)).to.be.false;
    });
  }

  it('agrees with a regular expression of the same meaning', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 });
    const method = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 10 });
    fc.assert(
      fc.property(text, method, (pattern, name) => {
        const expression = pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.*');
        expect(matchesMethod(pattern, name)).to.equal(new RegExp(`^${expression}$`).test(name));
      }),
    );
  });
});
