/**
 * Finds for each printed connection error the call that had just failed. The program does not say which
 * it was; but it prints soon after, and what it prints tells how the call ended.
 */

import type { LostEnding, TracedCall } from '../../history/trace.js';
import { isDial, type Phrase } from '../../printed/phrases.js';
import type { PrintedError } from '../../printed/printed-errors.js';

/** A program may take this long to print an error, on a busy machine, in ms. */
const PRINTED_WITHIN_MS = 500;

/** The relay may note the end of a call after the caller has seen it, in ms. */
const SLACK_MS = 5;

/** The endings of a call that fit each error; the other errors are of dials, which relays do not see. */
const ENDINGS: Partial<Record<Phrase, readonly LostEnding[]>> = {
  'unexpected EOF': ['end of stream before the reply', 'end of stream inside the reply'],
  'connection reset by peer': ['reset or broken pipe'],
  'broken pipe': ['reset or broken pipe'],
  'gob error': ['end of stream inside the reply'],
};

const ANY_ENDING: readonly LostEnding[] = [
  'reset or broken pipe',
  'end of stream before the reply',
  'end of stream inside the reply',
];

/** An error with whom the program was calling and in which call, as far as that can be told. */
export interface JoinedError extends PrintedError {
  process: string;
  call?: LostCall;
}

/** A call that ended without its reply. */
export type LostCall = TracedCall & { ending: LostEnding; endMs: number };

/** The errors of one process, in their order; each call is found at most once. */
export function joinErrors(
  process: string,
  errors: readonly PrintedError[],
  calls: readonly TracedCall[],
): JoinedError[] {
  const lost = calls
    .filter(isLost)
    .filter(({ from }) => from === process)
    .toSorted((a, b) => a.endMs - b.endMs);
  const found = new Map<PrintedError, LostCall>();
  pair(errors, lost, found, (phrase) => ENDINGS[phrase]);
  // The kernel may have told the program another ending than the relay expected.
  pair(errors, lost, found, (phrase) => (isDial(phrase) ? undefined : ANY_ENDING));
  return errors.map((error) => {
    const call = found.get(error);
    return call === undefined ? { ...error, process } : { ...error, process, peer: call.to, call };
  });
}

/**
 * Goes backwards through the errors and gives each the latest call before it that is left. So neither a
 * call of which nothing was printed nor two that failed together lead to a wrong pair.
 */
function pair(
  errors: readonly PrintedError[],
  lost: readonly LostCall[],
  found: Map<PrintedError, LostCall>,
  endingsOf: (phrase: Phrase) => readonly LostEnding[] | undefined,
): void {
  const taken = new Set(found.values());
  for (const error of errors.toReversed()) {
    const endings = endingsOf(error.phrase);
    if (endings === undefined || found.has(error)) continue;
    const call = lost.findLast(
      (one) =>
        one.endMs <= error.atMs + SLACK_MS &&
        one.endMs >= error.atMs - PRINTED_WITHIN_MS &&
        endings.includes(one.ending) &&
        (error.peer === undefined || error.peer === one.to) &&
        !taken.has(one),
    );
    if (call === undefined) continue;
    taken.add(call);
    found.set(error, call);
  }
}

function isLost(call: TracedCall): call is LostCall {
  return call.endMs !== undefined && ANY_ENDING.some((ending) => ending === call.ending);
}
