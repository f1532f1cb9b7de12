/**
 * Who owed an answer that did not come. A question passes from a client to a server and on to another; of those
 * who have it, the last owes the answer, and the one who was never heard of at a relay owes it as well.
 */

import { describeMs, previewKey } from '../history/describe.js';
import type { TracedCall } from '../history/trace.js';
import { VIEW_SERVICE } from './cluster.js';

export interface Silence {
  /** The process that owed the answer. */
  owner: string;
  /** A clause such as `pb1 was given c1's call 4 (PBServer.Get) at 812 ms and did not answer; pb1 printed nothing`. */
  says: string;
}

export interface SilenceFacts {
  calls: readonly TracedCall[];
  /** All that a process has printed. */
  printed: (process: string) => string;
}

/** From one process to the next that waits for it; more tell no more. */
const MAX_STEPS = 4;

/** Longest text shown of what a process printed last, in characters. */
const WORDS_LENGTH = 120;

/** Who owed the answer to what `asker` was asked at `sinceMs`. */
export function accountForSilence(
  asker: string,
  sinceMs: number,
  { calls, printed }: SilenceFacts,
): Silence {
  const clauses: string[] = [];
  const seen = new Set<string>();
  let owner = asker;
  for (let step = 0; step < MAX_STEPS && !seen.has(owner); step++) {
    seen.add(owner);
    const own = calls.filter((call) => call.from === owner && isSince(call, sinceMs));
    const waiting = own.filter(({ endMs }) => endMs === undefined);
    const open = waiting.findLast(({ to }) => to !== VIEW_SERVICE) ?? waiting.at(-1);
    if (open === undefined) {
      clauses.push(
        step === 0 ? describeOwn(owner, own.at(-1)) : `${owner} called nobody meanwhile`,
      );
      break;
    }
    const { to, reached = to } = open;
    clauses.push(describeOpen(open, reached));
    if (open.deliveredMs === undefined) break;
    owner = reached;
  }
  clauses.push(describeWords(owner, printed(owner)));
  return { owner, says: clauses.join('; ') };
}

function isSince({ startMs, endMs = Infinity }: TracedCall, sinceMs: number): boolean {
  return startMs >= sinceMs || endMs >= sinceMs;
}

/** Of one whose calls are all over. */
function describeOwn(process: string, last: TracedCall | undefined): string {
  if (last === undefined) return `${process} called nobody`;
  const { to, reached = to, ending, endMs = 0 } = last;
  const how =
    ending === 'answered' ? `was answered by ${reached}` : `ended with "${ending}" at ${reached}`;
  return `${process}'s last call (${nameOf(last)}) ${how} at ${describeMs(endMs)}, and ${process} did not go on`;
}

function describeOpen(call: TracedCall, callee: string): string {
  const whose = `${call.from}'s call ${nameOf(call)}`;
  if (call.deliveredMs === undefined) return `${whose} was not delivered to ${callee}`;
  return `${callee} was given ${whose} at ${describeMs(call.deliveredMs)} and did not answer`;
}

function nameOf({ number, method }: TracedCall): string {
  return method === undefined ? String(number) : `${number} (${previewKey(method)})`;
}

function describeWords(process: string, text: string): string {
  const last = text.trimEnd().split('\n').at(-1)?.trim() ?? '';
  if (last === '') return `${process} printed nothing`;
  return `the last line that ${process} printed: ${JSON.stringify(last.slice(0, WORDS_LENGTH))}`;
}
