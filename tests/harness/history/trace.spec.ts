/** What the trace of a run tells of calls, made through real relays, that end in every way there is. */

import { expect } from 'chai';
import { delayRequest } from '../../../harness/faults/delay-request.js';
import { dropReply } from '../../../harness/faults/drop-reply.js';
import { dropRequest } from '../../../harness/faults/drop-request.js';
import { oneWay } from '../../../harness/faults/fault.js';
import { hang } from '../../../harness/faults/hang.js';
import { lateRequest } from '../../../harness/faults/late-request.js';
import { cut } from '../../../harness/faults/cut.js';
import { misdirect } from '../../../harness/faults/misdirect.js';
import { truncateReply } from '../../../harness/faults/truncate-reply.js';
import type { TracedCall } from '../../../harness/history/trace.js';
import { connectionFraming } from '../../../harness/network/framing/connection.js';
import { eventually } from '../../support/eventually.js';
import { request, useWires } from '../network/wires.js';
import { get, history, open, put } from './operations.js';

const FORWARD = request('forward', { key: 'k', value: 'x 1 y' });

describe('the trace of a call', () => {
  const wires = useWires();
  const link = oneWay('a', 'b');

  beforeEach(() => wires().link('a', 'b'));

  /** The only call, once it has ended or as it is. */
  const only = (): TracedCall => {
    const [call, ...others] = wires().trace();
    expect(others).to.deep.equal([]);
    if (call === undefined) throw new Error('no call was traced');
    return call;
  };
  const ended = async (): Promise<TracedCall> => {
    await eventually('the end of the call', () => only().endMs !== undefined);
    return only();
  };
  const executed = (name = 'b') =>
    eventually('the execution', () => wires().callee(name).executed.length === 1);

  it('that is answered has its times in order, what was asked, and what was answered', async () => {
    await wires().call('a', 'b', FORWARD);
    const { startMs, deliveredMs = -1, repliedMs = -1, endMs = -1, ...rest } = await ended();
    expect(rest).to.deep.equal({
      from: 'a',
      to: 'b',
      number: 1,
      method: 'forward',
      args: { key: 'k', value: 'x 1 y' },
      result: { key: 'k', value: 'x 1 y' },
      ending: 'answered',
    });
    const times = [startMs, deliveredMs, repliedMs, endMs];
    expect(times).to.deep.equal(times.toSorted((one, other) => one - other));
  });

  it('that follows another on its connection begins with its request', async () => {
    const socket = await wires().dial('a', 'b');
    socket.write(request('one'));
    await eventually('the first answer', () => wires().trace()[0]?.endMs !== undefined);
    const betweenMs = performance.now();
    socket.write(request('two'));
    await eventually('the second answer', () => wires().trace()[1]?.endMs !== undefined);
    const [first, second] = wires().trace();
    expect([first?.method, second?.method]).to.deep.equal(['one', 'two']);
    expect([first?.number, second?.number]).to.deep.equal([1, 2]);
    expect(second?.startMs).to.be.at.least(betweenMs);
  });

  it('whose request is lost was not delivered', async () => {
    wires().install(dropRequest(), link);
    await wires().call('a', 'b', FORWARD);
    const call = await ended();
    expect(call).to.include({ ending: 'reset or broken pipe', fault: 'drop-request' });
    expect(call).not.to.have.any.keys('deliveredMs', 'repliedMs', 'method');
  });

  it('whose reply is lost late had been answered', async () => {
    wires().install(dropReply('late'), link);
    await wires().call('a', 'b', FORWARD);
    const { repliedMs = Infinity, endMs = -1, ...call } = await ended();
    expect(call).to.include({ ending: 'end of stream before the reply', fault: 'drop-reply' });
    expect(call.result).to.deep.equal({ key: 'k', value: 'x 1 y' });
    expect(repliedMs).to.be.at.most(endMs);
  });

  it('whose reply is lost early is answered after its end, to nobody', async () => {
    wires().callee('b').hold();
    wires().install(dropReply('early'), link);
    await wires().call('a', 'b', FORWARD);
    await executed();
    expect(await ended()).to.include({ ending: 'end of stream before the reply' });
    expect(only()).to.have.property('deliveredMs');
    expect(only()).not.to.have.property('repliedMs');
    wires().callee('b').release();
    await eventually('the answer', () => only().repliedMs !== undefined);
    expect(only().result).to.deep.equal({ key: 'k', value: 'x 1 y' });
    expect(only().repliedMs).to.be.above(only().endMs ?? Infinity);
    expect(only().ending).to.equal('end of stream before the reply');
  });

  it('whose reply is cut ends inside it', async () => {
    wires().install(truncateReply(), link);
    await wires().call('a', 'b', FORWARD);
    expect(await ended()).to.include({ ending: 'end of stream inside the reply' });
  });

  it('whose callee dies ends before the reply, or inside it', async () => {
    const callee = wires().callee('b');
    callee.hold();
    const first = wires().call('a', 'b');
    await executed();
    callee.drop();
    await first;
    const second = wires().call('a', 'b');
    await eventually('the second execution', () => callee.executed.length === 2);
    callee.blurt('{"jsonrpc":');
    callee.hangUp();
    await second;
    expect(
      wires()
        .trace()
        .map(({ ending }) => ending),
    ).to.deep.equal(['end of stream before the reply', 'end of stream inside the reply']);
    expect(wires().trace()[0]).to.have.property('deliveredMs');
  });

  it('whose callee does not listen was not delivered', async () => {
    await wires().callee('b').close();
    await wires().call('a', 'b');
    const call = await ended();
    expect(call).to.include({ ending: 'end of stream before the reply', method: 'echo' });
    expect(call).not.to.have.any.keys('deliveredMs', 'fault');
  });

  it('that is delivered after its end has the time of its delivery', async () => {
    wires().callee('b').hold();
    const installed = wires().install(lateRequest(600_000), link);
    await wires().call('a', 'b', FORWARD);
    expect(await ended()).not.to.have.property('deliveredMs');
    installed.heal();
    await executed();
    expect(only().deliveredMs).to.be.above(only().endMs ?? Infinity);
  });

  it('that is severed with its link ends then, by the fault', async () => {
    wires().callee('b').hold();
    const ending = wires().call('a', 'b');
    await executed();
    wires().install(cut(), link);
    await ending;
    expect(await ended()).to.include({ ending: 'end of stream before the reply', fault: 'cut' });
  });

  it('that is led astray says where it went', async () => {
    wires().link('a', 'c');
    wires().install(misdirect('c'), link);
    await wires().call('a', 'b');
    expect(await ended()).to.include({ to: 'b', reached: 'c', ending: 'answered' });
  });

  it('whose caller hangs up was over then', async () => {
    const callee = wires().callee('b');
    callee.hold();
    const socket = await wires().dial('a', 'b');
    socket.write(FORWARD);
    await executed();
    socket.destroy();
    const { endMs } = await ended();
    expect(only().ending).to.equal('caller hung up');
    const laterMs = performance.now();
    callee.release();
    await eventually('the end of the connection', () => callee.openConnections === 0);
    expect(only()).to.include({ ending: 'caller hung up', endMs });
    expect(endMs).to.be.at.most(laterMs);
  });

  it('whose caller only half-closes is answered', async () => {
    const callee = wires().callee('b');
    callee.hold();
    const socket = await wires().dial('a', 'b');
    socket.end(FORWARD);
    await eventually('the half-close', () => callee.ends === 1);
    callee.release();
    await eventually('the answer', () => only().ending === 'answered');
  });

  it('that hangs is open, until the fault is healed', async () => {
    const installed = wires().install(hang(), link);
    const ending = wires().call('a', 'b');
    await eventually('the effect', () => wires().log().length === 1);
    expect(only()).to.include({ ending: 'open', fault: 'hang' }).and.not.have.property('endMs');
    installed.heal();
    await ending;
    expect(await ended()).to.include({ ending: 'reset or broken pipe' });
  });

  it('that waits when the run ends stays open, whatever becomes of it then', async () => {
    wires().callee('b').hold();
    const ending = wires().call('a', 'b', FORWARD);
    await executed();
    wires().endTrace();
    wires().callee('b').release();
    await ending;
    await wires().call('a', 'b');
    expect(only()).to.include({ ending: 'open', method: 'forward' });
    expect(only()).not.to.have.any.keys('endMs', 'repliedMs', 'result');
  });

  it('tells which operation it carried: that of its client, or the one in its arguments', async () => {
    wires().link('c1', 'a');
    const beforeMs = performance.now();
    await wires().call('c1', 'a', request('kv.update', { key: 'k', value: 'x 1 y' }));
    await wires().call('a', 'b', FORWARD);
    await wires().call('a', 'b', request('forward', { key: 'k' }));
    const asked = history(
      open(get('c2', '', beforeMs, beforeMs)),
      open(put('c1', 'x 1 y', beforeMs, beforeMs)),
    );
    expect(
      wires()
        .trace(asked)
        .map(({ operation: id }) => id),
    ).to.deep.equal([1, 1, 0]);
  });

  it('counts the idle calls to the view service in the first of them', async () => {
    wires().link('a', 'vs');
    const ping = (viewnum: number, id: number) =>
      wires().call('a', 'vs', request('view.ping', { viewnum }, id));
    for (const [id, viewnum] of [0, 1, 1, 1, 2, 2].entries()) await ping(viewnum, id);
    await eventually('the last', () =>
      wires()
        .trace()
        .every(({ endMs }) => endMs !== undefined),
    );
    const calls = wires().trace();
    expect(
      calls.map(({ number, again }) => [number, again?.times, again?.lastNumber]),
    ).to.deep.equal([
      [1, undefined, undefined],
      [2, 2, 4],
      [5, 1, 6],
    ]);
    expect(calls[1]?.again?.untilMs).to.be.above(calls[1]?.endMs ?? Infinity);
  });

  it('keeps apart the idle calls that a fault took effect on', async () => {
    wires().link('a', 'vs');
    wires().install(delayRequest(1), { links: oneWay('a', 'vs'), kth: 2 });
    for (let count = 0; count < 3; count++) await wires().call('a', 'vs', request('view.ping'));
    await eventually('the last', () =>
      wires()
        .trace()
        .every(({ endMs }) => endMs !== undefined),
    );
    expect(
      wires()
        .trace()
        .map(({ fault }) => fault),
    ).to.deep.equal([undefined, 'delay-request', undefined]);
  });
});

describe('the trace of a call in a protocol that cannot be read', () => {
  const wires = useWires(connectionFraming);

  it('has no method and no arguments, but the operation that its bytes carry', async () => {
    wires().link('a', 'b');
    const beforeMs = performance.now();
    await wires().call('a', 'b', FORWARD);
    const asked = history(open(put('c1', 'x 1 y', beforeMs, beforeMs)));
    const [call] = wires().trace(asked);
    expect(call).to.include({ ending: 'answered', operation: 0 });
    expect(call).not.to.have.any.keys('method', 'args', 'result');
  });

  it('is open while its caller waits, which ends a request by closing its half', async () => {
    wires().link('a', 'b');
    const callee = wires().callee('b');
    callee.hold();
    const socket = await wires().dial('a', 'b');
    socket.end(FORWARD);
    await eventually('the half-close', () => callee.ends === 1);
    expect(wires().trace()[0]?.ending).to.equal('open');
    callee.release();
    await eventually('the answer', () => wires().trace()[0]?.ending === 'answered');
  });
});
