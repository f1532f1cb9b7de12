/**
 * The rules of views as a machine that has all lawful choices at once: from the states that a view service
 * may be in, a ping and its answer, to the states that it may be in then. None are left if the answer breaks
 * a rule, or if a change that was due for long has not come. It has no clock: times come with the pings.
 *
 * A change may come at a ping or between two pings, and may be late. The ping at which it comes may be
 * answered with the view before or after it; each later one with the view after.
 */

import type { View } from '../../../history/timeline.js';
import { isSameView } from '../../../history/view-lane.js';
import { changes, type Moment } from './next-views.js';
import { isOverdue, withDue } from './dues.js';
import {
  distinct,
  entered,
  roleOf,
  withMember,
  type Belief,
  type Heard,
  type Restarted,
  type Role,
  type State,
} from './state.js';
import type { Times } from './times.js';

/** Something that the view service was asked, and its answer. */
interface Answer {
  /** The view service was asked between these times, in ms. */
  askedMs: number;
  answeredMs: number;
  answer: View;
}

/** A ping and its answer. */
export interface PingEvent extends Answer {
  server: string;
  viewnum: number;
}

/** A client that is not a server asked the view service for the view. */
export interface Question extends Answer {
  server?: undefined;
}

export type Exchange = PingEvent | Question;

/** Before the first ping. */
export const NOTHING_HEARD: Belief = {
  states: [entered({ viewnum: 0, primary: '', backup: '' })],
  heard: new Map(),
  atMs: 0,
  told: { viewnum: 0, primary: '', backup: '' },
};

/** The possible states after an answer; pings and requests come one after the other. */
export function possible(belief: Belief, event: Exchange, times: Times): Belief {
  const heard = heardAfter(belief, event);
  const answered = { ...event, times, heard, isPing: event.server !== undefined };
  const { answer } = event;
  const states = answerable(belief, event, times)
    .filter(({ before, after }) => [before, after.view].some((view) => isSameView(view, answer)))
    .map(({ after }) => withDue(told(after, event), answered));
  return {
    states: distinct(states.filter((state) => !isOverdue(state, answered))),
    heard,
    atMs: event.askedMs,
    told: answer,
    due: states.find(({ view, due }) => due !== undefined && isSameView(view, answer))?.due
      ?.because,
  };
}

/** A way in which a ping or a question may be handled. */
interface Handling {
  /** The view when it came. */
  before: View;
  /** The state when it is answered. */
  after: State;
}

/** The states right after a ping was taken in, before anything that it may change. */
export function takenIn(belief: Belief, event: Exchange, times: Times): State[] {
  const moment = { times, heard: belief.heard, fromMs: belief.atMs };
  return belief.states.map((state) => withPing(withSilence(state, event, moment), event));
}

/** All ways in which the view service may handle a ping or a question, whatever it answers. */
function answerable(belief: Belief, event: Exchange, times: Times): Handling[] {
  const earlier: Moment = { times, heard: belief.heard, fromMs: belief.atMs };
  const later: Moment = { times, heard: heardAfter(belief, event), fromMs: event.askedMs };
  const silent = belief.states.map((state) => withSilence(state, event, earlier));
  return withChanges(silent, earlier).flatMap((state) => {
    const handled = withPing(state, event);
    return [
      { before: state.view, after: handled },
      ...changes(handled, later)
        .flatMap((next) => mayAcknowledgeItself(next, event))
        .map((after) => ({ before: state.view, after })),
    ];
  });
}

export function heardAfter({ heard }: Belief, event: Exchange): Belief['heard'] {
  if (event.server === undefined) return heard;
  const now: Heard = { fromMs: event.askedMs, untilMs: event.answeredMs, viewnum: event.viewnum };
  return new Map([...heard, [event.server, now] as const]);
}

function withChanges(states: readonly State[], moment: Moment): State[] {
  return distinct([...states, ...states.flatMap((state) => changes(state, moment))]);
}

/** Notes which members may have been found dead by the time of the answer, the one that pings included. */
function withSilence(state: State, { answeredMs }: Exchange, { times, heard }: Moment): State {
  const roles: readonly Role[] = ['primary', 'backup'];
  return roles.reduce((known, role) => {
    const last = heard.get(state.view[role]);
    if (last === undefined || answeredMs - last.fromMs < times.mayBeDeadMs) return known;
    return withMember(known, role, { missed: true });
  }, state);
}

function withPing(state: State, event: Exchange): State {
  if (event.server === undefined) return state;
  const { server, viewnum } = event;
  const role = roleOf(server, state.view);
  if (role === undefined) return state;
  if (viewnum === 0) {
    return withMember(state, role, { restarted: afterZero(state, role) });
  }
  if (role === 'backup' || viewnum !== state.view.viewnum) return state;
  const acknowledged = { ...state, acknowledged: true };
  // A primary that says that it works in the view may mean that its ping with 0 was an old one that came
  // late. But where its backup had to take over by then, that is not undone.
  const mayHaveData = state.primary.restarted === 'surely' && state.due === undefined;
  return mayHaveData ? withMember(acknowledged, role, { restarted: 'maybe' }) : acknowledged;
}

function afterZero(state: State, role: Role): Restarted {
  const { restarted, told: knowsView } = state[role];
  // In view 1, before it is acknowledged, no client can have written anything yet.
  const hasNothingToLose = state.view.viewnum === 1 && !state.acknowledged;
  if (restarted === 'surely' || (knowsView && !hasNothingToLose)) return 'surely';
  return 'maybe';
}

/** The ping with which view 1 begins may bear its number by chance; whether that acknowledges it is open. */
function mayAcknowledgeItself(state: State, event: Exchange): State[] {
  if (event.server === undefined) return [state];
  const { server, viewnum } = event;
  const fits = server === state.view.primary && viewnum === state.view.viewnum;
  return fits ? [state, { ...state, acknowledged: true }] : [state];
}

/** Notes that the server that has pinged knows the view, if it was answered with it. */
function told(state: State, { server, answer }: Exchange): State {
  const role = server === undefined ? undefined : roleOf(server, state.view);
  if (role === undefined || !isSameView(state.view, answer)) return state;
  return withMember(state, role, { told: true });
}
