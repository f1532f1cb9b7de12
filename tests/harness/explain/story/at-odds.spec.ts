import { expect } from 'chai';
import { writesAtOdds } from '../../../../harness/explain/story/at-odds.js';
import { append, get, history, put } from '../../history/operations.js';

describe('the writes about which reads disagree', () => {
  const all = history(
    append('c1', 'x 1 y', 0, 1),
    append('c2', 'x 2 y', 0, 1),
    append('c3', 'x 3 y', 0, 1),
    get('c1', 'x 1 yx 2 yx 3 y', 10, 11),
    get('c1', 'x 1 yx 3 yx 2 y', 20, 21),
    get('c1', 'x 1 yx 3 y', 30, 31),
  );
  const atOdds = (...ids: number[]) => [
    ...writesAtOdds(
      all.filter(({ id }) => ids.includes(id)),
      all,
    ),
  ];

  it('are those that stand where their values part', () => {
    expect(atOdds(3, 4)).to.deep.equal([1, 2]);
  });

  it('are those that only one of them has', () => {
    expect(atOdds(4, 5)).to.deep.equal([1]);
  });

  it('are none if the values are equal, or there is but one', () => {
    expect(atOdds(3)).to.deep.equal([]);
    const twice = history(put('c1', 'a', 0, 1), get('c1', 'a', 2, 3), get('c2', 'a', 4, 5));
    expect([...writesAtOdds(twice.slice(1), twice)]).to.deep.equal([]);
  });

  it('are both of two puts', () => {
    const puts = history(
      put('c1', 'a', 0, 1),
      put('c2', 'b', 0, 1),
      get('c1', 'a', 2, 3),
      get('c2', 'b', 4, 5),
    );
    expect([...writesAtOdds(puts.slice(2), puts)]).to.deep.equal([0, 1]);
  });
});
