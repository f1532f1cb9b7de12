/** Tells why the server that answered a read did not have a write: it was never given it, refused it, or lost it again. */

import type { Operation } from '../../history/operation.js';
import { calleeOf } from '../../history/trace.js';
import { tellingWrites } from '../../history/trace/said-writes.js';
import { answerTo } from './answered-by.js';
import { lastStateWithout, type Missing } from './missing.js';
import { at, nameOf } from './receipt-phrases.js';
import { isReadable, receiptsOf, startOf, type Receipt, type Trace } from './receipts.js';
import { tellLostAgain, tellRestarted } from './tell-lost-again.js';
import { tellNeverGiven, tellStateWithout } from './tell-never-given.js';
import { tellViews } from './tell-views.js';

/** Sentences, the moment at which the servers part first; none if it cannot be told. */
export function tellMissed(
  { read, write, shownBy }: { read: Operation; write: Operation; shownBy?: Operation | undefined },
  trace: Trace,
): string[] {
  const answer = answerTo(read, trace);
  const shown = answerTo(shownBy ?? write, trace);
  if (answer === undefined || shown === undefined) return [];
  if (!isReadable(answer.server, trace) || !canBeFound(write, answer.server, trace)) return [];
  const before = receiptsOf(write, trace).filter(({ atMs }) => atMs < answer.atMs);
  const born = startOf(answer.server, trace, answer.atMs);
  const isOwn = ({ server, atMs }: Receipt) => server === answer.server && atMs >= born;
  const missing: Missing = {
    read,
    write,
    answer,
    shown,
    shownIn: shownBy === undefined ? 'acknowledged' : 'read',
    own: before.filter(isOwn),
    others: before.filter((one) => one.server !== answer.server),
    trace,
  };
  return [...tellCause(missing), tellAnswer(missing)];
}

/** A write that cannot be told from others in a message may have come with any message of another server. */
function canBeFound({ id }: Operation, server: string, { calls, clients, operations }: Trace) {
  const isAlone = !calls.some((call) => calleeOf(call) === server && !clients.has(call.from));
  return isAlone || tellingWrites(operations).some((write) => write.id === id);
}

function tellCause(missing: Missing): string[] {
  const { answer, shown, own, trace } = missing;
  const given = own.filter(({ fate }) => fate !== 'refused');
  const wasRestarted = startOf(answer.server, trace, answer.atMs) > shown.atMs;
  if (shown.server === answer.server && wasRestarted && given.length === 0)
    return tellRestarted(missing);
  if (given.length > 0) return tellLostAgain(missing, given);
  const without = lastStateWithout(missing, shown.atMs);
  if (without !== undefined) return tellStateWithout(missing, without);
  if (shown.server === answer.server) return [];
  const views = tellViews(missing);
  return views.length > 0 ? views : tellNeverGiven(missing);
}

function tellAnswer({ read, write, answer, own, trace }: Missing): string {
  const what = read.op === 'get' ? 'the read' : nameOf(read);
  const isNever = own.length === 0 && startOf(answer.server, trace, answer.atMs) <= write.callMs;
  const state = isNever ? `; no call has ever brought it ${nameOf(write)}` : '';
  return `${answer.server} answered ${what} at ${at(answer.atMs)}${state}.`;
}
