/**
 * Calls over Unix sockets: one connection a call on the caller's side, any number of calls in
 * sequence on the server's. A call fails as soon as its connection does; there are no time-outs,
 * because silence is for the view service to judge. Who may ask what is not decided here.
 */

import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { LineSplitter } from './lines.js';
import type { Abandon, Answer, Machine, Network, Reply } from './machine.js';
import { decodeReply, decodeRequest, encodeReply, encodeRequest } from './protocol.js';
import type { Request, Reply as WireReply } from './protocol.js';

/** Large enough for a transfer of everything a lab will ever store. */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;

/**
 * Sends one request to the socket at `path`; `done` hears the answer once, never before `call` has
 * returned, and not at all once the call is abandoned. A lost answer names its reason: the code of
 * the system (ECONNRESET, ENOENT, ...), or that the stream ended before or inside the reply.
 */
export const call: Network['call'] = callsThat((socket) => socket.destroy());

/** A way of making calls that does this with the connection of each call that is over. */
export function callsThat(leave: (socket: Socket, answer: Answer) => void): Network['call'] {
  return (path, method, params, done) => callOnce(path, { method, params }, leave, done);
}

function callOnce(
  path: string,
  request: Pick<Request, 'method' | 'params'>,
  leave: (socket: Socket, answer: Answer) => void,
  done: (answer: Answer) => void,
): Abandon {
  // The end of the stream is for `leave` to answer.
  const socket = connect({ path, allowHalfOpen: true });
  const lines = new LineSplitter(MAX_LINE_BYTES);
  let open = true;
  const finish = (answer: Answer): void => {
    if (!open) return;
    open = false;
    leave(socket, answer);
    done(answer);
  };
  socket.on('data', (chunk: Buffer) => {
    const [line] = pushOrFail(lines, chunk, socket);
    if (line !== undefined) finish(answerOf(line));
  });
  socket.on('end', () => {
    const where = lines.insideLine ? 'inside' : 'before';
    finish({ kind: 'lost', reason: `end of stream ${where} the reply` });
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    finish({ kind: 'lost', reason: error.code ?? error.message });
  });
  socket.write(encodeRequest({ id: 1, ...request }));
  return () => {
    open = false;
    socket.destroy();
  };
}

/**
 * Lets `machine` answer what comes to the socket at `path`. Garbage closes the connection it came
 * on and nothing else. A caller that has closed its sending side still gets its replies.
 */
export function serve(path: string, machine: Pick<Machine, 'handle'>): Server {
  const server = createServer({ allowHalfOpen: true }, (socket) => attend(socket, machine));
  return server.listen({ path });
}

function attend(socket: Socket, machine: Pick<Machine, 'handle'>): void {
  const lines = new LineSplitter(MAX_LINE_BYTES);
  let unanswered = 0;
  let ended = false;
  const endWhenDone = (): void => {
    if (ended && unanswered === 0) socket.end();
  };
  const receive = (line: string): void => {
    const request = decodeRequest(line);
    if (request === undefined) return void socket.destroy();
    unanswered += 1;
    machine.handle(request.method, request.params, (reply) => {
      unanswered -= 1;
      if (socket.writable) socket.write(encodeReply(replyTo(request, reply)));
      endWhenDone();
    });
  };
  socket.on('data', (chunk: Buffer) => pushOrFail(lines, chunk, socket).forEach(receive));
  socket.on('end', () => {
    ended = true;
    endWhenDone();
  });
  // A caller that goes away is not our failure; the socket closes itself after an error.
  socket.on('error', () => {});
}

function replyTo({ id }: Request, reply: Reply): WireReply {
  return reply.kind === 'result' ? { id, result: reply.result } : { id, error: reply.error };
}

/** What a caller learns from a line of its callee. */
export function answerOf(line: string): Answer {
  const reply = decodeReply(line);
  if (reply === undefined) return { kind: 'lost', reason: 'the reply is not JSON-RPC' };
  if ('error' in reply) return { kind: 'refused', error: reply.error };
  return { kind: 'result', result: reply.result };
}

/** The lines that `chunk` completes; a line that is too long ends the connection with an error. */
export function pushOrFail(lines: LineSplitter, chunk: Buffer, socket: Socket): string[] {
  try {
    return lines.push(chunk);
  } catch (error) {
    socket.destroy(error instanceof Error ? error : undefined);
    return [];
  }
}
