/** Calls that are held back by standing delays: which, for how long, and what is counted. */

import { expect } from 'chai';
import {
  CLERKS,
  HELD_AT_MOST_MS,
  type StandingDelay,
} from '../../../harness/faults/standing-delay.js';
import { createHolding, type PassingCall } from '../../../harness/network/holding.js';
import { randomFrom } from '../../../harness/ground/seed.js';

const FORWARD: StandingDelay = {
  from: 'pb1',
  to: 'pb2',
  method: 'forward',
  part: 'request',
  delayMs: 100,
  share: 1,
};

describe('standing delays', () => {
  /** Holding at a time that the test sets; a call is held until the test has set it further. */
  const holdingOf = (delays: readonly StandingDelay[]) => {
    const time = { nowMs: 0 };
    const held: number[] = [];
    const holding = createHolding({
      delays,
      random: randomFrom('holding'),
      now: () => time.nowMs,
      callerOf: (name) => (name.startsWith('c') ? CLERKS : name === 'observer' ? undefined : name),
    });
    const call = (changes: Partial<PassingCall> = {}): PassingCall => ({
      from: 'pb1',
      to: 'pb2',
      method: 'forward',
      hold(ms) {
        time.nowMs += ms;
        return Promise.resolve();
      },
      onHeld: ({ delayMs }) => held.push(delayMs),
      ...changes,
    });
    return { holding, time, held, call };
  };

  it('hold calls of their kind, and no others', async () => {
    const { holding, held, call } = holdingOf([FORWARD]);
    await holding.pass(call(), 'request');
    await holding.pass(call({ method: 'transfer' }), 'request');
    await holding.pass(call({ from: 'pb2', to: 'pb1' }), 'request');
    expect(held).to.deep.equal([100]);
  });

  it('hold the reply where they say so, and not the request', async () => {
    const { holding, held, call } = holdingOf([{ ...FORWARD, part: 'reply' }]);
    await holding.pass(call(), 'request');
    expect(held).to.deep.equal([]);
    await holding.pass(call(), 'reply');
    expect(held).to.deep.equal([100]);
  });

  it('hold every call of their link where they name no method', async () => {
    const { method: _, ...any } = FORWARD;
    const { holding, held, call } = holdingOf([any]);
    await holding.pass(call(), 'request');
    await holding.pass(call({ method: undefined }), 'request');
    expect(held).to.deep.equal([100, 100]);
  });

  it('take all clients for one caller, and leave the calls of the kit alone', async () => {
    const { holding, held, call } = holdingOf([{ ...FORWARD, from: CLERKS, to: 'pb1' }]);
    for (const from of ['c1', 'c2', 'observer']) {
      await holding.pass(call({ from, to: 'pb1' }), 'request');
    }
    expect(held).to.deep.equal([100, 100]);
    expect(holding.counts()).to.deep.equal([
      { from: CLERKS, to: 'pb1', method: 'forward', calls: 2, held: 2 },
    ]);
  });

  it('hold the share of the calls that they are told to', async () => {
    const { holding, held, call } = holdingOf([{ ...FORWARD, delayMs: 1, share: 0.25 }]);
    for (let n = 0; n < 400; n++) await holding.pass(call(), 'request');
    expect(held.length).to.be.within(70, 130);
    expect(holding.counts()).to.deep.equal([
      { from: 'pb1', to: 'pb2', method: 'forward', calls: 400, held: held.length },
    ]);
  });

  it('hold no more when all together have held for as long as a run allows', async () => {
    const { holding, held, call } = holdingOf([{ ...FORWARD, delayMs: 500 }]);
    for (let n = 0; n < 40; n++) await holding.pass(call(), 'request');
    expect(held.length).to.equal(HELD_AT_MOST_MS / 500);
    expect(holding.heldMs(0, Infinity)).to.equal(HELD_AT_MOST_MS);
  });

  it('count the time in which several calls are held once', async () => {
    const { holding, time, call } = holdingOf([FORWARD]);
    const releases: (() => void)[] = [];
    const hold = () => new Promise<void>((resolve) => releases.push(resolve));
    const first = holding.pass(call({ hold }), 'request');
    time.nowMs = 60;
    const second = holding.pass(call({ hold }), 'request');
    time.nowMs = 100;
    releases[0]?.();
    await first;
    expect(holding.heldMs(0, 1000), 'under way').to.equal(100);
    time.nowMs = 160;
    releases[1]?.();
    await second;
    time.nowMs = 500;
    expect(holding.heldMs(0, 1000)).to.equal(160);
    expect(holding.heldMs(50, 150), 'a part of it').to.equal(100);
    expect(holding.heldMs(200, 1000), 'after it').to.equal(0);
  });

  it('count no more kinds than a person could look at, and take no over-long name for one', async () => {
    const { holding, call } = holdingOf([]);
    for (let n = 0; n < 200; n++) await holding.pass(call({ method: `made-up-${n}` }), 'request');
    expect(holding.counts()).to.have.lengthOf(64);
    const other = holdingOf([]);
    await other.holding.pass(other.call({ method: 'x'.repeat(1000) }), 'request');
    expect(other.holding.counts()).to.deep.equal([{ from: 'pb1', to: 'pb2', calls: 1, held: 0 }]);
  });
});
