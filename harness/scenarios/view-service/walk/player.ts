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
  return new RoundPlayer(world, table);
}

class RoundPlayer implements Player {
  readonly #world: World;
  readonly #table: Table;
  #nextMs: number;
  /** When each server may be heard with a number other than 0, in ms. */
  readonly #startedMs = new Map<string, number>();

  constructor(world: World, table: Table) {
    this.#world = world;
    this.#table = table;
    this.#nextMs = world.now();
  }

  async ask(): Promise<void> {
    const askedMs = this.#world.now();
    const answer = await this.#world.ask();
    this.#table.take({ askedMs, answeredMs: this.#world.now(), answer });
  }

  async recover(isFull: boolean): Promise<void> {
    this.#table.recover(isFull);
    for (let n = 0; n < RECOVERY && !this.#table.isWell(); n++) await this.#round();
  }

  async play(letter: Letter): Promise<void> {
    const names = this.#table.who(letter);
    for (const name of names) {
      const viewnum = this.#table.numberFor(letter, name);
      this.#table.change(name, letter, viewnum);
      if (viewnum === undefined) continue;
      while (this.#isStarting(name, viewnum)) await this.#round(name);
      await this.#ping(name, viewnum);
    }
    const [name = ''] = names;
    if (letter.does === 'pause') {
      for (let n = 0; n < MISSED; n++) await this.#round(name);
      await this.#round(undefined, name);
    }
    if (letter.quick) return;
    if (letter.does === 'silence') await this.#outlive(names);
    await this.#settle();
  }

  #isStarting(server: string, viewnum: number): boolean {
    return viewnum !== 0 && this.#world.now() < (this.#startedMs.get(server) ?? 0);
  }

  async #ping(server: string, viewnum: number): Promise<void> {
    const { pingIntervalMs } = this.#world;
    const askedMs = this.#world.now();
    if (viewnum === 0) this.#startedMs.set(server, askedMs + STARTING * pingIntervalMs);
    const answer = await this.#world.ping(server, viewnum);
    this.#table.take({ server, viewnum, askedMs, answeredMs: this.#world.now(), answer });
  }

  /** One round, in which one server may rest, or ping after all others. */
  async #round(resting?: string, last?: string): Promise<void> {
    const [world, table] = [this.#world, this.#table];
    await world.sleep(Math.max(0, this.#nextMs - world.now()));
    this.#nextMs = world.now() + world.pingIntervalMs;
    const order = (name: string) => (name === last ? 1 : 0);
    for (const { name } of table.living().toSorted((a, b) => order(a.name) - order(b.name))) {
      // An answer to another in this round may have brought news, but not to this one.
      const now = table.living().find((each) => each.name === name);
      if (now === undefined || name === resting || this.#isStarting(name, now.viewnum)) continue;
      await this.#ping(name, now.viewnum);
    }
  }

  async #settle(): Promise<void> {
    await this.#round();
    // The answers of a patient kit decide whether a change is overdue; without anybody to ask there are none.
    const most = 4 * this.#world.deadPings;
    for (let n = 0; n < most && this.#table.isDue(); n++) await this.#round();
    await this.ask();
  }

  /** Long enough for a view service to find servers dead, and no longer than until the first has left the view. */
  async #outlive([name = '', ...more]: readonly string[]): Promise<void> {
    const isMember = (server: string) => roleOf(server, this.#table.belief().told) !== undefined;
    const wasMember = isMember(name);
    // An idle server must be so dead that no view service takes it any more; so must two members.
    const isLong = !wasMember || more.some(isMember);
    const rounds = isLong ? 2 * this.#world.deadPings + 1 : this.#world.deadPings + 3;
    for (let n = 0; n < rounds; n++) {
      if (wasMember && !isMember(name)) return;
      await this.#round();
    }
  }
}
