import { expect } from 'chai';
import { keepRunnable } from '../../../grader/plan/preparation.js';
import { UsageError } from '../../../harness/ground/errors.js';
import type { OperationKind } from '../../../harness/history/operation.js';
import type { ResolvedSubmission } from '../../../harness/submission/submission.js';

function offering(...operations: OperationKind[]): ResolvedSubmission {
  const command = 'true';
  return {
    kind: 'ready',
    submission: {
      name: 'alice',
      spec: '/alice',
      digest: '0'.repeat(32),
      root: '/alice',
      manifest: {
        preset: 'process',
        run: { view: command, server: command, clerk: command },
        pingIntervalMs: 100,
        deadPings: 5,
        operations,
      },
    },
  };
}

describe('the scenarios of a plan', () => {
  const ids = ['concurrent-puts', 'concurrent-appends'];

  it('are all that were chosen where every operation is offered', () => {
    expect(keepRunnable(ids, [offering('get', 'put', 'append')])).to.deep.equal(ids);
  });

  it('are left out where nobody offers their operations', () => {
    expect(keepRunnable(ids, [offering('get', 'put')])).to.deep.equal(['concurrent-puts']);
  });

  it('are kept where one of several offers their operations', () => {
    const submissions = [offering('get', 'put', 'append'), offering('get', 'put')];
    expect(keepRunnable(ids, submissions)).to.deep.equal(ids);
  });

  it('must be one at least', () => {
    expect(() => keepRunnable(['concurrent-appends'], [offering('get')])).to.throw(
      UsageError,
      'got submissions that offer get, expected what concurrent-appends need',
    );
  });
});
