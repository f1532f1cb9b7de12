/** A link that nothing hits must not be noticed: what a caller sees is what it would see without it. */

import { expect } from 'chai';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { delayRequest } from '../../../harness/faults/delay-request.js';
import { dropReply } from '../../../harness/faults/drop-reply.js';
import { dropRequest } from '../../../harness/faults/drop-request.js';
import { oneWay } from '../../../harness/faults/fault.js';
import { hang } from '../../../harness/faults/hang.js';
import { cut } from '../../../harness/faults/cut.js';
import { eventually } from '../../support/eventually.js';
import { request, useWires } from './wires.js';

/** Everything that a socket receives, as it grows. */
function receiver(socket: Socket): { text: string; ended: boolean } {
  const state = { text: '', ended: false };
  socket.on('data', (chunk: Buffer) => (state.text += chunk.toString()));
  socket.on('end', () => (state.ended = true));
  return state;
}

function idsIn(text: string): number[] {
  return [...text.matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id));
}

describe('a link', () => {
  const wires = useWires();

  beforeEach(() => wires().link('a', 'b'));

  it('is there only while its callee is up', async () => {
    wires().network.setUp('b', false);
    expect(existsSync(wires().relayPath('a', 'b'))).to.equal(false);
    expect(await wires().call('a', 'b')).to.include({ how: 'ENOENT' });
    wires().network.setUp('b', true);
    expect(await wires().call('a', 'b')).to.include({ how: 'answered' });
  });

  it('takes the place of whatever a submission has left under its name', async () => {
    wires().network.setUp('b', false);
    writeFileSync(wires().relayPath('a', 'b'), 'left behind');
    wires().network.setUp('b', true);
    expect(await wires().call('a', 'b')).to.include({ how: 'answered' });
  });

  it('ends the stream of a call whose callee dies in the middle', async () => {
    const callee = wires().callee('b');
    callee.hold();
    const ending = wires().call('a', 'b');
    await eventually('the execution', () => callee.executed.length === 1);
    callee.drop();
    expect(await ending).to.deep.equal({ how: 'ended', received: '' });
    expect(wires().network.answeredCalls('a', 'b')).to.equal(0);
  });

  it('passes on the part of a reply that a dying callee has sent', async () => {
    const callee = wires().callee('b');
    callee.hold();
    const socket = await wires().dial('a', 'b');
    const got = receiver(socket);
    socket.write(request('echo'));
    await eventually('the execution', () => callee.executed.length === 1);
    callee.blurt('{"jsonrpc":');
    callee.hangUp();
    await eventually('the end of the stream', () => got.ended);
    expect(got.text).to.equal('{"jsonrpc":');
  });

  it('passes on the half-close of a caller that still wants its reply', async () => {
    const callee = wires().callee('b');
    callee.hold();
    const socket = await wires().dial('a', 'b');
    const got = receiver(socket);
    socket.end(request('echo'));
    await eventually('the half-close', () => callee.ends === 1);
    callee.release();
    await eventually('the end of the stream', () => got.ended);
    expect(idsIn(got.text)).to.deep.equal([1]);
  });

  it('passes on the end of a callee that closes after its reply', async () => {
    const socket = await wires().dial('a', 'b');
    const got = receiver(socket);
    socket.write(request('echo'));
    await eventually('the reply', () => got.text.endsWith('\n'));
    wires().callee('b').hangUp();
    await eventually('the end of the stream', () => got.ended);
  });

  it('passes on the death of a callee while a connection is idle', async () => {
    const socket = await wires().dial('a', 'b');
    const got = receiver(socket);
    socket.write(request('echo'));
    await eventually('the reply', () => got.text.endsWith('\n'));
    wires().callee('b').drop();
    await eventually('the end of the stream', () => got.ended);
  });

  it('carries several calls on one connection, one after the other', async () => {
    const socket = await wires().dial('a', 'b');
    const got = receiver(socket);
    for (const id of [1, 2, 3]) {
      socket.write(request('echo', {}, id));
      await eventually('the reply', () => idsIn(got.text).length === id);
    }
    expect(idsIn(got.text)).to.deep.equal([1, 2, 3]);
    expect(wires().network.answeredCalls('a', 'b')).to.equal(3);
  });

  it('carries calls that were sent together, and the half-close after them', async () => {
    const socket = await wires().dial('a', 'b');
    const got = receiver(socket);
    socket.end([1, 2, 3].map((id) => request('echo', {}, id)).join(''));
    await eventually('the end of the stream', () => got.ended);
    expect(idsIn(got.text)).to.deep.equal([1, 2, 3]);
    expect(wires().callee('b').ends).to.equal(1);
  });

  it('carries five megabytes each way', async () => {
    const value = 'x'.repeat(5 * 1024 * 1024);
    const { how, received } = await wires().call('a', 'b', request('echo', { value }));
    expect(how).to.equal('answered');
    expect(received.includes(value)).to.equal(true);
  });

  it('closes a connection whose caller takes nothing of what is sent without end', async () => {
    const socket = await wires().dial('a', 'b');
    socket.pause();
    socket.write(request('echo'));
    const callee = wires().callee('b');
    await eventually('the execution', () => callee.executed.length === 1);
    const megabyte = `${'x'.repeat(1_000_000)}\n`;
    for (let n = 0; n < 40; n++) callee.blurt(megabyte);
    await eventually('the end of the connection', () => callee.openConnections === 0);
  });

  it('makes no connection for a caller that has gone meanwhile', async () => {
    const delayed = wires().install(delayRequest(60_000), oneWay('a', 'b'));
    const ending = wires().call('a', 'b');
    await eventually('the effect', () => wires().log().length === 1);
    wires().install(cut(), oneWay('a', 'b')).heal();
    expect(await ending).to.include({ how: 'ended' });
    delayed.heal();
    expect(await wires().call('a', 'b')).to.include({ how: 'answered' });
    expect(wires().callee('b').guests).to.equal(1);
  });

  it('lets the callee see that its caller has hung up', async () => {
    const callee = wires().callee('b');
    callee.hold();
    const socket = await wires().dial('a', 'b');
    socket.write(request('echo'));
    await eventually('the execution', () => callee.executed.length === 1);
    socket.destroy();
    await eventually('the end', () => callee.ends === 1);
  });

  describe('with a fault and several calls on one connection', () => {
    const link = oneWay('a', 'b');

    it('counts calls, not connections that wait for one', async () => {
      const installed = wires().install(dropReply('late'), { links: link, kth: 3 });
      const ends: string[] = [];
      for (let n = 0; n < 4; n++) ends.push((await wires().call('a', 'b')).how);
      expect(ends).to.deep.equal(['answered', 'answered', 'ended', 'answered']);
      expect(installed.hits).to.equal(1);
    });

    it('leaves an idle connection alone', async () => {
      wires().link('a', 'c');
      wires().install(hang(), { links: link, kth: 2 });
      const socket = await wires().dial('a', 'b');
      const got = receiver(socket);
      socket.write(request('echo'));
      await eventually('the reply', () => got.text.endsWith('\n'));
      await wires().call('a', 'c');
      expect(wires().log()).to.deep.equal([]);
    });

    it('hits the next call of a connection that was idle when the fault came', async () => {
      const socket = await wires().dial('a', 'b');
      const got = receiver(socket);
      socket.write(request('echo'));
      await eventually('the reply', () => got.text.endsWith('\n'));
      wires().install(dropRequest(), link);
      socket.write(request('kv.get', {}, 2));
      await eventually('the end of the stream', () => got.ended);
      expect(wires().callee('b').executed).to.deep.equal(['echo']);
      expect(wires().log()).to.deep.equal([
        {
          fault: 'drop-request',
          from: 'a',
          to: 'b',
          call: 2,
          method: 'kv.get',
          callerSaw: 'end of stream before the reply',
          delivered: false,
        },
      ]);
    });

    it('closes the connections of a fault that is healed when the run ends', async () => {
      wires().install(hang(), link);
      const socket = await wires().dial('a', 'b');
      await eventually('the effect', () => wires().log().length === 1);
      const closed = once(socket, 'close');
      socket.resume().end();
      wires().network.close();
      await closed;
    });
  });
});
