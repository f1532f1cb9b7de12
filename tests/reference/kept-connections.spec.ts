/** One connection to each peer, over real sockets: calls in sequence, and a new dial when it breaks. */

import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Answer, Network } from '../../reference/machine.js';
import { decodeRequest, encodeReply } from '../../reference/protocol.js';
import { keepingConnections } from '../../reference/variants/one-connection-kept.js';
import { eventually } from '../support/eventually.js';
import { useTemporaryDirectory } from '../support/temporary.js';

/** A peer that counts its connections, and answers when the test says so. */
class Peer {
  readonly connections: Socket[] = [];
  /** The methods that were asked for, in order. */
  readonly asked: string[] = [];
  private readonly server: Server;

  constructor(readonly path: string) {
    this.server = createServer((socket) => {
      this.connections.push(socket);
      socket.on('data', (line: Buffer) => {
        this.asked.push(decodeRequest(line.toString())?.method ?? 'garbage');
      });
      socket.on('error', () => {});
    }).listen(path);
  }

  get latest(): Socket {
    return this.connections.at(-1) ?? expect.fail('it was dialled');
  }

  answer(result: string): void {
    this.latest.write(encodeReply({ id: 1, result }));
  }

  async hasAsked(...methods: string[]): Promise<void> {
    await eventually(methods.join(', '), () => this.asked.length >= methods.length);
    expect(this.asked).to.deep.equal(methods);
  }

  async close(): Promise<void> {
    for (const socket of this.connections) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

describe('a kept connection', () => {
  const place = useTemporaryDirectory();
  let peer: Peer;
  let call: Network['call'];
  let answers: string[];

  beforeEach(() => {
    peer = new Peer(join(place(), 'peer'));
    call = keepingConnections();
    answers = [];
  });

  afterEach(() => peer.close());

  const note = (answer: Answer) => {
    answers.push(answer.kind === 'result' ? String(answer.result) : answer.kind);
  };
  const ask = (method: string) => call(peer.path, method, {}, note);
  const answered = (...expected: string[]) =>
    eventually(expected.join(', '), () => answers.length >= expected.length).then(() =>
      expect(answers).to.deep.equal(expected),
    );

  it('carries calls one after the other', async () => {
    ask('first');
    ask('second');
    await peer.hasAsked('first');
    peer.answer('1');
    await peer.hasAsked('first', 'second');
    peer.answer('2');
    await answered('1', '2');
    ask('third');
    await peer.hasAsked('first', 'second', 'third');
    expect(peer.connections).to.have.length(1);
  });

  it('loses the call under way when it breaks, and the next call dials again', async () => {
    ask('first');
    ask('second');
    await peer.hasAsked('first');
    peer.latest.destroy();
    await peer.hasAsked('first', 'second');
    peer.answer('2');
    await answered('lost', '2');
    expect(peer.connections).to.have.length(2);
  });

  it('breaks unnoticed between two calls, and the next call dials again', async () => {
    ask('first');
    await peer.hasAsked('first');
    peer.answer('1');
    await answered('1');
    const gone = once(peer.latest, 'close');
    peer.latest.end();
    await gone;
    ask('second');
    await peer.hasAsked('first', 'second');
    peer.answer('2');
    await answered('1', '2');
  });

  it('loses a call when nothing listens, and reaches the peer once something does', async () => {
    await peer.close();
    ask('first');
    await answered('lost');
    peer = new Peer(peer.path);
    ask('second');
    await peer.hasAsked('second');
    peer.answer('2');
    await answered('lost', '2');
  });

  it('gives the answer to an abandoned call to no other call', async () => {
    const abandon = ask('first');
    await peer.hasAsked('first');
    abandon();
    ask('second');
    await peer.hasAsked('first', 'second');
    peer.connections[0]?.write(encodeReply({ id: 1, result: '1' }));
    peer.answer('2');
    await answered('2');
  });

  it('never sends a call that was abandoned while it waited', async () => {
    ask('first');
    const abandon = ask('second');
    ask('third');
    await peer.hasAsked('first');
    abandon();
    peer.answer('1');
    await peer.hasAsked('first', 'third');
    expect(peer.connections).to.have.length(1);
  });
});
