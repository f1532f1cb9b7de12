/** Links that carry net/rpc: what real Go programs have said to each other goes through a relay again. */

import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { delayReply } from '../../../harness/faults/delay-reply.js';
import { delayRequest } from '../../../harness/faults/delay-request.js';
import { dropReply } from '../../../harness/faults/drop-reply.js';
import { duplicateRequest } from '../../../harness/faults/duplicate-request.js';
import { oneWay } from '../../../harness/faults/fault.js';
import { misdirect } from '../../../harness/faults/misdirect.js';
import { netRpc } from '../../../harness/network/framing/net-rpc.js';
import { eventually } from '../../support/eventually.js';
import { recordedSession } from './framing/recordings.js';
import { useWires } from './wires.js';

/** Longer than any test, which heals what it has installed. */
const FOR_EVER_MS = 600_000;

const endOfRequest = (piece: Buffer) => netRpc.openRequests().endIn(piece, 0);
const endOfReply = (piece: Buffer) => netRpc.openReplies().endIn(piece, 0);

/** What one end of a connection has received. */
interface Received {
  bytes: Buffer;
  ended: boolean;
}

function receiver(socket: Socket): Received {
  const received: Received = { bytes: Buffer.alloc(0), ended: false };
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => (received.bytes = Buffer.concat([received.bytes, chunk])));
  socket.on('end', () => (received.ended = true));
  return received;
}

describe('a link that carries net/rpc', () => {
  const wires = useWires(netRpc);
  const link = oneWay('a', 'b');
  let server: Server;
  /** The callee's ends of the connections, and what they have received. */
  let callee: { socket: Socket; received: Received }[];

  beforeEach(async () => {
    const { directory, network } = wires();
    callee = [];
    mkdirSync(join(directory, 'a'));
    const calleePath = join(directory, 'b.sock');
    server = createServer({ allowHalfOpen: true }, (socket) => {
      callee.push({ socket, received: receiver(socket) });
    });
    await new Promise<void>((resolve) => server.listen(calleePath, resolve));
    network.addLink({ from: 'a', to: 'b', relayPath: wires().relayPath('a', 'b'), calleePath });
    network.setUp('b', true);
  });
  afterEach(() => {
    for (const { socket } of callee) socket.destroy();
    server.close();
  });

  const dial = async () => {
    const socket = await wires().dial('a', 'b');
    return { socket, received: receiver(socket) };
  };
  const delivered = (bytes: Buffer, connection = 0) =>
    eventually(`${bytes.length} bytes at the callee`, () =>
      Boolean(callee[connection]?.received.bytes.equals(bytes)),
    );
  const answered = (received: Received, bytes: Buffer) =>
    eventually(`${bytes.length} bytes at the caller`, () => received.bytes.equals(bytes));
  const bothEnded = (received: Received) =>
    eventually('both ends', () => received.ended && callee[0]?.received.ended === true);

  for (const name of ['several calls', 'interface values of types not seen before', 'a transfer']) {
    it(`carries ${name}, in pieces of any size`, async () => {
      const session = recordedSession(name);
      const caller = await dial();
      const half = Math.floor(session.requests.length / 2);
      caller.socket.write(session.requests.subarray(0, half));
      caller.socket.write(session.requests.subarray(half));
      await delivered(session.requests);
      callee[0]?.socket.write(session.replies.subarray(0, 100));
      callee[0]?.socket.write(session.replies.subarray(100));
      await answered(caller.received, session.replies);
      expect(wires().network.answeredCalls('a', 'b')).to.equal(session.calls.length);
      caller.socket.end();
      await eventually('the half-close', () => callee[0]?.received.ended === true);
    });
  }

  describe('with two calls at once', () => {
    const session = recordedSession('answers in another order');
    const [first, second] = split(session.requests, endOfRequest);
    const [quick, slow] = split(session.replies, endOfReply);

    it('lets the second request pass while the first is not answered', async () => {
      const caller = await dial();
      caller.socket.write(first);
      await delivered(first);
      caller.socket.write(second);
      await delivered(session.requests);
      callee[0]?.socket.write(quick);
      await answered(caller.received, quick);
      callee[0]?.socket.write(slow);
      await answered(caller.received, session.replies);
      expect(wires().network.answeredCalls('a', 'b')).to.equal(2);
    });

    it('never lets a request overtake a delayed one', async () => {
      const installed = wires().install(delayRequest(FOR_EVER_MS), { links: link, kth: 1 });
      const caller = await dial();
      caller.socket.end(session.requests);
      await eventually('the effect', () => wires().log().length === 1);
      expect(callee).to.deep.equal([]);
      installed.heal();
      await delivered(session.requests);
      await eventually('the half-close', () => callee[0]?.received.ended === true);
    });

    it('knows which reply is that to the call that a fault hits', async () => {
      const target = { links: link, method: 'Echo.Wait' };
      const installed = wires().install(delayReply(FOR_EVER_MS), target);
      const caller = await dial();
      caller.socket.write(session.requests);
      await delivered(session.requests);
      callee[0]?.socket.write(quick);
      await answered(caller.received, quick);
      callee[0]?.socket.end(slow);
      await eventually('the effect', () => installed.hits === 1);
      expect(wires().log()).to.deep.equal([
        {
          fault: 'delay-reply',
          from: 'a',
          to: 'b',
          call: 1,
          method: 'Echo.Wait',
          callerSaw: 'silence',
          delivered: true,
        },
      ]);
      expect(caller.received).to.deep.equal({ bytes: quick, ended: false });
      installed.heal();
      await answered(caller.received, session.replies);
      await eventually('the end', () => caller.received.ended);
    });

    it('ends both with the connection, and the callee goes on', async () => {
      wires().install(dropReply('late'), { links: link, method: 'Echo.Back' });
      const caller = await dial();
      caller.socket.write(session.requests);
      await delivered(session.requests);
      callee[0]?.socket.write(quick);
      await eventually('the end', () => caller.received.ended);
      expect(caller.received.bytes).to.have.lengthOf(0);
      const traced = () => wires().trace();
      await eventually('both ends', () => traced().every(({ endMs }) => endMs !== undefined));
      expect(traced().map(({ method, ending }) => [method, ending])).to.deep.equal([
        ['Echo.Wait', 'end of stream before the reply'],
        ['Echo.Back', 'end of stream before the reply'],
      ]);
    });

    it('lets the callee answer to nobody what it was asked, whichever reply is lost', async () => {
      wires().install(dropReply('early'), { links: link, method: 'Echo.Back' });
      const caller = await dial();
      caller.socket.write(session.requests);
      await delivered(session.requests);
      await eventually('the end', () => caller.received.ended);
      callee[0]?.socket.write(quick);
      await eventually('the reply', () => wires().trace()[1]?.repliedMs !== undefined);
    });

    it('answers what was asked before a half-close', async () => {
      const caller = await dial();
      caller.socket.end(session.requests);
      await eventually('the half-close', () => callee[0]?.received.ended === true);
      callee[0]?.socket.end(session.replies);
      await answered(caller.received, session.replies);
      await eventually('the end', () => caller.received.ended);
    });

    it('delivers the copy of a later request so that it can be read alone', async () => {
      wires().install(duplicateRequest(0), { links: link, kth: 2 });
      const caller = await dial();
      caller.socket.write(session.requests);
      await eventually('the copy', () => callee[1]?.received.ended === true);
      const copy = callee[1]?.received.bytes ?? Buffer.alloc(0);
      const reader = netRpc.openRequests();
      expect(reader.endIn(copy, 0)).to.equal(copy.length);
      expect(reader.read(copy)).to.include({ method: 'Echo.Back' });
    });
  });

  describe('with calls that are led astray', () => {
    const session = recordedSession('several calls');
    const [first, later] = split(session.requests, endOfRequest);
    const [second] = split(later, endOfLater(first));
    const both = Buffer.concat([first, second]);
    let astray: Received[];
    let other: Server;

    beforeEach(async () => {
      astray = [];
      const calleePath = join(wires().directory, 'c.sock');
      other = createServer({ allowHalfOpen: true }, (socket) => astray.push(receiver(socket)));
      await new Promise<void>((resolve) => other.listen(calleePath, resolve));
      const { network, relayPath } = wires();
      network.addLink({ from: 'a', to: 'c', relayPath: relayPath('a', 'c'), calleePath });
    });
    afterEach(() => other.close());

    it('leads all calls of a new connection there as they are, and ends it once it is healed', async () => {
      const installed = wires().install(misdirect('c'), link);
      const caller = await dial();
      caller.socket.write(both);
      await eventually('both calls', () => astray[0]?.bytes.equals(both) === true);
      installed.heal();
      await eventually('the end', () => caller.received.ended);
      expect(callee).to.deep.equal([]);
    });

    it('ends a connection that has led elsewhere, since no other callee could read it', async () => {
      const caller = await dial();
      caller.socket.write(first);
      await delivered(first);
      wires().install(misdirect('c'), link);
      caller.socket.write(second);
      await eventually('the end', () => caller.received.ended);
      expect(astray).to.deep.equal([]);
      expect(wires().log()[0]).to.include({ reached: 'c', delivered: false });
    });

    it('ends one that has led astray, at the first call that is not', async () => {
      wires().install(misdirect('c'), { links: link, kth: 1 });
      const caller = await dial();
      caller.socket.write(both);
      await eventually('the end', () => caller.received.ended);
      expect(astray.map(({ bytes }) => bytes.length)).to.deep.equal([first.length]);
      expect(callee).to.deep.equal([]);
    });
  });

  it('tells which of the calls on a connection broke off inside its reply', async () => {
    const session = recordedSession('several calls');
    const [first, later] = split(session.requests, endOfRequest);
    const [reply, otherReplies] = split(session.replies, endOfReply);
    const caller = await dial();
    caller.socket.write(first);
    await delivered(first);
    callee[0]?.socket.write(reply);
    await answered(caller.received, reply);
    const [second] = split(later, endOfLater(first));
    caller.socket.write(second);
    await delivered(Buffer.concat([first, second]));
    const part = otherReplies.subarray(0, 5);
    callee[0]?.socket.end(part);
    await answered(caller.received, Buffer.concat([reply, part]));
    await eventually('the end', () => caller.received.ended);
    const [one, other] = wires().trace();
    expect(one).to.include({ method: 'ViewServer.Ping', ending: 'answered' });
    expect(other).to.include({
      method: 'ViewServer.Ping',
      ending: 'end of stream inside the reply',
    });
    expect(one?.args).to.deep.equal(session.calls[0]?.args);
    expect(one?.result).to.deep.equal(session.calls[0]?.result);
    expect(other?.args).to.deep.equal(session.calls[1]?.args);
  });

  it('hits a call by its method', async () => {
    const session = recordedSession('one call');
    wires().install(dropReply('early'), { links: link, method: 'ViewServer.Ping' });
    const caller = await dial();
    caller.socket.write(session.requests);
    await eventually('the end', () => caller.received.ended);
    await delivered(session.requests);
    expect(wires().log()).to.have.lengthOf(1);
    expect(wires().log()[0]).to.include({ method: 'ViewServer.Ping', delivered: true });
  });

  describe('with what cannot be read', () => {
    const { requests, replies } = recordedSession('one call');
    const shake = Buffer.from('CONNECT /_goRPC_ HTTP/1.0\n\n');
    const shaken = Buffer.from('HTTP/1.0 200 Connected to Go RPC\n\n');

    it('streams net/rpc over HTTP both ways', async () => {
      const caller = await dial();
      caller.socket.write(shake);
      await delivered(shake);
      callee[0]?.socket.write(shaken);
      await answered(caller.received, shaken);
      caller.socket.end(requests);
      await delivered(Buffer.concat([shake, requests]));
      callee[0]?.socket.end(replies);
      await answered(caller.received, Buffer.concat([shaken, replies]));
      await bothEnded(caller.received);
    });

    it('lets a connection flow on that has lost its order, with the answers before', async () => {
      const [, later] = split(recordedSession('several calls').requests, endOfRequest);
      // A client whose body could not be encoded has sent its header all the same.
      const header = later.subarray(0, 1 + (later[0] ?? 0));
      const broken = Buffer.concat([requests, header, header]);
      const caller = await dial();
      caller.socket.write(requests);
      await delivered(requests);
      caller.socket.write(Buffer.concat([header, header]));
      await delivered(broken);
      callee[0]?.socket.write(replies);
      await answered(caller.received, replies);
      callee[0]?.socket.write(shaken);
      caller.socket.end('more');
      await delivered(Buffer.concat([broken, Buffer.from('more')]));
      callee[0]?.socket.end();
      await answered(caller.received, Buffer.concat([replies, shaken]));
      await bothEnded(caller.received);
    });

    it('says so once for each connection', async () => {
      const caller = await dial();
      caller.socket.write(shake);
      await delivered(shake);
      const other = await dial();
      other.socket.write(requests);
      await delivered(requests, 1);
      callee[1]?.socket.write(shaken);
      await answered(other.received, shaken);
      expect(wires().unreadable()).to.deep.equal(['a>b', 'a>b']);
    });
  });
});

/** As `endOfRequest`, of a stream whose first request has been read. */
function endOfLater(first: Buffer) {
  const reader = netRpc.openRequests();
  expect(reader.endIn(first, 0)).to.equal(first.length);
  return (piece: Buffer) => reader.endIn(piece, 0);
}

/** The first message of a stream, and what follows it. */
function split(
  stream: Buffer,
  endOfFirst: (piece: Buffer) => number | 'none' | 'unreadable',
): [Buffer, Buffer] {
  const end = endOfFirst(stream);
  if (typeof end === 'string') throw new Error(`the recording is ${end}`);
  return [stream.subarray(0, end), stream.subarray(end)];
}
