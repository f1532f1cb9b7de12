import { expect } from 'chai';
import { DueTimers } from '../../../../harness/virtual/node/due-timers.js';
import { timeoutsOn } from '../../../../harness/virtual/node/virtual-timeouts.js';

describe('timers of a program on a virtual clock', () => {
  let nowNs: number;
  let timers: DueTimers;
  let { setTimeout, setInterval, clearTimeout, clearInterval } = timeoutsOn(new DueTimers(() => 0));

  beforeEach(() => {
    nowNs = 0;
    timers = new DueTimers(() => nowNs);
    ({ setTimeout, setInterval, clearTimeout, clearInterval } = timeoutsOn(timers));
  });

  /** Lets so much time pass, and calls what is due. */
  const pass = (ms: number) => {
    nowNs += ms * 1e6;
    for (let due = timers.takeDue(); due !== undefined; due = timers.takeDue()) due.act();
  };

  it('are what their functions are called on', () => {
    const seen: unknown[] = [];
    const timeout = setTimeout(
      function (this: unknown, word) {
        seen.push(this, word);
      },
      5,
      'word',
    );
    pass(5);
    expect(seen).to.deep.equal([timeout, 'word']);
  });

  it('can be cleared by their own functions', () => {
    let times = 0;
    setInterval(function (this: unknown) {
      times++;
      if (times === 3) clearInterval(this);
    }, 1);
    for (let ms = 0; ms < 10; ms++) pass(1);
    expect(times).to.equal(3);
  });

  it('stay cleared when they are refreshed', () => {
    let times = 0;
    const timeout = setTimeout(() => times++, 1);
    clearTimeout(timeout);
    timeout.refresh();
    pass(5);
    expect(times).to.equal(0);
  });

  it('bear that anything is cleared', () => {
    for (const one of [Symbol('none'), undefined, null, 'x', {}]) clearTimeout(one);
    expect(timers.nextNs).to.equal(Infinity);
  });
});
