/** What the variants of the clerk do otherwise, on the bare machine. */

import { expect } from 'chai';
import type { Clerk } from '../../reference/clerk.js';
import { REFERENCE } from '../../reference/command.js';
import type { Variant } from '../../reference/variant.js';
import { clerkAsksAfterTwoFailures } from '../../reference/variants/clerk-asks-after-two-failures.js';
import { clerkAsksEveryTime } from '../../reference/variants/clerk-asks-every-time.js';
import { ClerkBench, DEAD_PINGS } from './clerk-bench.js';
import { LOST, OK, viewOf } from './recorded-network.js';

function clerkOf(variant: Variant): typeof Clerk {
  return variant.parts(REFERENCE).clerk ?? REFERENCE.clerk;
}

describe('a clerk that asks the view service every time', () => {
  it('asks before each operation, and before each retry', () => {
    const bench = ClerkBench.informed(clerkOf(clerkAsksEveryTime));
    bench.append('b');
    expect(bench.attempts()).to.deep.equal([['pb1', 1]]);
    bench.answerLookup(viewOf(2, 'pb1', 'pb2'));
    bench.loseUpdate(viewOf(3, 'pb2'));
    bench.network.last('kv.update').answer(OK);
    expect(bench.attempts().slice(1)).to.deep.equal([
      ['pb1', 2],
      ['pb2', 2],
    ]);
    expect(bench.lookups()).to.equal(3);
    expect(bench.done).to.deep.equal(['a', 'b']);
  });
});

describe('a clerk that asks after two failures', () => {
  const informed = () => ClerkBench.informed(clerkOf(clerkAsksAfterTwoFailures));

  it('calls the same server again after one failure, and asks after the second', () => {
    const bench = informed();
    bench.append('b');
    bench.network.last('kv.update').answer(LOST);
    expect(bench.attempts()).to.have.length(2);
    bench.clerk.tick();
    expect(bench.lookups()).to.equal(1);
    bench.loseUpdate(viewOf(3, 'pb2'));
    expect(bench.lookups()).to.equal(2);
    expect(bench.attempts().slice(1)).to.deep.equal([
      ['pb1', 2],
      ['pb1', 2],
      ['pb2', 2],
    ]);
  });

  it('counts failures from the last success', () => {
    const bench = informed();
    for (const value of ['b', 'c']) {
      bench.append(value);
      bench.network.last('kv.update').answer(LOST);
      bench.clerk.tick();
      bench.network.last('kv.update').answer(OK);
    }
    expect(bench.lookups()).to.equal(1);
    expect(bench.done).to.deep.equal(['a', 'b', 'c']);
  });

  it('asks while its second attempt is silent', () => {
    const bench = informed();
    bench.append('b');
    bench.network.last('kv.update').answer(LOST);
    for (let ticks = 0; ticks <= DEAD_PINGS; ticks += 1) bench.clerk.tick();
    expect(bench.attempts()).to.have.length(3);
    bench.answerLookup(viewOf(3, 'pb2'));
    bench.clerk.tick();
    expect(bench.attempts().at(-1)).to.deep.equal(['pb2', 2]);
    expect(bench.attempts()).to.have.length(4);
  });
});
