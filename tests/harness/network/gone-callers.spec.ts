/** What becomes of the connections of a caller that is dead, while a process that it has left behind holds them. */

import { expect } from 'chai';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { delayRequest } from '../../../harness/faults/delay-request.js';
import { eventually } from '../../support/eventually.js';
import { request, useWires } from './wires.js';

/** All that is received, and whether the stream has ended. */
function listen(socket: Socket): { text: string; isOver: boolean } {
  const heard = { text: '', isOver: false };
  socket.on('data', (piece: Buffer) => (heard.text += piece.toString()));
  socket.on('end', () => (heard.isOver = true)).on('close', () => (heard.isOver = true));
  return heard;
}

describe('a caller that is gone', () => {
  const wires = useWires();

  beforeEach(() => {
    wires().link('pb1', 'pb2');
    wires().link('pb1', 'vs');
  });

  const executed = () => wires().callee('pb2').executed;

  it('has what it had sent delivered, and nothing more', async () => {
    const left = await wires().dial('pb1', 'pb2');
    const heard = listen(left);
    left.write(request('first'));
    await eventually('the reply', () => heard.text.includes('"id":1'));
    left.write(request('second') + request('third', {}, 2));
    wires().network.callerGone('pb1');
    await eventually('the end', () => heard.isOver);
    left.write(request('fourth'));
    await eventually('both requests', () => executed().length === 3);
    await eventually('the callee to be left', () => wires().callee('pb2').openConnections === 0);
    expect(executed()).to.deep.equal(['first', 'second', 'third']);
  });

  it('has a request delivered that a fault holds', async () => {
    wires().install(delayRequest(200), () => true);
    const left = await wires().dial('pb1', 'pb2');
    const heard = listen(left);
    left.write(request('held'));
    wires().network.callerGone('pb1');
    await eventually('the end', () => heard.isOver);
    await eventually('the request', () => executed().length === 1);
    await eventually('the callee to be left', () => wires().callee('pb2').openConnections === 0);
    expect(heard.text).to.equal('');
  });

  it('gets no answer to a call under way', async () => {
    wires().callee('pb2').hold();
    const left = await wires().dial('pb1', 'pb2');
    const heard = listen(left);
    left.write(request('slow'));
    await eventually('the request', () => executed().length === 1);
    wires().network.callerGone('pb1');
    await eventually('the end', () => heard.isOver);
    wires().callee('pb2').release();
    await eventually('the callee to be left', () => wires().callee('pb2').openConnections === 0);
    expect(heard.text).to.equal('');
  });

  it('cannot dial again, until it is started again', async () => {
    wires().network.callerGone('pb1');
    const end = async () => (await wires().call('pb1', 'pb2')).how;
    await eventually('dials to be refused', async () => (await end()) !== 'answered');
    wires().network.callerStarted('pb1');
    expect(await end()).to.equal('answered');
  });

  it('takes its old connections along if it is started again at once', async () => {
    const left = await wires().dial('pb1', 'vs');
    left.write(request('first'));
    await eventually('the request', () => wires().callee('vs').executed.length === 1);
    wires().network.callerGone('pb1');
    wires().network.callerStarted('pb1');
    const fresh = await wires().dial('pb1', 'vs');
    await once(left.resume(), 'end');
    const heard = listen(fresh);
    fresh.write(request('fresh'));
    await eventually('the reply', () => heard.text !== '');
    expect(wires().callee('vs').executed).to.deep.equal(['first', 'fresh']);
  });

  it('is missed by nobody else', async () => {
    wires().link('c1', 'pb2');
    const other = await wires().dial('c1', 'pb2');
    const heard = listen(other);
    other.write(request('first'));
    await eventually('the reply', () => heard.text !== '');
    wires().network.callerGone('pb1');
    const end = async () => (await wires().call('pb1', 'pb2')).how;
    await eventually('dials to be refused', async () => (await end()) !== 'answered');
    other.write(request('second', {}, 2));
    await eventually('the second reply', () => heard.text.includes('"id":2'));
    expect(heard.isOver).to.equal(false);
  });
});
