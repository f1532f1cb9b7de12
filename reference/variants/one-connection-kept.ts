/**
 * Each process keeps one connection to each peer and sends its calls over it one after the other. A
 * connection that breaks takes the call that is under way with it; the next call dials again.
 */

import { connect, type Socket } from 'node:net';
import { LineSplitter } from '../lines.js';
import type { Abandon, Answer, Network } from '../machine.js';
import { encodeRequest } from '../protocol.js';
import { MAX_LINE_BYTES, answerOf, pushOrFail } from '../rpc.js';
import type { Server } from '../server.js';
import type { Variant } from '../variant.js';

export const oneConnectionKept: Variant = {
  name: 'one-connection-kept',
  differs:
    'Clerks and servers keep one connection to each peer and send their calls over it in sequence; the reference opens one for each call.',
  allowed:
    'Part B, calls: the call of the stock lab opens a connection for each call, but no rule demands that, and pblab/1 allows several calls in sequence on one.',
  settles: 'how calls are connected',
  parts: ({ server }) => ({ server: pingingInSequence(server), call: keepingConnections() }),
};

/** One ping at a time: those behind one that is slow would all be late. */
function pingingInSequence(Base: typeof Server): typeof Server {
  return class extends Base {
    protected override ping(): void {
      if (this.pings.size === 0) super.ping();
    }
  };
}

/** A way of making calls, as in rpc.ts, that keeps its connections for ever. */
export function keepingConnections(): Network['call'] {
  const peers = new Map<string, Peer>();
  return (path, method, params, done) => {
    const peer = peers.get(path) ?? new Peer(path);
    peers.set(path, peer);
    return peer.call({ request: encodeRequest({ id: 1, method, params }), done });
  };
}

interface Call {
  /** The line to send. */
  request: string;
  done: (answer: Answer) => void;
}

class Peer {
  /** The first one is under way, the others wait. */
  private readonly calls: Call[] = [];
  private connection: Socket | undefined;

  constructor(private readonly path: string) {}

  call(call: Call): Abandon {
    this.calls.push(call);
    if (this.calls.length === 1) this.send();
    return () => this.abandon(call);
  }

  private send(): void {
    const [call] = this.calls;
    if (call === undefined) return;
    this.connection ??= this.dial();
    this.connection.write(call.request);
  }

  private dial(): Socket {
    const socket = connect({ path: this.path });
    const lines = new LineSplitter(MAX_LINE_BYTES);
    const onBroken = (reason: string): void => {
      socket.destroy();
      if (this.connection !== socket) return;
      this.connection = undefined;
      this.finish({ kind: 'lost', reason });
    };
    socket.on('data', (chunk: Buffer) => {
      for (const line of pushOrFail(lines, chunk, socket)) {
        if (this.connection === socket) this.finish(answerOf(line));
      }
    });
    socket.on('end', () => {
      onBroken(`end of stream ${lines.insideLine ? 'inside' : 'before'} the reply`);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => onBroken(error.code ?? error.message));
    return socket;
  }

  /** The call under way is over. The next one goes first, because `done` may call again. */
  private finish(answer: Answer): void {
    const call = this.calls.shift();
    this.send();
    call?.done(answer);
  }

  /** The answer to a call that was sent would be taken for that to the next, so its connection goes, too. */
  private abandon(call: Call): void {
    const index = this.calls.indexOf(call);
    if (index === -1) return;
    this.calls.splice(index, 1);
    if (index > 0) return;
    this.connection?.destroy();
    this.connection = undefined;
    this.send();
  }
}
