import { expect } from 'chai';
import { deadlines } from '../../../harness/checkers/deadlines.js';
import { append, failed, get, history, open, put } from '../history/operations.js';
import { coreIds, failure, judge, word } from './judge.js';

type Sketch = ReturnType<typeof put>;

const within = (deadlineMs: number, sketch: Sketch): Sketch => ({ ...sketch, deadlineMs });
const check = (...sketches: Sketch[]) => judge(deadlines, history(...sketches));

describe('deadlines', () => {
  it('passes operations that were done in time, to the millisecond', () => {
    expect(word(check(within(5, put('c1', 'a', 0, 5)), within(5, get('c1', 'a', 6, 7))))).to.equal(
      'pass',
    );
  });

  it('asks nothing of operations without a deadline', () => {
    expect(word(check(open(put('c1', 'a', 0, 1))))).to.equal('pass');
  });

  it('says operation-timed-out when no answer came', () => {
    const finding = failure(check(within(500, open(append('c1', 'a', 20, 0)))));
    expect(finding).to.include({
      class: 'liveness',
      rule: 'kv-clerk-retries',
      symptom: 'operation-timed-out',
      operation: 'append',
      says: 'c1\'s append of "a" to k, asked at 20 ms, had no answer within 500 ms.',
    });
  });

  it('says operation-timed-out when the answer came late', () => {
    const finding = check(within(5, get('c1', 'a', 0, 6)));
    expect(word(finding)).to.equal('operation-timed-out');
    expect(finding.says).to.include('was answered after 6 ms');
  });

  it('says clerk-gave-up when the clerk said so in time', () => {
    const refused = within(500, failed(put('c1', 'a', 0, 1)));
    const gaveUp = within(500, { ...put('c1', 'a', 2, 3), outcome: 'indefinite', error: 'EPIPE' });
    expect(word(check(refused))).to.equal('clerk-gave-up');
    expect(word(check(gaveUp))).to.equal('clerk-gave-up');
    expect(check(gaveUp).says).to.include('given up by its clerk after 1 ms ("EPIPE")');
  });

  it('shows the first three late operations, in order of time', () => {
    const late = [40, 10, 30, 20].map((callMs) =>
      within(5, open(put(`c${callMs}`, 'a', callMs, 0))),
    );
    const finding = check(...late, within(5, put('c1', 'a', 0, 1)));
    expect(coreIds(finding)).to.deep.equal([1, 3, 2]);
    expect(finding.says).to.match(/Late operations in all: 4\.$/);
  });

  it('shows what happened around, up to the deadline', () => {
    const timeline = [100, 4_000, 6_000, 9_000].map((atMs) => ({
      kind: 'paused' as const,
      atMs,
      process: 'pb2',
    }));
    const operations = history(within(2_000, open(put('c1', 'a', 5_000, 0))));
    const { events } = failure(judge(deadlines, operations, timeline)).evidence;
    expect(events.map(({ atMs }) => atMs)).to.deep.equal([4_000, 6_000]);
  });

  it('shows faults of calls that carried no operation, such as a transfer, but not those of others', () => {
    const fault = { kind: 'fault', from: 'pb1', to: 'pb2', call: 1, delivered: false } as const;
    const lost = { ...fault, fault: 'truncate-request', callerSaw: 'silence' } as const;
    const timeline = [
      { ...lost, atMs: 100 },
      { ...lost, atMs: 4_000 },
      { ...lost, atMs: 4_500, operation: 7 },
    ];
    const operations = history(within(2_000, open(put('c1', 'a', 5_000, 0))));
    const { events } = failure(judge(deadlines, operations, timeline)).evidence;
    expect(events.map(({ atMs }) => atMs)).to.deep.equal([4_000]);
  });
});
