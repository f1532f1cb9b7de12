/**
 * A callee on a Unix socket that speaks JSON-RPC lines. It notes each request that it executes, and
 * holds back its answers while it is told to.
 */

import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { LineSplitter } from '../../../reference/lines.js';
import { decodeRequest } from '../../../reference/protocol.js';

const LINE_LIMIT_BYTES = 64 * 1024 * 1024;

export class Callee {
  /** Methods of the requests executed, in order. */
  readonly executed: string[] = [];
  /** How often a caller has ended its side of a connection. */
  ends = 0;
  receivedBytes = 0;
  /** Connections so far. */
  guests = 0;
  private readonly connections = new Set<Socket>();
  private held: (() => void)[] | undefined;
  private readonly server: Server;

  constructor(path: string) {
    rmSync(path, { force: true });
    this.server = createServer({ allowHalfOpen: true }, (socket) => this.serve(socket));
    this.server.listen(path);
  }

  get openConnections(): number {
    return this.connections.size;
  }

  /** From now on requests are executed, but not answered. */
  hold(): void {
    this.held ??= [];
  }

  /** Gives all answers held back. */
  release(): void {
    const answers = this.held ?? [];
    this.held = undefined;
    for (const answer of answers) answer();
  }

  /** Closes every connection, as the death of a process would. */
  drop(): void {
    for (const socket of this.connections) socket.destroy();
  }

  /** Writes raw bytes to every caller. */
  blurt(text: string): void {
    for (const socket of this.connections) socket.write(text);
  }

  /** Ends its own side of every connection, and goes on reading. */
  hangUp(): void {
    for (const socket of this.connections) socket.end();
  }

  close(): Promise<void> {
    this.drop();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private serve(socket: Socket): void {
    const lines = new LineSplitter(LINE_LIMIT_BYTES);
    this.connections.add(socket);
    this.guests++;
    socket.on('close', () => this.connections.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      this.receivedBytes += chunk.length;
      for (const line of lines.push(chunk)) this.execute(line, socket);
    });
    socket.on('end', () => {
      this.ends++;
      if (this.held === undefined) socket.end();
      else this.held.push(() => socket.end());
    });
  }

  private execute(line: string, socket: Socket): void {
    const { id, method, params } = decodeRequest(line) ?? { id: 0, method: 'garbage', params: {} };
    this.executed.push(method);
    const answer = () =>
      socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: params })}\n`);
    if (this.held === undefined) answer();
    else this.held.push(answer);
  }
}
