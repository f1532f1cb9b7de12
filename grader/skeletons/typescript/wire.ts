/**
 * Sockets, lines and timers for main.ts. This part is complete: read it once, there is no need to change it.
 *
 * pblab/1 is JSON-RPC 2.0 over Unix sockets, one JSON object a line. The name of a program is the path of its socket.
 * pblab/reference/protocol.md describes all messages.
 */

import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

export const PING_INTERVAL_MS = Number(process.env['PBLAB_PING_INTERVAL_MS'] ?? 100);
/** A server is dead after this many ping intervals without a ping. */
export const DEAD_PINGS = Number(process.env['PBLAB_DEAD_PINGS'] ?? 5);

// Error codes of pblab/1.
export const NOT_PRIMARY = -32001;
export const NOT_READY = -32002;
export const UNKNOWN_METHOD = -32601;
export const BAD_PARAMS = -32602;
export const INTERNAL_ERROR = -32603;

/** The other side answered with an error. A handler throws it to answer with one. */
export class Refused extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A part of the lab that is still to be written. */
export class NotWritten extends Refused {
  constructor(what: string) {
    super(UNKNOWN_METHOD, `not written yet: ${what}`);
  }
}

/** A call got no answer. The other side may have executed it, or may still do so. */
export class NoAnswer extends Error {}

/** Writes to standard error, which pblab shows beside a failure. */
export function log(text: unknown): void {
  console.error(text);
}

/** The result of one call on a connection of its own. Without a limit it waits for ever. */
export function call(name: string, method: string, params: object, limitMs?: number): Promise<any> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path: name });
    const fail = (why: string): void => {
      socket.destroy();
      reject(new NoAnswer(`${method} to ${name}: ${why}`));
    };
    const timer =
      limitMs === undefined ? undefined : setTimeout(fail, limitMs, `no answer in ${limitMs} ms`);
    socket.on('error', (error) => fail(error.message));
    socket.on('close', () => {
      clearTimeout(timer);
      fail('the connection ended before the answer');
    });
    eachLine(socket, (line) => {
      const { result, error } = JSON.parse(line);
      if (error === undefined) resolve(result);
      else reject(new Refused(error.code, error.message));
      socket.end();
    });
    socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })}\n`);
  });
}

/** Takes the params of a method and gives its result. */
export type Handler = (params: any) => object | Promise<object>;

/** Answers calls for ever. */
export function serve(me: string, handlers: Record<string, Handler>): void {
  rmSync(me, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let work = Promise.resolve();
    eachLine(socket, (line) => {
      work = work.then(async () => {
        const request = JSON.parse(line);
        const reply = { jsonrpc: '2.0', id: request.id, ...(await outcome(request, handlers)) };
        socket.write(`${JSON.stringify(reply)}\n`);
      });
      work.catch(() => socket.destroy());
    });
    const close = (): void => void socket.end();
    socket.on('end', () => void work.then(close, close));
    // The caller has gone.
    socket.on('error', () => socket.destroy());
  });
  server.listen(me);
}

async function outcome(
  { method, params }: { method: string; params: unknown },
  handlers: Record<string, Handler>,
): Promise<object> {
  try {
    const handler = handlers[method];
    if (handler === undefined) throw new Refused(UNKNOWN_METHOD, `unknown method ${method}`);
    return { result: await handler(params) };
  } catch (error) {
    if (error instanceof Refused) return { error: { code: error.code, message: error.message } };
    log(error);
    return { error: { code: INTERNAL_ERROR, message: String(error) } };
  }
}

/** Calls `tick` for ever, with a pause of the interval after each call. Tells each failure once. */
export function every(intervalMs: number, tick: () => void | Promise<void>): void {
  const told = new Set<string>();
  const repeat = async (): Promise<void> => {
    try {
      await tick();
    } catch (error) {
      const isOfLab = error instanceof Refused || error instanceof NoAnswer;
      const words = isOfLab ? error.message : error;
      if (!isOfLab || !told.has(error.message)) log(words);
      if (isOfLab) told.add(error.message);
    }
    setTimeout(repeat, intervalMs);
  };
  void repeat();
}

interface Clerk {
  get(key: string): Promise<string>;
  update(op: 'put' | 'append' | 'puthash', key: string, value: string): Promise<string | void>;
}

/** Reads one operation a line from standard input, and writes one answer a line to standard output. */
export async function serveClerk(clerk: Clerk): Promise<void> {
  let work = Promise.resolve();
  eachLine(process.stdin, (line) => {
    work = work.then(async () => {
      const { id, op, key, value } = JSON.parse(line);
      const answer = await perform(clerk, op, key, value).catch((error: Error) => {
        if (!(error instanceof Refused || error instanceof NoAnswer)) log(error);
        return { ok: false, error: error.message };
      });
      // Nothing stays in a buffer: Node writes each answer at once.
      process.stdout.write(`${JSON.stringify({ id, ...answer })}\n`);
    });
  });
  await new Promise((resolve) => process.stdin.on('end', resolve));
  await work; // An operation under way is still answered.
  process.exit(0);
}

async function perform(clerk: Clerk, op: string, key: string, value: string): Promise<object> {
  if (op === 'get') return { ok: true, value: await clerk.get(key) };
  if (op !== 'put' && op !== 'append' && op !== 'puthash') throw new Error(`unknown op ${op}`);
  const before = await clerk.update(op, key, value);
  return op === 'puthash' ? { ok: true, value: before } : { ok: true };
}

/** node:readline would also cut lines inside of texts, at U+2028. */
function eachLine(stream: Socket | NodeJS.ReadStream, use: (line: string) => void): void {
  let parts: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = Buffer.concat([...parts, rest.subarray(0, end)]).toString();
      parts = [];
      rest = rest.subarray(end + 1);
      use(line);
    }
    parts.push(rest);
  });
}
