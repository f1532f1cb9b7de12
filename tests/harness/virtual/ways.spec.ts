/** When messages arrive in a virtual world: drawn from the seed, and not up to the machine. */

import { expect } from 'chai';
import { randomFrom } from '../../../harness/ground/seed.js';
import { VirtualTimers } from '../../../harness/virtual/virtual-timers.js';
import { Ways } from '../../../harness/virtual/ways.js';

/** The arrivals when these have come in this order, as `name@ms`. */
function arrivals(seed: string, came: readonly string[]): string[] {
  const timers = new VirtualTimers();
  const ways = new Ways(timers, randomFrom(seed));
  const open = new Map([...new Set(came)].map((name) => [name, ways.open(name)]));
  const seen: string[] = [];
  for (const name of came) open.get(name)?.(() => void seen.push(`${name}@${timers.now()}`));
  ways.sendOff();
  for (let next = timers.nextMs(); next < Infinity; next = timers.nextMs()) {
    timers.advanceTo(next);
    timers.runNext();
  }
  return seen;
}

const NAMES = ['c1>pb1#1', 'c2>pb1#1', 'c3>pb1#1', 'pb1>pb2#1', 'pb1>vs#1'];

describe('a way in a virtual world', () => {
  it('takes the same time whatever the order in which messages came', () => {
    expect(arrivals('s', NAMES.toReversed())).to.deep.equal(arrivals('s', NAMES));
  });

  it('takes other times with another seed, so that orders differ', () => {
    const orders = ['a', 'b', 'c', 'd', 'e', 'f'].map((seed) =>
      arrivals(seed, NAMES)
        .map((each) => each.split('@')[0])
        .join(' '),
    );
    expect(new Set(orders).size).to.be.above(1);
  });

  it('lets nothing overtake', () => {
    const timers = new VirtualTimers();
    const ways = new Ways(timers, randomFrom('s'));
    const way = ways.open('c1>pb1#1');
    const seen: number[] = [];
    for (let each = 0; each < 200; each++) {
      way(() => void seen.push(each));
      expect(ways.sendOff()).to.equal(true);
    }
    expect(ways.sendOff()).to.equal(false);
    while (timers.nextMs() < Infinity) {
      timers.advanceTo(timers.nextMs());
      timers.runNext();
    }
    expect(seen).to.deep.equal([...seen].toSorted((one, other) => one - other));
    expect(seen).to.have.length(200);
  });
});
