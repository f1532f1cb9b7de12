import { expect } from 'chai';
import * as fc from 'fast-check';
import { replicaAgreement } from '../../../harness/checkers/replica-agreement.js';
import type { TimelineEvent } from '../../../harness/history/timeline.js';
import { append, failed, get, history, open, put } from '../history/operations.js';
import { isLinearizable } from './brute-force.js';
import { coreIds, failure, judge, word } from './judge.js';
import { smallHistories } from './small-histories.js';

function failOverAt(atMs: number): TimelineEvent[] {
  return [
    { kind: 'view', atMs: -2, view: { viewnum: 1, primary: 'pb1', backup: '' } },
    { kind: 'view', atMs: -1, view: { viewnum: 2, primary: 'pb1', backup: 'pb2' } },
    { kind: 'killed', atMs: atMs - 0.5, process: 'pb1' },
    { kind: 'view', atMs, view: { viewnum: 3, primary: 'pb2', backup: '' } },
  ];
}

const check = (...sketches: Parameters<typeof history>) =>
  judge(replicaAgreement, history(...sketches), failOverAt(10));

describe('replica agreement', () => {
  const DIFFERING = [get('c1', 'a', 8, 9), get('c2', '', 11, 12)] as const;

  it('passes equal reads on both sides of a fail-over', () => {
    expect(word(check(get('c1', 'a', 8, 9), get('c2', 'a', 11, 12)))).to.equal('pass');
  });

  it('says replicas-diverged when nothing was written between', () => {
    const finding = check(put('c1', 'a', 0, 1), get('c1', '', 2, 3), ...DIFFERING);
    expect(word(finding)).to.equal('replicas-diverged');
    expect(coreIds(finding)).to.deep.equal([2, 3]);
    expect(failure(finding).evidence.events.map(({ kind }) => kind)).to.deep.equal([
      'killed',
      'view',
    ]);
    expect(finding.says).to.equal(
      'c2 read k = "" at 11 ms, after pb2 became primary, but c1 had read "a" at 8 ms and nothing was written between.',
    );
  });

  it('is not misled by a write that failed, or that came after', () => {
    const finding = check(failed(put('c1', 'b', 9, 10)), put('c3', 'c', 13, 14), ...DIFFERING);
    expect(word(finding)).to.equal('replicas-diverged');
  });

  const DISTURBING: [name: string, sketch: ReturnType<typeof put>][] = [
    ['was made between the reads', put('c3', '', 9.5, 10.5)],
    ['overlaps the read before', put('c3', '', 0, 8.5)],
    ['overlaps the read after', put('c3', '', 12, 20)],
    ['was never answered, long ago', open(append('c3', 'b', 0, 1))],
  ];
  for (const [name, sketch] of DISTURBING) {
    it(`compares nothing when a write ${name}`, () => {
      expect(word(check(sketch, ...DIFFERING))).to.equal('pass');
    });
  }

  it('compares nothing without a change of primary', () => {
    const onlyBackup = failOverAt(10).slice(0, 2);
    expect(word(judge(replicaAgreement, history(...DIFFERING), onlyBackup))).to.equal('pass');
  });

  it('never refuses what is linearizable', () => {
    fc.assert(
      fc.property(smallHistories(6), fc.integer({ min: 0, max: 15 }), (operations, atMs) => {
        const finding = judge(replicaAgreement, operations, failOverAt(atMs));
        if (finding.verdict === 'fail') expect(isLinearizable(operations)).to.equal(false);
      }),
      { numRuns: 5_000 },
    );
  });
});
