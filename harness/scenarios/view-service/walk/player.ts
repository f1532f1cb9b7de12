/** Plays letters: the kit pings in the place of all servers, and the others live on meanwhile. */

import type { View } from '../../../history/timeline.js';
import { roleOf } from '../model/state.js';
import type { Letter } from './letters.js';
import type { Table } from './table.js';

/** The operations that a player needs. */
export interface World {
  pingIntervalMs: number;
  deadPings: number;
  /** In ms. */
  now(): number;
  sleep(ms: number): Promise<void>;
  ping(server: string, viewnum: number): Promise<View>;
  /** Asks for the view without pinging. */
  ask(): Promise<View>;
}

export interface Player {
  /** Plays one letter; throws `Unmet` if an answer breaks a rule, or a change that is due does not come. */
  play(letter: Letter): Promise<void>;
  /** Asks for the view. */
  ask(): Promise<void>;
  /**
   * Lets the members of the view live, and all other servers, too, if `isFull`: each pings what it is told,
   * for a few rounds or until all is well.
   */
  recover(isFull: boolean): Promise<void>;
}

/** Pings that a server may miss without being dead. */
const MISSED = 2;

/** Rounds in which servers that live get to a view in which all is well, in general. */
const RECOVERY = 5;

/**
 * Ping intervals after a ping with 0 in which a server is not heard with another number: real ones take longer to
 * start. A view service that changes views at its ticks has had one by then.
 */
const STARTING = 2.5;

export function createPlayer(world: World, table: Table): Player {
  let nextMs = world.now();
  /** When each server may be heard with a number other than 0, in ms. */
  const startedMs = new Map<string, number>();

  const isStarting = (server: string, viewnum: number) =>
    viewnum !== 0 && world.now() < (startedMs.get(server) ?? 0);
  const ping = async (server: string, viewnum: number): Promise<void> => {
    const askedMs = world.now();
    if (viewnum === 0) startedMs.set(server, askedMs + STARTING * world.pingIntervalMs);
    const answer = await world.ping(server, viewnum);
    table.take({ server, viewnum, askedMs, answeredMs: world.now(), answer });
  };
  /** One round, in which one server may rest, or ping after all others. */
  const round = async (resting?: string, last?: string): Promise<void> => {
    await world.sleep(Math.max(0, nextMs - world.now()));
    nextMs = world.now() + world.pingIntervalMs;
    const order = (name: string) => (name === last ? 1 : 0);
    for (const { name } of table.living().toSorted((a, b) => order(a.name) - order(b.name))) {
      // An answer to another in this round may have brought news, but not to this one.
      const now = table.living().find((each) => each.name === name);
      if (now === undefined || name === resting || isStarting(name, now.viewnum)) continue;
      await ping(name, now.viewnum);
    }
  };
  const ask = async (): Promise<void> => {
    const askedMs = world.now();
    const answer = await world.ask();
    table.take({ askedMs, answeredMs: world.now(), answer });
  };
  const settle = async (): Promise<void> => {
    await round();
    // The answers of a patient kit decide whether a change is overdue; without anybody to ask there are none.
    for (let n = 0; n < 4 * world.deadPings && table.isDue(); n++) await round();
    await ask();
  };
  /** Long enough for a view service to find servers dead, and no longer than until the first has left the view. */
  const outlive = async ([name = '', ...more]: readonly string[]): Promise<void> => {
    const isMember = () => roleOf(name, table.belief().told) !== undefined;
    const wasMember = isMember();
    // An idle server must be so dead that no view service takes it any more; so must two members.
    const isLong =
      !wasMember || more.some((other) => roleOf(other, table.belief().told) !== undefined);
    const rounds = isLong ? 2 * world.deadPings + 1 : world.deadPings + 3;
    for (let n = 0; n < rounds; n++) {
      if (wasMember && !isMember()) return;
      await round();
    }
  };
  return {
    ask,
    async recover(isFull) {
      table.recover(isFull);
      for (let n = 0; n < RECOVERY && !table.isWell(); n++) await round();
    },
    async play(letter) {
      const names = table.who(letter);
      for (const name of names) {
        const viewnum = table.numberFor(letter, name);
        table.change(name, letter, viewnum);
        if (viewnum === undefined) continue;
        while (isStarting(name, viewnum)) await round(name);
        await ping(name, viewnum);
      }
      const [name = ''] = names;
      if (letter.does === 'pause') {
        for (let n = 0; n < MISSED; n++) await round(name);
        await round(undefined, name);
      }
      if (letter.quick) return;
      if (letter.does === 'silence') await outlive(names);
      await settle();
    },
  };
}
