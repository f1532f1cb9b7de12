import { expect } from 'chai';
import { LoopsOnMissingKey } from '../../reference/mutants/clerk/loops-on-missing-key.js';
import { ReturnsBeforeTheReply } from '../../reference/mutants/clerk/returns-before-the-reply.js';
import { ClerkBench } from './clerk-bench.js';
import { viewOf } from './recorded-network.js';

describe('mutants of the clerk', () => {
  it('loops-on-missing-key asks again when the answer is empty', () => {
    const bench = ClerkBench.informed(LoopsOnMissingKey);
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
    const bench = new ClerkBench(ReturnsBeforeTheReply);
    bench.append('a');
    expect(bench.done).to.deep.equal(['a']);
    expect(bench.attempts()).to.deep.equal([]);
  });
});
