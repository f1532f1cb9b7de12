import { expect } from 'chai';
import { withoutAlike, withoutUnbuilt } from '../../../grader/campaign/hopeless.js';
import { queueInOrder } from '../../../grader/campaign/run-queue.js';
import { cellsOfRuns, inOrder, plannedCells } from '../../../grader/plan/run-cells.js';
import type { ResolvedSubmission, RunRecord } from '../../../harness/index.js';
import { planOf, recordOf } from '../support.js';

const CELLS = plannedCells(planOf(['alice', 'bob'], ['put', 'get'], 2));

const UNBUILT: ResolvedSubmission = {
  kind: 'build-failed',
  failure: { name: 'alice', spec: 'alice', digest: 'd', reason: '"make" ended', output: '' },
};

describe('the runs of a submission that could not be built', () => {
  it('are one, its first, and those of others are all there', () => {
    for (const cells of [CELLS, cellsOfRuns([...inOrder(CELLS)])]) {
      const left = withoutUnbuilt(cells, new Map([['alice', UNBUILT]]));
      expect([...inOrder(left)].map(({ key }) => key)).to.deep.equal([
        'alice/put/0',
        'bob/put/0',
        'bob/get/0',
        'bob/put/1',
        'bob/get/1',
      ]);
    }
  });
});

describe('the runs of a part in which nothing works', () => {
  const IDS = ['view-zero', 'single-primary', 'missing-key', 'empty-values', 'odd-bytes'];
  const CLERK_ENDS: Partial<RunRecord> = {
    verdict: 'fail',
    class: 'crash',
    signature: 'kit-clerk / exited / exit code 1',
    operations: { ok: 0, failed: 0, indefinite: 1 },
  };

  /** The scenarios that are run if each ends so; two alike are enough. */
  const run = (end: (id: string) => Partial<RunRecord>): string[] => {
    const queue = withoutAlike(queueInOrder(plannedCells(planOf(['alice'], IDS, 1)), []), [], 2);
    const done: string[] = [];
    for (let next = queue.next(); next !== undefined; next = queue.next()) {
      done.push(next.run.scenario);
      queue.finished(recordOf(next.run, end(next.run.scenario)), undefined);
    }
    return done;
  };

  it('are no more than it takes to see that', () => {
    const partB = (id: string) => (id === 'view-zero' ? {} : CLERK_ENDS);
    expect(run(partB)).to.deep.equal(IDS.slice(0, 3));
  });

  it('are all there where one has passed, an operation was done, or they end in different ways', () => {
    const others: Partial<RunRecord>[] = [
      {},
      { ...CLERK_ENDS, operations: { ok: 1, failed: 0, indefinite: 0 } },
    ];
    for (const other of others) {
      expect(run((id) => (id === 'single-primary' ? other : CLERK_ENDS))).to.deep.equal(IDS);
    }
    let number = 0;
    const differing = () => ({
      ...CLERK_ENDS,
      signature: `kit-clerk / exited / exit code ${++number}`,
    });
    expect(run(differing)).to.deep.equal(IDS);
  });

  it('are all there in the part of the view service, unless it does not start', () => {
    const views = ['view-zero', 'view-first-primary', 'view-first-backup', 'view-short-silence'];
    const played = (signature: string) => {
      const queue = withoutAlike(
        queueInOrder(plannedCells(planOf(['alice'], views, 1)), []),
        [],
        2,
      );
      let count = 0;
      for (let next = queue.next(); next !== undefined; next = queue.next(), count++) {
        queue.finished(recordOf(next.run, { ...CLERK_ENDS, signature }), undefined);
      }
      return count;
    };
    expect(played('view-first / view-overdue')).to.equal(4);
    expect(played('kit-process / ended-before-listening / exit code 1')).to.equal(2);
  });
});
