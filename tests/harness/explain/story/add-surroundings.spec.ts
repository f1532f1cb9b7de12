/** Which calls and beliefs stand beside the proof of a failure. */

import { expect } from 'chai';
import type { TimelineEvent } from '../../../../harness/history/timeline.js';
import type { TracedCall } from '../../../../harness/history/trace.js';
import { withSurroundings } from '../../../../harness/explain/story/add-surroundings.js';
import type { Evidence, FailFinding } from '../../../../harness/lab/verdict.js';
import { get, history, open, put } from '../../history/operations.js';
import { call, unfinished } from './calls.js';

const LOST = { ending: 'end of stream before the reply', fault: 'drop-reply' } as const;

describe('the surroundings of a failure', () => {
  const operations = history(
    put('c1', 'x 1 y', 100, 120),
    put('c2', 'x 2 y', 105, 130),
    get('c1', '', 500, 510),
  );
  const [written, others, read] = operations;
  if (!written || !others || !read) throw new Error('there are three');
  const finding = (facts: Partial<FailFinding>): FailFinding => ({
    verdict: 'fail',
    by: 'test',
    class: 'safety',
    rule: 'kv-latest',
    symptom: 'expectation-failed',
    says: 'It is wrong.',
    evidence: { operations: [written, read], events: [] },
    ...facts,
  });
  const around = (
    calls: TracedCall[],
    facts: Partial<FailFinding> = {},
    timeline: TimelineEvent[] = [],
  ): Evidence => {
    const found = withSurroundings(finding(facts), { operations, timeline, calls });
    if (found.verdict !== 'fail') throw new Error('a failure stays one');
    return found.evidence;
  };
  /** Numbers the calls, and tells which are picked. */
  const picked = (calls: TracedCall[], facts: Partial<FailFinding> = {}) =>
    around(
      calls.map((one, index) => ({ ...one, number: index })),
      facts,
    ).calls?.map(({ number }) => number);

  it('hold the calls of its operations, and the forwards of them', () => {
    const calls = [
      call('c1', 'vs', 100, { operation: written.id }),
      call('c1', 'pb1', 101, { operation: written.id }),
      call('pb1', 'pb2', 102, { operation: written.id }),
      call('c2', 'pb1', 106, { operation: others.id }),
      call('pb1', 'pb2', 107, { operation: others.id }),
      call('c1', 'pb2', 501, { operation: read.id }),
      call('c1', 'pb2', 511),
    ];
    expect(picked(calls)).to.deep.equal([1, 2, 5]);
  });

  it('hold the dearest operation with its calls, where operations cost too much', () => {
    const calls = [call('c1', 'pb1', 101), call('c1', 'vs', 102), call('c2', 'pb1', 106)];
    const costly = { class: 'cost', evidence: { operations: [], events: [] } } as const;
    const shown = around(calls, { ...costly, evidence: { operations: [], events: [] } });
    expect(shown.operations).to.deep.equal([written]);
    expect(shown.calls).to.deep.equal(calls.slice(0, 2));
  });

  it('hold what was lost between servers, and what servers waited for', () => {
    const calls = [
      call('pb1', 'pb2', 90, LOST),
      call('pb1', 'pb2', 110, LOST),
      call('pb2', 'vs', 110, LOST),
      call('c2', 'pb1', 110, LOST),
      unfinished(call('pb1', 'pb2', 80, { operation: others.id })),
      call('pb1', 'pb2', 111, { operation: others.id, fault: 'delay-reply' }),
    ];
    expect(picked(calls)).to.deep.equal([4, 1]);
  });

  it('hold transfers, but no forward of something unknown', () => {
    const calls = [
      call('pb1', 'pb2', 102, { method: 'Forward', operation: written.id }),
      call('pb1', 'pb2', 200, { method: 'Forward' }),
      call('pb1', 'pb3', 300, { method: 'Transfer' }),
      call('pb1', 'pb3', 600, { method: 'Transfer' }),
    ];
    expect(picked(calls)).to.deep.equal([0, 2]);
  });

  it('hold the calls of the writes about which reads disagree', () => {
    const all = history(
      put('c1', 'x 1 y', 100, 120),
      get('c1', 'x 1 y', 300, 301),
      get('c2', '', 400, 401),
    );
    const evidence = { operations: all.slice(1), events: [] };
    const calls = [
      call('c1', 'pb1', 101, { operation: 0 }),
      call('pb1', 'pb2', 102, { operation: 0, ...LOST }),
    ];
    const seen = { operations: all, timeline: [], calls };
    const found = withSurroundings(finding({ evidence }), seen);
    expect(found.verdict === 'fail' && found.evidence.calls).to.deep.equal([calls[1]]);
  });

  it('fold what is alike, and are bounded', () => {
    const retries = Array.from({ length: 50 }, (_, n) =>
      call('c1', 'pb1', 100 + n / 10, { operation: written.id, error: 'not-primary' }),
    );
    const [folded, ...more] =
      around(retries.map((one, n) => ({ ...one, number: n + 1 }))).calls ?? [];
    expect(more).to.deep.equal([]);
    expect(folded?.again).to.deep.equal({ times: 49, lastNumber: 50, untilMs: 106.9 });
    const different = retries.map((one, n) => ({ ...one, error: `not-primary ${n}` }));
    expect(around(different).calls).to.have.length(12);
  });

  it('of a crash are what was said last to the process and by it', () => {
    const exited: TimelineEvent = {
      kind: 'exited',
      atMs: 600,
      process: 'pb2',
      detail: 'exit code 2',
    };
    const calls = [
      call('c2', 'pb2', 10, LOST),
      call('c2', 'pb2', 598, { ending: 'end of stream before the reply' }),
      call('pb2', 'pb3', 599, { ending: 'caller hung up' }),
      call('c1', 'pb1', 599, LOST),
    ];
    const facts: Partial<FailFinding> = {
      class: 'crash',
      evidence: { operations: [], events: [exited] },
    };
    expect(around(calls, facts).calls).to.deep.equal(calls.slice(1, 3));
  });

  describe('in matters of views', () => {
    const view = { viewnum: 1, primary: 'pb1', backup: '' };
    const told = (process: string, atMs: number): TimelineEvent => ({
      kind: 'told',
      atMs,
      askedMs: atMs,
      process,
      view,
    });
    const timeline: TimelineEvent[] = [
      told('pb0', 10),
      { kind: 'killed', atMs: 50, process: 'pb0' },
      told('pb1', 20),
      told('pb2', 300),
      told('pb3', 700),
    ];
    const believers = (calls: TracedCall[], facts: Partial<FailFinding> = {}) =>
      around(calls, facts, timeline).beliefs?.map(({ process }) => process);

    it('hold the views that were believed meanwhile', () => {
      expect(believers([], { rule: 'kv-roles' })).to.deep.equal(['pb1', 'pb2']);
      expect(believers([], { rule: 'view-numbers' })).to.deep.equal(['pb1', 'pb2']);
    });

    it('hold them where its operations went to several servers', () => {
      const first = call('c1', 'pb1', 101, { operation: written.id });
      const forward = call('pb1', 'pb2', 102, { operation: written.id });
      expect(believers([first, forward])).to.deep.equal([]);
      const second = call('c1', 'pb2', 501, { operation: read.id });
      expect(believers([first, second])).to.deep.equal(['pb1', 'pb2']);
      const astray = call('c1', 'pb1', 501, { operation: read.id, reached: 'pb2' });
      expect(believers([first, astray])).to.deep.equal(['pb1', 'pb2']);
    });

    it('hold those until the end where an operation was never answered', () => {
      const evidence = { operations: history(open(put('c1', 'x 1 y', 100, 120))), events: [] };
      expect(believers([], { rule: 'kv-survival', evidence })).to.include('pb3');
    });
  });

  it('leave what is no failure as it is', () => {
    const pass = { verdict: 'pass', by: 'test', says: 'All is well.' } as const;
    expect(withSurroundings(pass, { operations, timeline: [], calls: [] })).to.equal(pass);
  });
});
