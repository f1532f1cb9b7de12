/**
 * pblab/1, the kit's own wire protocol: JSON-RPC 2.0, one object a line, over a Unix stream socket.
 * One call a connection is the normal case; several in sequence are allowed. A process is ready when it
 * listens. The kit finds that out without a connection (where /proc is missing or does not show it, it makes
 * one and closes it), and every connection that it makes or passes on begins with a request. This file is the types and
 * the codec; it opens no sockets. How servers forward and transfer state among themselves is an
 * implementation's own business and is not defined here.
 *
 * | method        | params                               | result    |
 * |---------------|--------------------------------------|-----------|
 * | `view.ping`   | `{server, viewnum}`                  | `{view}`  |
 * | `view.get`    | `{}`                                 | `{view}`  |
 * | `kv.get`      | `{key}`                              | `{value}` |
 * | `kv.update`   | `{op, key, value, client, sequence}` | `{}`      |
 *
 * An update with the op `puthash` answers `{value}`: what the key held before.
 */

/** A view; an absent server is "". Before the first view the number is 0 and both names are "". */
export interface View {
  viewnum: number;
  primary: string;
  backup: string;
}

export const NO_VIEW: View = { viewnum: 0, primary: '', backup: '' };

/** "I am alive, and `viewnum` is the view I operate in"; 0 says "I have just started, without data". */
export interface PingParams {
  server: string;
  viewnum: number;
}

export interface GetParams {
  key: string;
}

export const UPDATE_KINDS = ['put', 'append', 'puthash'] as const;
export type UpdateKind = (typeof UPDATE_KINDS)[number];

/** An update; `client` and `sequence` name it for ever, so that a retry is known as one. */
export interface UpdateParams {
  op: UpdateKind;
  key: string;
  value: string;
  /** Unique among all clerks that ever lived. */
  client: string;
  /** Counts the updates of this clerk from 1; a retry keeps its number. */
  sequence: number;
}

/** JSON-RPC error codes with a meaning of their own; the last two are JSON-RPC's. */
export const ERROR_CODE = {
  /** The receiver is not the primary of the view it knows, or not the peer the caller takes it for. */
  'not-primary': -32001,
  /** The receiver cannot do this at the moment; asking again later is sensible. */
  'not-ready': -32002,
  'unknown-method': -32601,
  'bad-params': -32602,
} as const;

export type ErrorName = keyof typeof ERROR_CODE;

export interface Request {
  id: number;
  method: string;
  params: unknown;
}

export interface RpcError {
  code: number;
  message: string;
}

export type Reply = { id: number; result: unknown } | { id: number; error: RpcError };

export function encodeRequest(request: Request): string {
  return `${JSON.stringify({ jsonrpc: '2.0', ...request })}\n`;
}

export function encodeReply(reply: Reply): string {
  return `${JSON.stringify({ jsonrpc: '2.0', ...reply })}\n`;
}

/** The request on a line without its end; `undefined` if it is none. */
export function decodeRequest(line: string): Request | undefined {
  const message = parseObject(line);
  if (message === undefined) return undefined;
  const { id, method, params } = message;
  if (typeof id !== 'number' || typeof method !== 'string') return undefined;
  return { id, method, params };
}

/** The reply on a line without its end; `undefined` if it is none. */
export function decodeReply(line: string): Reply | undefined {
  const reply = parseObject(line);
  if (reply === undefined || typeof reply['id'] !== 'number') return undefined;
  const { id, error } = reply;
  if (error === undefined) return { id, result: reply['result'] };
  if (!isRecord(error) || typeof error['code'] !== 'number') return undefined;
  const message = typeof error['message'] === 'string' ? error['message'] : '';
  return { id, error: { code: error['code'], message } };
}

/** The view in a result of `view.ping` or `view.get`; `undefined` if there is none. */
export function decodeView(result: unknown): View | undefined {
  if (!isRecord(result) || !isRecord(result['view'])) return undefined;
  const { viewnum, primary, backup } = result['view'];
  if (!isCount(viewnum) || typeof primary !== 'string' || typeof backup !== 'string') {
    return undefined;
  }
  return { viewnum, primary, backup };
}

export function decodePing(params: unknown): PingParams | undefined {
  if (!isRecord(params)) return undefined;
  const { server, viewnum } = params;
  return typeof server === 'string' && isCount(viewnum) ? { server, viewnum } : undefined;
}

export function decodeGet(params: unknown): GetParams | undefined {
  if (!isRecord(params)) return undefined;
  const { key } = params;
  return typeof key === 'string' ? { key } : undefined;
}

export function decodeUpdate(params: unknown): UpdateParams | undefined {
  if (!isRecord(params)) return undefined;
  const { op, key, value, client, sequence } = params;
  if (!isUpdateKind(op) || typeof key !== 'string') return undefined;
  if (typeof value !== 'string' || typeof client !== 'string' || !isCount(sequence)) {
    return undefined;
  }
  return { op, key, value, client, sequence };
}

export function isUpdateKind(op: unknown): op is UpdateKind {
  return UPDATE_KINDS.some((kind) => kind === op);
}

/**
 * What a key holds after a puthash of `value`: the 32-bit FNV-1a hash of what it held before, followed
 * by `value`, as decimal text. (The 2014 hand-out; Fowler, Noll and Vo's prime and offset.)
 */
export function putHashOf(before: string, value: string): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(before + value)) hash = Math.imul(hash ^ byte, 0x01000193);
  return String(hash >>> 0);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A whole number from 0. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
