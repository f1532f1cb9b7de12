/** How much a trace keeps, and what it gives up first. */

import { expect } from 'chai';
import { createTracer, type Tracer } from '../../../../harness/history/trace/tracer.js';

const LIMITS = { calls: 6, firstCalls: 2, slackCalls: 4, heldBytes: 100 };
const KIBIBYTE = 1024;

describe('a tracer', () => {
  /** Makes an answered call, whose arguments are its number, in a message of `bytes`. */
  const call = (tracer: Tracer, number: number, bytes = 1, to = 'b') => {
    const notes = tracer.begin({ from: 'a', to, number });
    notes.asked(Buffer.alloc(bytes, 'x'), { method: 'forward', args: { number } });
    notes.delivered();
    notes.replied(Buffer.alloc(1), { result: {}, error: undefined });
    notes.over('answered');
  };
  const numbers = (tracer: Tracer) => tracer.calls([]).map(({ number }) => number);
  const small = () => createTracer({ now: () => 0, limits: LIMITS });
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  it('keeps the first calls and the last, and counts the others', () => {
    const tracer = small();
    for (const number of upTo(25)) call(tracer, number);
    expect(numbers(tracer).slice(0, 2)).to.deep.equal([1, 2]);
    expect(numbers(tracer).at(-1)).to.equal(25);
    expect(numbers(tracer).length).to.be.within(LIMITS.calls, LIMITS.calls + LIMITS.slackCalls);
    expect(numbers(tracer).length + tracer.leftOut).to.equal(25);
  });

  it('keeps calls rather than the idle ones beside them', () => {
    const tracer = createTracer({ now: () => 0, viewService: 'vs', limits: LIMITS });
    for (const number of upTo(3)) call(tracer, number);
    const ping = (number: number) => {
      const notes = tracer.begin({ from: 'a', to: 'vs', number });
      notes.asked(Buffer.alloc(1), { method: 'ping', args: { viewnum: 1 } });
      notes.replied(Buffer.alloc(1), { result: {}, error: undefined });
      notes.over('answered');
    };
    for (const number of upTo(50)) ping(number);
    call(tracer, 4);
    const kept = tracer.calls([]).filter(({ to }) => to === 'b');
    expect(kept.map(({ number }) => number)).to.deep.equal([1, 2, 3, 4]);
    expect(tracer.leftOut).to.equal(0);
  });

  it('reads no message before somebody looks', () => {
    const tracer = small();
    let reads = 0;
    const notes = tracer.begin({ from: 'a', to: 'b', number: 1 });
    notes.asked(Buffer.alloc(50), {
      get method() {
        reads++;
        return 'forward';
      },
      args: {},
    });
    notes.over('answered');
    expect(reads).to.equal(0);
    expect(tracer.calls([])[0]).to.include({ method: 'forward' });
  });

  it('gives up the oldest messages for what a person reads of them', () => {
    const tracer = small();
    const value = 'v'.repeat(500);
    const notes = tracer.begin({ from: 'a', to: 'b', number: 1 });
    notes.asked(Buffer.alloc(80), { method: 'forward', args: { value } });
    call(tracer, 2, 80);
    expect(tracer.calls([])[0]).to.deep.include({
      method: 'forward',
      args: { value: `${'v'.repeat(200)}… (500 bytes)` },
    });
  });

  it('gives up a long message unread', () => {
    const tracer = small();
    const unreadable = () => {
      throw new Error('it was read');
    };
    const notes = tracer.begin({ from: 'a', to: 'b', number: 1 });
    notes.asked(Buffer.alloc(65 * KIBIBYTE), {
      get method() {
        return unreadable();
      },
      args: {},
    });
    const [first] = tracer.calls([]);
    expect(first).to.include({ number: 1, ending: 'open' }).and.not.have.property('method');
  });

  it('ends what a process that is gone had open', () => {
    let nowMs = 5;
    const tracer = createTracer({ now: () => nowMs });
    tracer.begin({ from: 'a', to: 'b', number: 1 });
    tracer.begin({ from: 'c', to: 'b', number: 1 });
    nowMs = 9;
    tracer.gone('a');
    expect(tracer.calls([])).to.deep.equal([
      { from: 'a', to: 'b', number: 1, startMs: 5, ending: 'caller hung up', endMs: 9 },
      { from: 'c', to: 'b', number: 1, startMs: 5, ending: 'open' },
    ]);
  });
});
