/** Words for calls, writes and receipts. */

import { describeData, describeMs, previewKey, previewValue } from '../../history/describe.js';
import type { Operation } from '../../history/operation.js';
import type { TracedCall } from '../../history/trace.js';
import type { Fate, Receipt } from './receipts.js';

/** Such as `c1's append of "x"`. */
export function nameOf({ client, op, key, value }: Operation): string {
  return op === 'get'
    ? `${client}'s get of ${previewKey(key)}`
    : `${client}'s ${op} of ${previewValue(value)}`;
}

/** Such as `pb1's backup.forward (call 3)`. */
export function nameOfCall({ from, method, number }: TracedCall): string {
  const what = method === undefined ? `call ${number}` : `${previewKey(method)} (call ${number})`;
  return `${from}'s ${what}`;
}

export function at(ms: number): string {
  return describeMs(Math.round(ms));
}

/** Such as `pb1 was given it at 12 ms by c1's call 3, and refused it: "not-primary"`. */
export function tellReceipt({ server, call, atMs, fate }: Receipt, what: string): string {
  const by = nameOfCall(call);
  const twice = call.fault === 'duplicate-request' ? ' twice (duplicate-request)' : '';
  return `${server} was given ${what}${twice} at ${at(atMs)} by ${by}${FATES[fate](call)}`;
}

const FATES: Record<Fate, (call: TracedCall) => string> = {
  answered: () => '',
  'answer lost': ({ from }) => `; its answer did not reach ${from}`,
  refused: (call) => ` and refused: ${saidIn(call)}`,
  'never answered': () => ' and never answered',
};

/** What a callee answered. */
export function saidIn({ error, result }: TracedCall): string {
  return describeData(error ?? result);
}
