import { expect } from 'chai';
import { refuse } from '../../reference/machine.js';
import { asksViewPerOperation } from '../../reference/mutants/clerk/asks-view-per-operation.js';
import { backsOffWithoutBound } from '../../reference/mutants/clerk/backs-off-without-bound.js';
import { cachesViewForEver } from '../../reference/mutants/clerk/caches-view-for-ever.js';
import { failedGetReadsNothing } from '../../reference/mutants/clerk/failed-get-reads-nothing.js';
import { givesUpAfterThreeTries } from '../../reference/mutants/clerk/gives-up-after-three-tries.js';
import { givesUpInTheEnd } from '../../reference/mutants/clerk/gives-up-in-the-end.js';
import { halfAReplyIsAReply } from '../../reference/mutants/clerk/half-a-reply-is-a-reply.js';
import { loopsOnMissingKey } from '../../reference/mutants/clerk/loops-on-missing-key.js';
import { newIdPerRetry } from '../../reference/mutants/clerk/new-id-per-retry.js';
import { readsBack } from '../../reference/mutants/clerk/reads-back.js';
import { refusalRetriedAtOnce } from '../../reference/mutants/clerk/refusal-retried-at-once.js';
import { retriesWithoutPause } from '../../reference/mutants/clerk/retries-without-pause.js';
import { returnsBeforeTheReply } from '../../reference/mutants/clerk/returns-before-the-reply.js';
import { sendsReadsToBackup } from '../../reference/mutants/clerk/sends-reads-to-backup.js';
import { sharedClientId } from '../../reference/mutants/clerk/shared-client-id.js';
import { ClerkBench } from './clerk-bench.js';
import { LOST, OK, viewOf } from './recorded-network.js';

describe('mutants of the clerk', () => {
  it('loops-on-missing-key asks again when the answer is empty', () => {
    const bench = ClerkBench.informed(loopsOnMissingKey);
    bench.get();
    for (let n = 1; n <= 3; n++) {
      bench.network.last('kv.get').answer({ kind: 'result', result: { value: '' } });
      bench.clerk.tick();
      bench.answerLookup(viewOf(2, 'pb1', 'pb2'));
      expect(bench.network.all('kv.get')).to.have.length(n + 1);
    }
    expect(bench.done).to.deep.equal(['a']);
  });

  it('returns-before-the-reply calls an update done before anybody has heard of it', () => {
    const bench = new ClerkBench(returnsBeforeTheReply);
    bench.append('a');
    expect(bench.done).to.deep.equal(['a']);
    expect(bench.attempts()).to.deep.equal([]);
  });

  it('new-id-per-retry numbers every attempt', () => {
    const bench = ClerkBench.informed(newIdPerRetry);
    bench.append('b');
    bench.loseUpdate();
    const [, first, second] = bench.attempts().map(([, sequence]) => sequence);
    expect(second).to.not.equal(first);
  });

  it('caches-view-for-ever stays with a primary that is none any more', () => {
    const bench = ClerkBench.informed(cachesViewForEver);
    bench.append('b');
    bench.loseUpdate(viewOf(3, 'pb2'));
    expect(bench.attempts().map(([to]) => to)).to.deep.equal(['pb1', 'pb1', 'pb1']);
  });

  it('gives-up-after-three-tries calls an update done that was lost three times', () => {
    const bench = ClerkBench.informed(givesUpAfterThreeTries);
    bench.append('b');
    bench.loseUpdate();
    bench.loseUpdate();
    expect(bench.done).to.deep.equal(['a']);
    bench.network.last('kv.update').answer(LOST);
    expect(bench.done).to.deep.equal(['a', 'b']);
  });

  it('gives-up-in-the-end does so after twelve', () => {
    const bench = ClerkBench.informed(givesUpInTheEnd);
    bench.append('b');
    for (let n = 1; n < 12; n++) bench.loseUpdate();
    expect(bench.done).to.deep.equal(['a']);
    bench.network.last('kv.update').answer(LOST);
    expect(bench.done).to.deep.equal(['a', 'b']);
  });

  it('failed-get-reads-nothing makes "" of a lost answer', () => {
    const bench = ClerkBench.informed(failedGetReadsNothing);
    bench.get();
    bench.network.last('kv.get').answer(LOST);
    expect(bench.done).to.deep.equal(['a', 'read ']);
  });

  it('shared-client-id gives every clerk the same name', () => {
    const bench = ClerkBench.informed(sharedClientId);
    expect(bench.network.last('kv.update').params.client).to.equal('clerk');
  });

  it('sends-reads-to-backup asks the backup as long as there is one', () => {
    const bench = ClerkBench.informed(sendsReadsToBackup);
    bench.get();
    expect(bench.network.last('kv.get').to).to.equal('pb2');
    expect(bench.attempts()).to.deep.equal([['pb1', 1]]);
  });

  it('asks-view-per-operation forgets the view after each answer', () => {
    const bench = ClerkBench.informed(asksViewPerOperation);
    bench.append('b');
    expect(bench.lookups()).to.equal(2);
    expect(bench.attempts()).to.have.length(1);
  });

  it('retries-without-pause does not wait for the tick', () => {
    const bench = ClerkBench.informed(retriesWithoutPause);
    bench.append('b');
    bench.network.last('kv.update').answer(LOST);
    bench.answerLookup(viewOf(2, 'pb1', 'pb2'));
    expect(bench.attempts()).to.have.length(3);
  });

  it('reads-back makes three operations of one', () => {
    const bench = new ClerkBench(readsBack);
    bench.append('a');
    bench.answerLookup(viewOf(2, 'pb1', 'pb2'));
    const read = () =>
      bench.network.last('kv.get').answer({ kind: 'result', result: { value: '' } });
    read();
    bench.network.last('kv.update').answer(OK);
    expect(bench.done).to.deep.equal([]);
    read();
    expect(bench.done).to.deep.equal(['a']);
  });

  it('backs-off-without-bound doubles its pause with every failure', () => {
    const bench = ClerkBench.informed(backsOffWithoutBound);
    bench.append('b');
    const pauses: number[] = [];
    for (let n = 1; n <= 5; n++) {
      bench.network.last('kv.update').answer(LOST);
      const before = bench.lookups();
      let ticks = 0;
      for (; bench.lookups() === before; ticks++) bench.clerk.tick();
      bench.answerLookup(viewOf(2, 'pb1', 'pb2'));
      pauses.push(ticks);
    }
    expect(pauses).to.deep.equal([1, 1, 2, 4, 8]);
  });

  it('half-a-reply-is-a-reply takes an answer that broke off for a success', () => {
    const bench = ClerkBench.informed(halfAReplyIsAReply);
    bench.get();
    const reason = 'end of stream inside the reply';
    bench.network.last('kv.get').answer({ kind: 'lost', reason });
    expect(bench.done).to.deep.equal(['a', 'read ']);
  });

  it('refusal-retried-at-once does not wait for the tick after a refusal', () => {
    const bench = ClerkBench.informed(refusalRetriedAtOnce);
    bench.append('b');
    bench.network.last('kv.update').answer(refuse('not-ready'));
    bench.answerLookup(viewOf(2, 'pb1', 'pb2'));
    expect(bench.attempts()).to.have.length(3);
    const before = bench.lookups();
    bench.network.last('kv.update').answer(LOST);
    expect(bench.lookups()).to.equal(before);
  });
});
