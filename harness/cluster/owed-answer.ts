/**
 * Finds the process that owed a missing answer. A request passes from a client to a server and on to another. The last
 * process that received it owes the answer, as far as the relays have seen.
 */

import { describeMs, describeView, previewKey } from '../history/describe.js';
import type { ProcessEvent, TimelineEvent } from '../history/timeline.js';
import { calleeOf, type TracedCall } from '../history/trace.js';
import { VIEW_SERVICE } from './cluster.js';

export interface Silence {
  /** The process that owed the answer. */
  owner: string;
  /** A clause such as `pb1 was given c1's call 4 (kv.get) at 812 ms and did not answer; pb1 printed nothing`. */
  says: string;
}

/** When the question was asked and when its answer was given up, in ms since the start of the run. */
export interface Wait {
  sinceMs: number;
  untilMs: number;
}

export interface SilenceFacts {
  calls: readonly TracedCall[];
  /** Whether one call can be told from the next on a connection that is kept. */
  areCallsTold: boolean;
  /** All that a process has printed. */
  printed: (process: string) => string;
  timeline: readonly TimelineEvent[];
}

/** The question to a process that had what it needed for its answer. */
export const ASKS_FLUSH = 'does it flush standard output after each line?';

const UNFLUSHED = `the line with its answer did not come (${ASKS_FLUSH})`;

/** Longest chain of waiting processes that is described. */
const MAX_STEPS = 4;

/** A call that is open for less may only be slow. A process without a call for longer has stopped. In ms. */
const LONG_MS = 500;

/** Longest text shown of what a process printed last, in characters. */
const WORDS_LENGTH = 120;

/** Who owed the answer to what `asker` was asked. */
export function accountForSilence(asker: string, wait: Wait, facts: SilenceFacts): Silence {
  const clauses: string[] = [];
  const seen = new Set<string>();
  let owner = asker;
  for (let step = 0; step < MAX_STEPS && !seen.has(owner); step++) {
    seen.add(owner);
    const own = facts.calls.filter((call) => call.from === owner && isDuring(call, wait));
    const unanswered = findUnanswered(own, wait);
    if (unanswered === undefined) {
      if (step === 0)
        clauses.push(describeOwn(owner, own, wait, facts), ...wordsOfHangUp(own, facts));
      break;
    }
    clauses.push(describeUnanswered(unanswered, own));
    if (unanswered.deliveredMs === undefined || unanswered.repliedMs !== undefined) break;
    owner = calleeOf(unanswered);
  }
  clauses.push(describeWords(owner, facts.printed(owner)));
  return { owner, says: clauses.join('; ') };
}

function isDuring({ startMs, endMs = Infinity }: TracedCall, { sinceMs }: Wait): boolean {
  return startMs >= sinceMs || endMs >= sinceMs;
}

/**
 * The call that a process waits for, or has hung up on: of those to servers the last, because a server also pings the
 * view service all the time.
 */
function findUnanswered(own: readonly TracedCall[], { untilMs }: Wait): TracedCall | undefined {
  const isWaiting = ({ startMs, endMs }: TracedCall) =>
    endMs === undefined && untilMs - startMs >= LONG_MS;
  const waiting = own.filter(isWaiting);
  const open = waiting.findLast(({ to }) => to !== VIEW_SERVICE) ?? waiting.at(-1);
  if (open !== undefined) return open;
  const last = own.findLast(({ endMs }) => endMs !== undefined);
  const hungUp = last?.ending === 'caller hung up' && last.repliedMs === undefined;
  return hungUp && last.deliveredMs !== undefined ? last : undefined;
}

/** The state of a process that waits for none of its calls. */
function describeOwn(
  process: string,
  calls: readonly TracedCall[],
  { untilMs }: Wait,
  { areCallsTold, timeline }: SilenceFacts,
): string {
  const last = calls.findLast(({ endMs }) => endMs !== undefined) ?? calls.at(-1);
  if (last === undefined) {
    const made = areCallsTold ? 'call' : 'new connection';
    return `${process} made no ${made}${describeOutdatedView(process, timeline)}`;
  }
  const { again, endMs = last.startMs } = last;
  const lastMs = Math.max(endMs, again?.untilMs ?? 0);
  const made = calls.reduce((sum, call) => sum + 1 + (call.again?.times ?? 0), 0);
  const many = made === 1 ? '' : `${process} made ${made} calls; `;
  const how =
    last.ending === 'answered'
      ? `was answered by ${calleeOf(last)}`
      : `to ${calleeOf(last)} ended with "${last.ending}"`;
  const hasStopped = untilMs - lastMs >= LONG_MS;
  const stopped = hasStopped ? `, and then ${process} made no more calls` : '';
  // A process that has what it asked for and does nothing more has either answered or waits for itself.
  const isServed = last.ending === 'answered' && last.error === undefined;
  const flush = isServed && hasStopped ? `; ${UNFLUSHED}` : '';
  return `${many}its last call ${nameOf(last)} ${how} at ${describeMs(Math.round(lastMs))}${stopped}${flush}`;
}

/** What a process printed last that took the last call and ended the connection without an answer. */
function wordsOfHangUp(calls: readonly TracedCall[], { printed }: SilenceFacts): string[] {
  const last = calls.at(-1);
  if (last?.ending !== 'end of stream before the reply' || last.fault !== undefined) return [];
  const callee = calleeOf(last);
  const text = printed(callee);
  return text.trim() === '' ? [] : [describeWords(callee, text)];
}

/** A clause about a process that goes by a view whose primary has gone; otherwise empty. */
function describeOutdatedView(process: string, timeline: readonly TimelineEvent[]): string {
  const told = timeline.findLast((event) => event.kind === 'told' && event.process === process);
  if (told?.kind !== 'told') return '';
  const { view, atMs } = told;
  const last = timeline.findLast((event) => isOfLife(event) && event.process === view.primary);
  if (last === undefined || last.kind === 'started' || last.atMs < atMs) return '';
  return (
    `; it was told ${describeView(view)} at ${describeMs(Math.round(atMs))} and no newer one, ` +
    `but ${view.primary} has gone since ${describeMs(Math.round(last.atMs))}`
  );
}

function isOfLife(event: TimelineEvent): event is ProcessEvent {
  return event.kind === 'started' || event.kind === 'killed' || event.kind === 'exited';
}

function describeUnanswered(call: TracedCall, own: readonly TracedCall[]): string {
  const callee = calleeOf(call);
  const whose = `${call.from}'s call ${nameOf(call)}`;
  if (call.deliveredMs === undefined) return `${whose} was not delivered to ${callee}`;
  if (call.repliedMs !== undefined) return `${callee} answered ${whose}, and the answer is held`;
  const [first = call, ...later] = own.filter(
    (one) =>
      calleeOf(one) === callee && one.deliveredMs !== undefined && one.repliedMs === undefined,
  );
  const atMs = describeMs(Math.round(first.deliveredMs ?? call.deliveredMs));
  const nor = later.length === 0 ? '' : ` it, nor ${later.length} later`;
  return `${callee} received ${call.from}'s call ${nameOf(first)} at ${atMs} and did not answer${nor}`;
}

function nameOf({ number, method }: TracedCall): string {
  return method === undefined ? String(number) : `${number} (${previewKey(method)})`;
}

/** A clause with the last line of all that a process has printed. */
export function describeWords(process: string, text: string): string {
  const last = text.trimEnd().split('\n').at(-1)?.trim() ?? '';
  if (last === '') return `${process} printed nothing`;
  return `the last line that ${process} printed: ${JSON.stringify(last.slice(0, WORDS_LENGTH))}`;
}
