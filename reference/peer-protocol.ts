/**
 * What servers say to each other, over the wire of pblab/1. This is the implementation's own
 * business, so it is kept apart from protocol.ts: no other implementation has to speak it.
 *
 * | method            | params                           | result |
 * |-------------------|----------------------------------|--------|
 * | `backup.forward`  | `{view, primary, operation}`     | `{}`   |
 * | `backup.transfer` | `{view, primary, store, filter}` | `{}`   |
 */

import { decodeGet, decodeUpdate, isCount, isRecord } from './protocol.js';
import { decodeSnapshot } from './replica.js';
import type { Operation, Snapshot } from './replica.js';

/** The view that the sender operates in, and its name; the receiver compares both with its own view. */
export interface FromPrimary {
  view: number;
  primary: string;
}

export type Forward = FromPrimary & { operation: Operation };
export type Transfer = FromPrimary & Snapshot;

export function decodeForward(params: unknown): Forward | undefined {
  const sender = decodeSender(params);
  const operation = isRecord(params) ? decodeOperation(params['operation']) : undefined;
  return sender && operation && { ...sender, operation };
}

export function decodeTransfer(params: unknown): Transfer | undefined {
  const sender = decodeSender(params);
  const snapshot = decodeSnapshot(params);
  return sender && snapshot && { ...sender, ...snapshot };
}

/** The operation in a forward; `undefined` if it is none. */
export function decodeOperation(operation: unknown): Operation | undefined {
  if (!isRecord(operation)) return undefined;
  if (operation['op'] !== 'get') return decodeUpdate(operation);
  const get = decodeGet(operation);
  return get && { op: 'get', ...get };
}

/** Who sends, in the params of any call between servers; `undefined` if they do not say. */
export function decodeSender(params: unknown): FromPrimary | undefined {
  if (!isRecord(params)) return undefined;
  const { view, primary } = params;
  return isCount(view) && typeof primary === 'string' ? { view, primary } : undefined;
}
