/**
 * Everything but client operations that happened in a run, as the kit saw or did it: processes that
 * came and went, views and who was told them, faults. With the history it is the evidence of a verdict.
 */

import type { LostEnding } from './trace.js';

/** A view as the view service reports it; an absent server is "". */
export interface View {
  viewnum: number;
  primary: string;
  backup: string;
}

/** A change of a process. It causes `exited` itself; the kit causes the other four. */
export interface ProcessEvent {
  kind: 'started' | 'killed' | 'paused' | 'resumed' | 'exited';
  /** ms since the start of the run. */
  atMs: number;
  process: string;
  /** How it ended, such as `exit code 1` or `signal SIGSEGV`; only for `exited`. */
  detail?: string;
  /** Only for `started`: it had run before in this run, and has lost what it held in memory. */
  restarted?: true;
}

/** The view service was seen to report another view than before. */
export interface ViewEvent {
  kind: 'view';
  atMs: number;
  view: View;
}

/**
 * The view service was given a ping in the name of `process`, by a server or by the kit in its place.
 * Only the first of equal pings in a row is kept, with the number of those that followed.
 */
export interface PingedEvent {
  kind: 'pinged';
  atMs: number;
  process: string;
  viewnum: number;
  /** The equal pings that followed it, and when the last of them came, in ms; absent if there was none. */
  again?: { times: number; untilMs: number };
}

/** A process was told a view that it had not been told last. */
export interface ToldEvent {
  kind: 'told';
  /** When the answer came. */
  atMs: number;
  /** When the view service was given the question. */
  askedMs: number;
  process: string;
  view: View;
}

/**
 * A process said something to the view service that the kit cannot read. It may be a ping, so of pings that
 * were not seen nothing can be concluded in this run. Only the first time is kept.
 */
export interface UnreadEvent {
  kind: 'unread';
  atMs: number;
  process: string;
}

/** The ending that the caller of a faulty call saw. */
export type CallerSaw =
  LostEnding | 'refused' | 'silence' | 'a late reply' | 'the reply' | 'nothing: it had hung up';

/** A fault that took effect on one call, or a link that was taken away. */
export interface FaultEvent {
  kind: 'fault';
  atMs: number;
  /** Name of the fault in the registry, such as `drop-reply`. */
  fault: string;
  from: string;
  to: string;
  /** Which call of the link, from 1; absent for a cut of the whole link. */
  call?: number;
  /** The method of the call, where its framing can be read. */
  method?: string;
  /** Id of the client operation that the call carried, where it can be told. */
  operation?: number;
  /** While the call is held, `silence`; what came of it is entered when the call is over. */
  callerSaw: CallerSaw;
  /** Whether the callee was given the whole request. */
  delivered: boolean;
  /** Only of a link: when it was given back; absent if it was still away when the run ended. */
  untilMs?: number;
  /** Only of a link: a call met it, because it was under way then or was dialled while the link was away. */
  met?: true;
  /** The process that the call went to instead of `to`; absent where it was `to`. */
  reached?: string;
  /** For how long a standing delay held the call, in ms; absent where it is a fault of the scenario. */
  standingMs?: number;
}

/** Whether a fault did anything: it hit a call, or took a link away that a call met. */
export function tookEffect({ call, met }: FaultEvent): boolean {
  return call !== undefined || met === true;
}

/** Whether the caller of the call that it hit was given the reply. */
export function wasAnswered({ callerSaw }: FaultEvent): boolean {
  return callerSaw === 'the reply' || callerSaw === 'a late reply';
}

/** Whether the scenario caused this event, directly or not, and not a standing delay. */
export function isOfScenario(event: TimelineEvent): boolean {
  return event.kind !== 'fault' || event.standingMs === undefined;
}

/**
 * Events kept of one run; a submission that makes more, by calls without end, shows nothing new. Later
 * events may have gaps.
 */
export const MAX_EVENTS = 20_000;

export type TimelineEvent =
  ProcessEvent | ViewEvent | PingedEvent | ToldEvent | UnreadEvent | FaultEvent;
