/** Short ways to write down operations in tests. Times are ms; a history numbers its operations. */

import type { Operation } from '../../../harness/history/operation.js';

type Sketch = Omit<Operation, 'id'>;

/** Acknowledged, from `callMs` to `returnMs`. */
export function put(client: string, value: string, callMs: number, returnMs: number): Sketch {
  return { client, op: 'put', key: 'k', value, callMs, returnMs, outcome: 'ok' };
}

/** Acknowledged. */
export function append(client: string, value: string, callMs: number, returnMs: number): Sketch {
  return { client, op: 'append', key: 'k', value, callMs, returnMs, outcome: 'ok' };
}

/** Acknowledged; it returned the value before it. */
export function puthash(
  client: string,
  value: string,
  returned: string,
  callMs: number,
  returnMs: number,
): Sketch {
  return { client, op: 'puthash', key: 'k', value, returned, callMs, returnMs, outcome: 'ok' };
}

/** Returned `value`. */
export function get(client: string, value: string, callMs: number, returnMs: number): Sketch {
  return { client, op: 'get', key: 'k', value, callMs, returnMs, outcome: 'ok' };
}

/** The same operation, never answered. */
export function open({ returnMs: _returnMs, returned: _returned, ...rest }: Sketch): Sketch {
  return { ...rest, outcome: 'indefinite' };
}

/** The same operation, which surely had no effect. */
export function failed(sketch: Sketch): Sketch {
  return { ...sketch, outcome: 'failed', error: 'refused' };
}

export function history(...sketches: Sketch[]): Operation[] {
  return sketches.map((sketch, id) => ({ id, ...sketch }));
}
