/** Which operation is shown where operations cost too much. */

import { expect } from 'chai';
import { dearestOperation } from '../../../../harness/explain/story/dearest-operation.js';
import { get, history, put } from '../../history/operations.js';
import { call } from './calls.js';

describe('the sample of what cost too much', () => {
  const operations = history(
    put('c1', 'a', 100, 110),
    put('c1', 'b', 200, 290),
    get('c2', 'b', 250, 260),
    put('c1', 'c', 300, 310),
  );

  it('is the operation with the most calls, of its clerk and of those who passed it on', () => {
    const id = operations[1]?.id ?? NaN;
    const calls = [
      call('c1', 'pb1', 101),
      call('pb1', 'vs', 102),
      call('c1', 'vs', 201),
      call('c1', 'pb1', 202),
      call('pb1', 'pb2', 203, { operation: id }),
      call('c2', 'pb1', 251),
      call('c1', 'pb1', 301),
    ];
    const dearest = dearestOperation(operations, calls);
    expect(dearest?.operation).to.equal(operations[1]);
    expect(dearest?.calls).to.deep.equal(calls.slice(2, 5));
  });

  it('counts calls that were kept as one', () => {
    const again = { times: 40, lastNumber: 41, untilMs: 309 };
    const calls = [call('c1', 'vs', 101), call('c1', 'pb1', 102), call('c1', 'vs', 301, { again })];
    expect(dearestOperation(operations, calls)?.operation).to.equal(operations[3]);
  });

  it('is absent where no call belongs to an operation', () => {
    const calls = [call('pb1', 'vs', 105), call('c1', 'vs', 150), call('c3', 'pb1', 105)];
    expect(dearestOperation(operations, calls)).to.equal(undefined);
  });
});
