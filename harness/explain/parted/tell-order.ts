/** Tells in which order servers were given two writes that they show in different orders. */

import type { Operation } from '../../history/operation.js';
import { answerTo, type Answer } from './answered-by.js';
import { at, nameOf, nameOfCall } from './receipt-phrases.js';
import { receiptsOf, type Receipt, type Trace } from './receipts.js';
import { tellMissed } from './tell-missed.js';

interface Swapped {
  one: Operation;
  other: Operation;
  first: Operation;
  second: Operation;
}

/** Sentences about two reads that show two writes in two orders. */
export function tellSwapped({ one, other, first, second }: Swapped, trace: Trace): string[] {
  const [a, b] = [answerTo(one, trace), answerTo(other, trace)];
  if (a === undefined || b === undefined) return [];
  const isGivenFirst = isGiven(first, b, trace);
  if (!isGivenFirst) return tellMissed({ read: other, write: first, shownBy: one }, trace);
  const isRegister = one.value === first.value;
  const orders = [...new Set([a.server, b.server])].flatMap((server) =>
    tellOrder(server, [first, second], trace, b.atMs),
  );
  if (a.server === b.server) return [`${a.server} answered both reads.`, ...orders];
  const moment = lastGiven([first, second], b, trace);
  const what = isRegister
    ? `${a.server} answered with ${nameOf(first)} at ${at(a.atMs)}, and ${b.server} with ${nameOf(second)} at ${at(b.atMs)}`
    : `${a.server} has ${nameOf(first)} where ${b.server} has ${nameOf(second)}`;
  return [
    `The servers part at ${at(moment)}, when ${b.server} is given the second of two writes: ${what}.`,
    ...orders,
  ];
}

/** Sentences about a write that a client asked for later and that a server did first. */
export function tellOvertaken(
  { read, earlier, later }: { read: Operation; earlier: Operation; later: Operation },
  trace: Trace,
): string[] {
  const answer = answerTo(read, trace);
  if (answer === undefined) return [];
  const order = tellOrder(answer.server, [earlier, later], trace, answer.atMs);
  if (order.length === 0) return [];
  return [...order, `${answer.server} answered the read at ${at(answer.atMs)}.`];
}

function isGiven(write: Operation, { server, atMs }: Answer, trace: Trace): boolean {
  return accepted(write, server, trace, atMs).length > 0;
}

function accepted(write: Operation, server: string, trace: Trace, untilMs: number): Receipt[] {
  return receiptsOf(write, trace).filter(
    (one) => one.server === server && one.atMs < untilMs && one.fate !== 'refused',
  );
}

/** When it had been given both of them for the first time. */
function lastGiven(writes: readonly Operation[], { server, atMs }: Answer, trace: Trace) {
  const times = writes.map((write) => accepted(write, server, trace, atMs)[0]?.atMs ?? 0);
  return Math.max(...times);
}

/** In the order in which they were given; whether one was done before the other was given is said where it is sure. */
function tellOrder(
  server: string,
  writes: readonly Operation[],
  trace: Trace,
  untilMs: number,
): string[] {
  const given = writes
    .flatMap((write) =>
      accepted(write, server, trace, untilMs).map((receipt) => ({ write, receipt })),
    )
    .toSorted((a, b) => a.receipt.atMs - b.receipt.atMs);
  if (new Set(given.map(({ write }) => write)).size < 2) return [];
  const shown = given.slice(0, 4).map(({ write, receipt }) => {
    const { call, atMs, fate } = receipt;
    const then = {
      answered: `answered at ${at(call.repliedMs ?? 0)}`,
      'answer lost': `its answer did not reach ${call.from}`,
      refused: 'refused',
      'never answered': 'not answered',
    }[fate];
    return `${nameOf(write)} at ${at(atMs)} (${nameOfCall(call)}, ${then})`;
  });
  return [`${server} was given ${shown.join(', then ')}.`];
}
