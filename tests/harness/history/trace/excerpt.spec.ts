import { expect } from 'chai';
import { excerpt } from '../../../../harness/history/trace/excerpt.js';

describe('an excerpt', () => {
  it('is short data itself', () => {
    const data = { op: 'put', n: 3, yes: true, none: null, list: ['a', { b: [] }] };
    expect(excerpt(data)).to.deep.equal(data);
  });

  it('cuts long texts, and tells how long they were', () => {
    expect(excerpt({ value: 'é'.repeat(1000) })).to.deep.equal({
      value: `${'é'.repeat(200)}… (2,000 bytes)`,
    });
  });

  it('cuts long lists and objects, and counts what is left out', () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index);
    expect(excerpt(numbers)).to.deep.equal([...numbers.slice(0, 12), '… (28 more)']);
    const store = Object.fromEntries(numbers.map((number) => [`k${number}`, number]));
    const kept = excerpt(store);
    expect(kept).to.include({ k0: 0, k11: 11, '…': '28 more' });
    expect(kept).not.to.have.property('k12');
  });

  it('does not go deep', () => {
    const deep = [[[[[[['at the bottom']]]]]]];
    expect(JSON.stringify(excerpt(deep))).to.equal('[[[[[["… (1 entries)"]]]]]]');
  });

  it('can be written as JSON, whatever numbers there are', () => {
    expect(JSON.stringify(excerpt({ id: 2n ** 63n }))).to.equal('{"id":"9223372036854775808"}');
  });
});
