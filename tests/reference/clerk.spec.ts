import { expect } from 'chai';
import { refuse } from '../../reference/machine.js';
import { ClerkBench, DEAD_PINGS } from './clerk-bench.js';
import { LOST, OK, viewOf } from './recorded-network.js';

describe('clerk', () => {
  it('asks for the view once and keeps it in mind', () => {
    const bench = ClerkBench.informed();
    bench.append('b');
    bench.network.last('kv.update').answer(OK);
    expect(bench.attempts()).to.deep.equal([
      ['pb1', 1],
      ['pb1', 2],
    ]);
    expect(bench.done).to.deep.equal(['a', 'b']);
    expect(bench.lookups()).to.equal(1);
  });

  it('performs one operation at a time, in the order asked', () => {
    const bench = ClerkBench.informed();
    bench.append('b');
    bench.get();
    expect(bench.network.all('kv.get')).to.have.length(0);
    bench.network.last('kv.update').answer(OK);
    bench.network.last('kv.get').answer({ kind: 'result', result: { value: 'ab' } });
    expect(bench.done).to.deep.equal(['a', 'b', 'read ab']);
  });

  for (const [what, answer] of [
    ['a lost connection', LOST],
    ['a refusal', refuse('not-primary')],
  ] as const) {
    it(`waits, asks for the view and sends again under the same number after ${what}`, () => {
      const bench = ClerkBench.informed();
      bench.append('b');
      bench.network.last('kv.update').answer(answer);
      expect(bench.lookups()).to.equal(1);
      bench.clerk.tick();
      expect(bench.lookups()).to.equal(2);
      bench.answerLookup(viewOf(3, 'pb2'));
      bench.network.last('kv.update').answer(OK);
      expect(bench.attempts().slice(1)).to.deep.equal([
        ['pb1', 2],
        ['pb2', 2],
      ]);
      expect(bench.done).to.deep.equal(['a', 'b']);
    });
  }

  it('keeps asking while there is no primary', () => {
    const bench = new ClerkBench();
    bench.append('a');
    bench.answerLookup(viewOf(0, ''));
    expect(bench.lookups()).to.equal(1);
    bench.clerk.tick();
    bench.answerLookup(viewOf(1, 'pb1'));
    expect(bench.attempts()).to.deep.equal([['pb1', 1]]);
  });

  it('leaves a silent primary for the next one', () => {
    const bench = ClerkBench.informed();
    bench.append('b');
    for (let i = 0; i < DEAD_PINGS; i += 1) bench.clerk.tick();
    const silent = bench.network.last('kv.update');
    bench.answerLookup(viewOf(3, 'pb2'));
    expect(silent.abandoned).to.equal(true);
    expect(bench.attempts().at(-1)).to.deep.equal(['pb2', 2]);
  });

  it('stays with a silent primary that is still primary, and asks again', () => {
    const bench = ClerkBench.informed();
    bench.append('b');
    for (let i = 0; i < DEAD_PINGS; i += 1) bench.clerk.tick();
    bench.answerLookup(viewOf(2, 'pb1', 'pb2'));
    expect(bench.network.last('kv.update').abandoned).to.equal(false);
    bench.clerk.tick();
    bench.clerk.tick();
    expect(bench.lookups()).to.equal(3);
  });

  it('asks a silent view service anew', () => {
    const bench = new ClerkBench();
    bench.append('a');
    for (let i = 0; i <= DEAD_PINGS; i += 1) bench.clerk.tick();
    expect(bench.network.all('view.get').map(({ abandoned }) => abandoned)).to.deep.equal([
      true,
      false,
    ]);
  });

  it('does not go back to an older view', () => {
    const bench = ClerkBench.informed();
    bench.append('b');
    bench.network.last('kv.update').answer(LOST);
    bench.clerk.tick();
    bench.answerLookup(viewOf(1, 'pb9'));
    expect(bench.attempts().map(([to]) => to)).to.not.include('pb9');
  });

  it('asks nobody while it has nothing to do', () => {
    const bench = ClerkBench.informed();
    const calls = bench.network.calls.length;
    for (let i = 0; i < 20; i += 1) bench.clerk.tick();
    expect(bench.network.calls).to.have.length(calls);
  });
});
