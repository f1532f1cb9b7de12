/**
 * One state that a lawful view service may be in. A service decides itself what it keeps about its servers: here
 * stands only what the rules make of the pings that it was given.
 */

import type { View } from '../../../history/timeline.js';

/** `maybe` where the lab leaves open whether a ping with 0 means that data was lost. */
export type Restarted = 'no' | 'maybe' | 'surely';

/** A member of the view. */
export interface Member {
  /** Whether it was told this view: before, a ping with 0 is that of a newcomer. */
  told: boolean;
  /** Whether it has lost its data in this view. */
  restarted: Restarted;
  /** Whether it was silent so long in this view that it may have been found dead. A service need not forget that. */
  missed: boolean;
}

/** A change that has to come. */
export interface Due {
  /** From when it was due for certain, in ms. */
  sinceMs: number;
  /** Pings that were answered since then. */
  answers: number;
  /** Why, as a clause: `pb1 had restarted (pinged 0)`. */
  because: string;
}

export interface State {
  view: View;
  /** Whether the primary has pinged with the number of the view. */
  acknowledged: boolean;
  primary: Member;
  backup: Member;
  /** Absent if no change has to come. */
  due?: Due;
}

/** When the view service got the last ping of a server: not before the first of these, and not after the second. */
export interface Heard {
  fromMs: number;
  untilMs: number;
  /** The number of that ping. */
  viewnum: number;
}

/** All states that the view service may be in, and what it was given. */
export interface Belief {
  states: readonly State[];
  /** By server, those that have pinged, in the order of their first pings. */
  heard: ReadonlyMap<string, Heard>;
  /** When the view service was asked last, in ms; changes since then may have come. */
  atMs: number;
  /** The view that was told last. */
  told: View;
  /** Why another view than this has to follow; absent if none has to. */
  due?: string | undefined;
}

export type Role = 'primary' | 'backup';

const NEW_MEMBER: Member = { told: false, restarted: 'no', missed: false };

/** The state at the beginning of a view. */
export function entered(view: View): State {
  return { view, acknowledged: false, primary: NEW_MEMBER, backup: NEW_MEMBER };
}

/** The role of a server in the view; undefined if it is not in it. */
export function roleOf(server: string, { primary, backup }: View): Role | undefined {
  if (server === primary) return 'primary';
  return server === backup ? 'backup' : undefined;
}

/** A state with something else known of one member. */
export function withMember(state: State, role: Role, known: Partial<Member>): State {
  return { ...state, [role]: { ...state[role], ...known } };
}

/** States, each once; of equal ones the one is kept for which a change has been due for less time. */
export function distinct(states: readonly State[]): State[] {
  const kept = new Map<string, State>();
  for (const state of states) {
    const { due, ...rest } = state;
    const key = JSON.stringify(rest);
    const known = kept.get(key);
    if (known === undefined || isLater(due, known.due)) kept.set(key, state);
  }
  return [...kept.values()];
}

function isLater(one: Due | undefined, other: Due | undefined): boolean {
  if (other === undefined) return false;
  return one === undefined || one.sinceMs > other.sinceMs;
}
