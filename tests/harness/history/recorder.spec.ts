import { expect } from 'chai';
import { createRecorder } from '../../../harness/history/recorder.js';

/** A recorder whose clock stands at the next of these times at every look. */
function recorderAt(...times: number[]) {
  const left = [...times];
  return createRecorder(() => left.shift() ?? Number.NaN);
}

describe('recorder', () => {
  it('numbers operations in the order of calls and keeps fractions of ms', () => {
    const recorder = recorderAt(0.25, 1.5, 2, 3.125);
    const first = recorder.call({ client: 'c1', op: 'put', key: 'k', value: 'a' });
    const second = recorder.call({ client: 'c2', op: 'get', key: 'k', deadlineMs: 50 });
    second.ok('a');
    first.ok();
    expect(recorder.operations()).to.deep.equal([
      {
        id: 0,
        client: 'c1',
        op: 'put',
        key: 'k',
        value: 'a',
        callMs: 0.25,
        returnMs: 3.125,
        outcome: 'ok',
      },
      {
        id: 1,
        client: 'c2',
        op: 'get',
        key: 'k',
        value: 'a',
        callMs: 1.5,
        returnMs: 2,
        outcome: 'ok',
        deadlineMs: 50,
      },
    ]);
  });

  it('gives what is noted later a later time, also where the clock has not moved', () => {
    const recorder = recorderAt(4, 4, 4, 5);
    recorder.call({ client: 'c1', op: 'put', key: 'k', value: 'a' }).ok();
    recorder.call({ client: 'c2', op: 'get', key: 'k' }).ok('a');
    const times = recorder.operations().map(({ callMs, returnMs }) => [callMs, returnMs]);
    expect(times).to.deep.equal([
      [4, 4.001],
      [4.002, 5],
    ]);
  });

  it('reports an operation under way as indefinite, without an end', () => {
    const recorder = recorderAt(4);
    recorder.call({ client: 'c1', op: 'append', key: 'k', value: 'a' });
    expect(recorder.operations()).to.deep.equal([
      { id: 0, client: 'c1', op: 'append', key: 'k', value: 'a', callMs: 4, outcome: 'indefinite' },
    ]);
  });

  it('gives an end in time only to operations that the clerk answered', () => {
    const recorder = recorderAt(0, 1, 2, 3, 4, 5, 6);
    recorder.call({ client: 'c1', op: 'get', key: 'k' }).failed('no such key');
    recorder.call({ client: 'c1', op: 'get', key: 'k' }).gaveUp('three tries');
    recorder.call({ client: 'c1', op: 'get', key: 'k' }).indefinite('the clerk died');
    const ends = recorder
      .operations()
      .map(({ outcome, returnMs, error }) => ({ outcome, returnMs, error }));
    expect(ends).to.deep.equal([
      { outcome: 'failed', returnMs: 1, error: 'no such key' },
      { outcome: 'indefinite', returnMs: 3, error: 'three tries' },
      { outcome: 'indefinite', returnMs: undefined, error: 'the clerk died' },
    ]);
  });

  it('keeps what a put wrote, whatever comes back', () => {
    const recorder = recorderAt(0, 1);
    recorder.call({ client: 'c1', op: 'put', key: 'k', value: 'a' }).ok('old');
    expect(recorder.operations()[0]?.value).to.equal('a');
  });

  it('refuses a second end', () => {
    const pending = recorderAt(0, 1, 2).call({ client: 'c1', op: 'get', key: 'k' });
    pending.ok('a');
    expect(() => pending.indefinite('late')).to.throw('operation 0 was ended twice');
  });

  it('refuses a second operation of a client that has one under way', () => {
    const recorder = recorderAt(0, 1, 2, 3);
    const pending = recorder.call({ client: 'c1', op: 'get', key: 'k' });
    expect(() => recorder.call({ client: 'c1', op: 'get', key: 'k' })).to.throw('under way');
    pending.indefinite('no answer');
    expect(recorder.call({ client: 'c1', op: 'get', key: 'k' }).id).to.equal(1);
  });

  it('keeps a bounded part of a long error', () => {
    const recorder = recorderAt(0, 1);
    recorder.call({ client: 'c1', op: 'get', key: 'k' }).failed('x'.repeat(1_000_000));
    expect(recorder.operations()[0]?.error?.length).to.equal(500);
  });

  it('hands out copies', () => {
    const recorder = recorderAt(0, 1);
    const pending = recorder.call({ client: 'c1', op: 'get', key: 'k' });
    const [copy] = recorder.operations();
    pending.ok('a');
    expect(copy?.outcome).to.equal('indefinite');
  });
});
