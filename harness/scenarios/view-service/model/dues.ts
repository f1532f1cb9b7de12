/**
 * When a change has to come: only where each view service that keeps the rules must agree that the view is
 * not the right one any more, that it may be left, and who is to be in the next.
 */

import { mayBeGone } from './next-views.js';
import type { Heard, Member, State } from './state.js';
import type { Times } from './times.js';

/** The known facts when an answer has come. */
export interface Answered {
  times: Times;
  heard: ReadonlyMap<string, Heard>;
  /** When the view service was asked, and had answered, in ms. */
  askedMs: number;
  answeredMs: number;
  /** Pings that go on count; questions need not bring a change about. */
  isPing: boolean;
}

/** The state after an answer, with what is due in it. */
export function withDue(state: State, answered: Answered): State {
  const { due, ...rest } = state;
  const because = whyChangeIsDue(state, answered);
  if (because === undefined) return rest;
  const before = due ?? { sinceMs: answered.answeredMs, answers: 0 };
  const answers = before.answers + (answered.isPing ? 1 : 0);
  return { ...rest, due: { sinceMs: before.sinceMs, answers, because } };
}

/** Whether a change has been due for longer than any view service may take. */
export function isOverdue({ due }: State, { times, askedMs }: Answered): boolean {
  if (due === undefined) return false;
  return askedMs - due.sinceMs >= times.patienceMs && due.answers >= times.patienceAnswers;
}

/** Why the view must change, as a clause; undefined if it need not. */
export function whyChangeIsDue(
  state: State,
  answered: Omit<Answered, 'isPing'>,
): string | undefined {
  const { view, acknowledged } = state;
  const { primary, backup } = view;
  const alive = [...answered.heard.keys()].filter((server) => isSurelyAlive(server, answered));
  if (view.viewnum === 0) return alive[0] && `${alive[0]} had pinged`;
  if (!acknowledged) return undefined;
  const primaryIsFine = isFine(primary, state.primary, answered);
  if (backup === '') {
    const idle = alive.find((server) => server !== primary);
    return primaryIsFine && idle !== undefined
      ? `there was no backup, and ${idle} was idle`
      : undefined;
  }
  if (primaryIsFine) return whyGone(backup, state.backup, answered);
  return isFine(backup, state.backup, answered)
    ? whyGone(primary, state.primary, answered)
    : undefined;
}

/** Whether a member lives for certain and has its data. */
function isFine(server: string, member: Member, answered: Omit<Answered, 'isPing'>): boolean {
  return !mayBeGone(member) && isSurelyAlive(server, answered);
}

function isSurelyAlive(
  server: string,
  { heard, times, answeredMs }: Omit<Answered, 'isPing'>,
): boolean {
  return answeredMs - (heard.get(server)?.fromMs ?? -Infinity) < times.mayBeDeadMs;
}

/** Why a member is dead for certain, as a clause. */
function whyGone(
  server: string,
  { restarted }: Member,
  { heard, times, askedMs }: Omit<Answered, 'isPing'>,
): string | undefined {
  if (restarted === 'surely')
    return `${server} had restarted (pinged 0) since it was told that view`;
  const silentMs = askedMs - (heard.get(server)?.untilMs ?? -Infinity);
  return silentMs >= times.mustBeDeadMs ? `${server} had fallen silent` : undefined;
}
