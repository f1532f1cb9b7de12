/** Links whose protocol the kit cannot read: a connection is one call, and everything else streams. */

import { expect } from 'chai';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { dropReply } from '../../../harness/faults/drop-reply.js';
import { dropRequest } from '../../../harness/faults/drop-request.js';
import { oneWay } from '../../../harness/faults/fault.js';
import { lateRequest } from '../../../harness/faults/late-request.js';
import { truncateReply } from '../../../harness/faults/truncate-reply.js';
import { truncateRequest } from '../../../harness/faults/truncate-request.js';
import { connectionFraming } from '../../../harness/network/framing/connection.js';
import { eventually } from '../../support/eventually.js';
import { useWires } from './wires.js';

describe('a link whose protocol cannot be read', () => {
  const wires = useWires(connectionFraming);
  const link = oneWay('a', 'shouter');
  let server: Server;
  /** The pieces of requests that it has got. */
  let executed: string[];

  /** Its callee answers in capitals, piece by piece, and says how much it got when that ends. */
  beforeEach(async () => {
    const { directory, network } = wires();
    executed = [];
    mkdirSync(join(directory, 'a'));
    const calleePath = join(directory, 'shouter.sock');
    server = createServer({ allowHalfOpen: true }, (socket) => {
      let length = 0;
      socket.on('error', () => {});
      socket.on('data', (chunk: Buffer) => {
        length += chunk.length;
        executed.push(chunk.toString());
        socket.write(chunk.toString().toUpperCase());
      });
      socket.on('end', () => socket.end(`(${length})`));
    });
    await new Promise<void>((resolve) => server.listen(calleePath, resolve));
    const relayPath = wires().relayPath('a', 'shouter');
    network.addLink({ from: 'a', to: 'shouter', relayPath, calleePath });
    network.setUp('shouter', true);
  });
  afterEach(() => {
    server.close();
  });

  const listen = (socket: Socket) => {
    const got = { text: '', ended: false };
    socket.on('data', (chunk: Buffer) => (got.text += chunk.toString()));
    socket.on('end', () => (got.ended = true));
    return got;
  };

  it('streams both ways, with the half-close', async () => {
    const socket = await wires().dial('a', 'shouter');
    const got = listen(socket);
    socket.write('one');
    await eventually('the first piece', () => got.text === 'ONE');
    socket.write('two');
    await eventually('the second piece', () => got.text === 'ONETWO');
    socket.end();
    await eventually('the end', () => got.ended);
    expect(got.text).to.equal('ONETWO(6)');
  });

  it('streams five megabytes', async () => {
    const socket = await wires().dial('a', 'shouter');
    let bytes = 0;
    let last = '';
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      last = chunk.toString().slice(-20);
    });
    const size = 5 * 1024 * 1024;
    socket.end(Buffer.alloc(size, 'x'));
    await eventually('the end', () => last.endsWith(`(${size})`));
    expect(bytes).to.equal(size + `(${size})`.length);
  });

  it('can lose a connection unread, and logs no method', async () => {
    wires().install(dropRequest(), { links: link, kth: 2 });
    const quiet = await wires().dial('a', 'shouter');
    const got = listen(quiet);
    quiet.end('first');
    await eventually('the end', () => got.ended);
    expect(got.text).to.equal('FIRST(5)');
    expect((await wires().call('a', 'shouter', 'second\n')).how).to.be.oneOf([
      'ECONNRESET',
      'EPIPE',
    ]);
    expect(wires().log()).to.deep.equal([
      {
        fault: 'drop-request',
        from: 'a',
        to: 'shouter',
        call: 2,
        callerSaw: 'reset or broken pipe',
        delivered: false,
      },
    ]);
  });

  it('can lose a reply early, and the callee executes what it was given', async () => {
    wires().install(dropReply('early'), link);
    expect(await wires().call('a', 'shouter', 'request')).to.deep.equal({
      how: 'ended',
      received: '',
    });
    await eventually('the execution', () => executed.length === 1);
    expect(executed).to.deep.equal(['request']);
    expect(wires().log()[0]).to.include({ fault: 'drop-reply', delivered: true });
  });

  it('can end inside the first piece of an answer', async () => {
    wires().install(truncateReply(0.5), link);
    expect(await wires().call('a', 'shouter', 'eightby')).to.deep.equal({
      how: 'ended',
      received: 'EIG',
    });
  });

  it('can deliver late what came in several pieces', async () => {
    const installed = wires().install(lateRequest(600_000), link);
    const socket = await wires().dial('a', 'shouter');
    const got = listen(socket);
    socket.write('x'.repeat(100_000));
    socket.write('y'.repeat(100_000));
    await eventually('the end', () => got.ended);
    expect(executed).to.deep.equal([]);
    installed.heal();
    await eventually('the arrival', () => installed.hits === 1 && executed.join('').length > 1e5);
    expect(got.text).to.equal('');
    await eventually('all of it', () => executed.join('').length === 200_000);
  });

  it('can end inside a request that came in several pieces', async () => {
    wires().install(truncateRequest(), link);
    const socket = await wires().dial('a', 'shouter');
    const got = listen(socket);
    socket.write('x'.repeat(100_000));
    socket.write('y'.repeat(100_000));
    await eventually('the end', () => got.ended);
    await eventually('the first half', () => executed.join('').length >= 100_000);
    expect(executed.join('')).to.equal('x'.repeat(100_000));
  });
});
