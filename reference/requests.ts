/**
 * Every request that a server understands, as one type. Data from a socket is unknown until it
 * has passed here.
 */

import { decodeForward, decodeTransfer } from './peer-protocol.js';
import type { Forward, Transfer } from './peer-protocol.js';
import { decodeGet, decodeUpdate } from './protocol.js';
import type { ErrorName } from './protocol.js';
import type { Operation } from './replica.js';

export type ServerRequest =
  | { kind: 'client'; operation: Operation }
  | { kind: 'forward'; forward: Forward }
  | { kind: 'transfer'; transfer: Transfer };

/** The request, or the name of the error that it deserves. */
export function decodeServerRequest(method: string, params: unknown): ServerRequest | ErrorName {
  switch (method) {
    case 'kv.get': {
      const get = decodeGet(params);
      return get ? { kind: 'client', operation: { op: 'get', ...get } } : 'bad-params';
    }
    case 'kv.update': {
      const update = decodeUpdate(params);
      return update ? { kind: 'client', operation: update } : 'bad-params';
    }
    case 'backup.forward': {
      const forward = decodeForward(params);
      return forward ? { kind: 'forward', forward } : 'bad-params';
    }
    case 'backup.transfer': {
      const transfer = decodeTransfer(params);
      return transfer ? { kind: 'transfer', transfer } : 'bad-params';
    }
    default:
      return 'unknown-method';
  }
}
