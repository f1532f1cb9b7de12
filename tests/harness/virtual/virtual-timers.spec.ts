/** The timers of a clock that goes from one of them to the next. */

import { expect } from 'chai';
import { VirtualTimers } from '../../../harness/virtual/virtual-timers.js';

describe('virtual timers', () => {
  let timers: VirtualTimers;
  const seen: string[] = [];
  const note = (what: string) => () => void seen.push(`${what} at ${timers.now()}`);
  const runAll = () => {
    for (let next = timers.nextMs(); next < Infinity; next = timers.nextMs()) {
      timers.advanceTo(next);
      timers.runNext();
    }
  };

  beforeEach(() => {
    timers = new VirtualTimers();
    seen.length = 0;
  });

  it('come in the order of their times, and of one time in that in which they were set', () => {
    timers.after(20, note('late'));
    timers.after(5, note('first'));
    timers.after(5, note('second'));
    runAll();
    expect(seen).to.deep.equal(['first at 5', 'second at 5', 'late at 20']);
  });

  it('do not come once they are taken back', () => {
    const takeBack = timers.after(5, note('taken back'));
    timers.after(6, note('kept'));
    takeBack();
    runAll();
    expect(seen).to.deep.equal(['kept at 6']);
  });

  it('come when they are set by another one, also for now', () => {
    timers.after(3, () => timers.after(0, note('at once')));
    runAll();
    expect(seen).to.deep.equal(['at once at 3']);
  });

  it('let some time pass before them, however little is asked for', () => {
    timers.after(0.1, () => timers.after(1e-13, note('soon')));
    runAll();
    expect(seen).to.deep.equal(['soon at 0.101']);
  });

  it('wait until the clock has come to them', () => {
    timers.after(3, note('due'));
    expect(timers.runNext()).to.equal(false);
    expect(seen).to.deep.equal([]);
  });

  it('count whole microseconds, and their clock never goes back', () => {
    timers.after(0.123_456, note('fine'));
    runAll();
    timers.advanceTo(0);
    expect(seen).to.deep.equal(['fine at 0.123']);
    expect(timers.now()).to.equal(0.123);
  });
});
