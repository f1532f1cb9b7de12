import { expect } from 'chai';
import { carriedOperation } from '../../../harness/history/carried-operation.js';
import type { Operation } from '../../../harness/history/operation.js';
import { get, history, open, put } from './operations.js';

describe('the operation that a request carries', () => {
  const asked = history(
    open(put('c1', 'x 1 y', 0, 0)),
    open(put('c2', 'x 2 y', 0, 0)),
    open(get('c3', '', 0, 0)),
  );
  const among = (operations: readonly Operation[], args: unknown) =>
    carriedOperation(operations, { args })?.id;

  it('is the update whose key and value are among its arguments, however deep', () => {
    expect(among(asked, [{ forward: { Key: 'k', Value: 'x 2 y', Seq: 3 } }])).to.equal(1);
  });

  it('is no update whose value stands there beside another key', () => {
    expect(among(asked, { key: 'other', value: 'x 2 y' })).to.equal(undefined);
  });

  it('is the read of a key that stands there without such a value', () => {
    expect(among(asked, { key: 'k' })).to.equal(2);
    expect(among(asked, { key: 'kk' })).to.equal(undefined);
  });

  it('is left open where several may be meant', () => {
    const twice = history(open(put('c1', 'v', 0, 0)), open(put('c2', 'v', 0, 0)));
    expect(among(twice, { key: 'k', value: 'v' })).to.equal(undefined);
  });

  it('is found in the bytes where arguments cannot be read', () => {
    const inBytes = (text: string) => carriedOperation(asked, { bytes: Buffer.from(text) })?.id;
    expect(inBytes('\u0007k\u0005x 1 y')).to.equal(0);
    expect(inBytes('\u0007k\u0005'), 'a key that is too short to tell').to.equal(undefined);
    expect(carriedOperation(asked, {})).to.equal(undefined);
  });
});
