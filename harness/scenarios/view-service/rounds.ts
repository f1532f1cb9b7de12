/**
 * The kit in the place of the servers: rounds of pings, one ping interval apart, in which the living ping
 * one after the other with the numbers that the scenario wants.
 */

import type { ViewClerk } from '../../cluster/cluster.js';
import { describeView } from '../../history/describe.js';
import type { View } from '../../history/timeline.js';
import { isSameView } from '../../history/view-lane.js';
import type { Stage } from '../stage/scenario.js';
import { expectView, NO_VIEW, overdue, restless, unexpected, usurped } from './expectations.js';
import { watchTurns } from './kit-in-time.js';

/**
 * What a living server does in a round. It pings with a number; or with the number of the view that it
 * was told last (0 before the first), as real servers do; or not at all, staying alive all the same.
 */
export type Turn = number | 'last told' | 'rest';

/** The living servers, in the order in which they ping; all others are silent. */
export type Living = Readonly<Record<string, Turn>>;

export interface Rounds {
  /** Plays one round; the view that was told last in it. */
  round(living: Living): Promise<View>;
  /** Plays so many rounds, in which everybody must be told this view. */
  unchanged(view: View, rounds: number, living: Living, because: string): Promise<void>;
  /**
   * Plays rounds until this very view is told. Any other than that and the one before them breaks the
   * rule that is tested; none within `patience` rounds is a failure of liveness.
   */
  reach(wanted: View, living: Living, because: string): Promise<void>;
  /** Plays rounds until a view is told that will do; `wanted` completes the sentence "Expected ...". */
  until(wanted: string, holds: (view: View) => boolean, living: Living): Promise<View>;
  /** Rounds after which whatever has to happen must have happened: three times what a death takes. */
  readonly patience: number;
  /** Rounds in which a change that must not be made is looked out for: twice what a death takes. */
  readonly watch: number;
}

/** Three servers, in an order that the seed has chosen, so that nothing can depend on their names. */
export interface Cast {
  first: string;
  second: string;
  third: string;
}

const CASTS: readonly Cast[] = [
  { first: 'pb1', second: 'pb2', third: 'pb3' },
  { first: 'pb1', second: 'pb3', third: 'pb2' },
  { first: 'pb2', second: 'pb1', third: 'pb3' },
  { first: 'pb2', second: 'pb3', third: 'pb1' },
  { first: 'pb3', second: 'pb1', third: 'pb2' },
  { first: 'pb3', second: 'pb2', third: 'pb1' },
];

/** Starts the view service, and a client in the place of each server. */
export async function startRounds(stage: Stage): Promise<Cast & { rounds: Rounds }> {
  const { cluster, random } = stage;
  const cast = random.child('cast').pick(CASTS);
  await cluster.startView();
  const clerks = Object.values(cast).map((name: string) => cluster.viewClerk(name));
  // A client that is a process of the submission takes time to start, which no ping may wait for.
  for (const clerk of clerks) await clerk.view();
  return { ...cast, rounds: createRounds(stage, clerks) };
}

function createRounds({ cluster, clock }: Stage, clerks: readonly ViewClerk[]): Rounds {
  const { pingIntervalMs, deadPings } = cluster.lab;
  const patience = 3 * deadPings;
  const turns = watchTurns(clock, cluster.lab);
  const latestOf = new Map<string, View>();
  let latest = NO_VIEW;
  let nextMs = clock.now();

  const take = async (name: string, turn: Exclude<Turn, 'rest'>): Promise<void> => {
    const clerk = clerks.find((each) => each.name === name);
    if (clerk === undefined) throw new Error(`the scenario has started no client called ${name}`);
    const viewnum = turn === 'last told' ? (latestOf.get(name)?.viewnum ?? 0) : turn;
    latest = await turns.take(name, () => clerk.ping(viewnum));
    latestOf.set(name, latest);
  };
  const play = async (living: Living, judge: (view: View) => void = () => {}): Promise<View> => {
    await clock.sleep(Math.max(0, nextMs - clock.now()));
    nextMs = clock.now() + pingIntervalMs;
    turns.keep(Object.keys(living));
    for (const [name, turn] of Object.entries(living)) {
      if (turn === 'rest') continue;
      await take(name, turn);
      judge(latest);
    }
    return latest;
  };
  const until: Rounds['until'] = async (wanted, holds, living) => {
    for (let n = 0; n < patience; n++) {
      const view = await play(living);
      if (holds(view)) return view;
    }
    throw overdue(`${wanted}, within ${patience} rounds of pings`, latest);
  };
  return {
    patience,
    watch: 2 * deadPings,
    round: (living) => play(living),
    until,
    async unchanged(view, rounds, living, because) {
      for (let n = 0; n < rounds; n++) {
        await play(living, (told) => expectView(told, view, because));
      }
    },
    async reach(wanted, living, because) {
      const before = latest;
      const holds = (view: View): boolean => {
        if (isSameView(view, wanted)) return true;
        if (isSameView(view, before)) return false;
        throw unexpected(wanted, view, because);
      };
      await until(`${describeView(wanted)} ${because}`, holds, living);
    },
  };
}

/** Lets one server become the primary of the first view. */
export async function startFirst(rounds: Rounds, name: string): Promise<View> {
  const isPrimary = ({ primary }: View) => primary === name;
  return rounds.until(`${name} to become primary`, isPrimary, { [name]: 0 });
}

/**
 * Forms a view of two servers as the lab's own test does: one pings alone until it is primary, then the
 * other joins. Goes on until both have been told the same view and have pinged with its number.
 */
export async function formPair(rounds: Rounds, primary: string, backup: string): Promise<View> {
  await startFirst(rounds, primary);
  const isPair = (view: View) => view.primary === primary && view.backup === backup;
  const living: Living = { [primary]: 'last told', [backup]: 'last told' };
  return settle(rounds, `primary ${primary} and backup ${backup}`, isPair, living);
}

/** Plays rounds until three in a row have ended with one view that will do. */
export async function settle(
  rounds: Rounds,
  wanted: string,
  holds: (view: View) => boolean,
  living: Living,
): Promise<View> {
  let stable = 0;
  let latest = NO_VIEW;
  for (let n = 0; n < rounds.patience; n++) {
    const view = await rounds.round(living);
    stable = isSameView(latest, view) ? stable + 1 : 0;
    latest = view;
    if (holds(view) && stable === 2) return view;
  }
  const within = `within ${rounds.patience} rounds of pings`;
  throw holds(latest) ? restless(latest, within) : overdue(`${wanted}, ${within}`, latest);
}

/** Watches out for a change that would make this server primary. */
export async function neverLeads(
  rounds: Rounds,
  server: string,
  living: Living,
  because: string,
): Promise<void> {
  for (let n = 0; n < rounds.watch; n++) {
    const view = await rounds.round(living);
    if (view.primary === server) throw usurped(server, view, because);
  }
}
