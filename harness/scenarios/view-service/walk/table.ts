/**
 * What is on the table while words are played: the servers, what each does from round to round, and what
 * the view service may make of it. Nothing here waits or pings.
 */

import type { View } from '../../../history/timeline.js';
import { isSameView } from '../../../history/view-lane.js';
import { Unmet } from '../../stage/endings.js';
import { mayBeGone } from '../model/next-views.js';
import { objection } from '../model/objection.js';
import { NOTHING_HEARD, possible, type Exchange } from '../model/possible.js';
import { roleOf, type Belief, type Member, type Role, type State } from '../model/state.js';
import type { Times } from '../model/times.js';
import type { Letter, Person } from './letters.js';

/** What a server does in each round: it pings the number it was told last, or always the same, or not at all. */
type Habit = 'follows' | 'silent' | { holds: number };

interface Server {
  name: string;
  habit: Habit;
  /** The number of the view that it was told last. */
  toldViewnum: number;
}

/** The number in a first ping that is not 0, when there is no view yet. */
const ODD_FIRST_NUMBER = 7;

export interface Table {
  /** The states that are possible by now. */
  belief(): Belief;
  /** Takes in an answer; throws `Unmet` if no lawful view service answers like this. */
  take(event: Exchange): void;
  /** The servers that a letter is about; none if there are none for whom it makes sense. */
  who(letter: Letter): string[];
  /** The number that a letter makes a server ping at once; undefined if none. */
  numberFor(letter: Letter, name: string): number | undefined;
  /** Lets a server do from now on what the letter says. */
  change(name: string, letter: Letter, viewnum: number | undefined): void;
  /** Lets the members of the view, or all servers, ping from now on what they are told. */
  recover(isFull: boolean): void;
  /** Whether primary and backup live, have their data and know their view. */
  isWell(): boolean;
  /** Whether there can be no further view, because this one has no primary. */
  isOver(): boolean;
  /** Those that ping in this round, with their numbers. */
  living(): { name: string; viewnum: number }[];
  /** Whether a change has to come, unless it has come and was not told yet. */
  isDue(): boolean;
  /** The situation without names and numbers. */
  position(): string;
}

/** The state before the first ping. The servers ping in this order. */
export function setTable(names: readonly string[], times: Times): Table {
  return new ServerTable(names, times);
}

class ServerTable implements Table {
  readonly #times: Times;
  readonly #servers: readonly Server[];
  #belief = NOTHING_HEARD;

  constructor(names: readonly string[], times: Times) {
    this.#times = times;
    this.#servers = names.map((name) => ({ name, habit: 'silent', toldViewnum: 0 }));
  }

  belief(): Belief {
    return this.#belief;
  }

  take(event: Exchange): void {
    const next = possible(this.#belief, event, this.#times);
    if (next.states.length === 0) throw new Unmet(objection(this.#belief, event, this.#times));
    this.#belief = next;
    if (event.server !== undefined) this.#find(event.server).toldViewnum = event.answer.viewnum;
  }

  who(letter: Letter): string[] {
    const meant = this.#peopleOf(letter);
    return meant.every((name) => isSensible(letter, this.#find(name))) ? meant : [];
  }

  numberFor({ who, does }: Letter, name: string): number | undefined {
    const { toldViewnum } = this.#find(name);
    if (does === 'zero') return 0;
    if (does === 'told') return toldViewnum;
    if (does !== 'old') return undefined;
    if (who === 'stranger') return this.#belief.told.viewnum === 0 ? ODD_FIRST_NUMBER : 1;
    return Math.max(1, toldViewnum - 1);
  }

  change(name: string, { does, again }: Letter, viewnum: number | undefined): void {
    const server = this.#find(name);
    if (does === 'silence') server.habit = 'silent';
    else if (does === 'old' && viewnum !== undefined) server.habit = { holds: viewnum };
    else if (does !== 'pause') server.habit = again ? { holds: 0 } : 'follows';
  }

  recover(isFull: boolean): void {
    for (const server of this.#servers) {
      const isMember = roleOf(server.name, this.#belief.told) !== undefined;
      if (isFull || isMember || server.habit !== 'silent') server.habit = 'follows';
    }
  }

  isWell(): boolean {
    const { primary, backup } = this.#belief.told;
    if (primary === '' || backup === '') return false;
    return this.#belief.states.every(
      (state) =>
        state.acknowledged &&
        state.due === undefined &&
        [state.primary, state.backup].every((member) => member.told && !mayBeGone(member)),
    );
  }

  isOver(): boolean {
    return this.#belief.told.viewnum > 0 && this.#belief.told.primary === '';
  }

  living(): { name: string; viewnum: number }[] {
    return this.#servers.flatMap(({ name, habit, toldViewnum }) => {
      if (habit === 'silent') return [];
      return [{ name, viewnum: habit === 'follows' ? toldViewnum : habit.holds }];
    });
  }

  isDue(): boolean {
    const now = this.#belief.states.filter(({ view }) => isSameView(view, this.#belief.told));
    return now.length > 0 && now.every(({ due }) => due !== undefined);
  }

  position(): string {
    return describePosition(this.#belief, this.#servers);
  }

  #find(name: string): Server {
    const server = this.#servers.find((each) => each.name === name);
    if (server === undefined) throw new Error(`no server is called ${name}`);
    return server;
  }

  #peopleOf({ who }: Letter): string[] {
    const { primary, backup } = this.#belief.told;
    if (who === 'both members') return primary === '' || backup === '' ? [] : [primary, backup];
    if (who === 'others') {
      return (
        this.#servers
          .filter(({ name, habit }) => name !== primary && habit !== 'silent')
          .map(({ name }) => name)
          // Who is a member comes first: it is waited for.
          .toSorted((a, b) => Number(b === backup) - Number(a === backup))
      );
    }
    const name = this.#person(who);
    return name === undefined ? [] : [name];
  }

  #person(who: Exclude<Person, 'both members' | 'others'>): string | undefined {
    const { told, heard } = this.#belief;
    if (who === 'primary' || who === 'backup') return told[who] || undefined;
    if (who === 'stranger') return this.#servers.find(({ name }) => !heard.has(name))?.name;
    const known = [...heard.keys()].map((name) => this.#find(name));
    if (who === 'silent') return known.find(({ habit }) => habit === 'silent')?.name;
    const idle = known.filter(
      ({ name, habit }) => habit !== 'silent' && roleOf(name, told) === undefined,
    );
    return idle[who === 'idle' ? 0 : 1]?.name;
  }
}

/** Whether the server can do that, and it is something else than another deed. */
function isSensible({ who, does }: Letter, { habit, toldViewnum }: Server): boolean {
  switch (does) {
    case 'zero':
      return true;
    case 'old':
      return who === 'stranger' || toldViewnum > 0;
    case 'told':
      return toldViewnum > 0;
    case 'silence':
    case 'pause':
      return habit !== 'silent';
    default:
      return does satisfies never;
  }
}

function describePosition({ told, states, heard }: Belief, servers: readonly Server[]): string {
  const idle = servers.filter(({ name }) => heard.has(name) && roleOf(name, told) === undefined);
  const count = (silent: boolean) =>
    Math.min(2, idle.filter(({ habit }) => (habit === 'silent') === silent).length);
  const now = states.filter(({ view }) => view.viewnum === told.viewnum);
  const acknowledged = describeAll(now, (state) => (state.acknowledged ? 'known' : 'new'));
  return [
    `${describeShape(told)} ${acknowledged}`,
    ...(['primary', 'backup'] as const)
      .filter((role) => told[role] !== '')
      .map((role) => `${role} ${describeMember(told[role], role, now, servers)}`),
    `idle ${count(false)}`,
    `silent ${Math.min(1, count(true))}`,
  ].join('; ');
}

function describeShape({ viewnum, primary, backup }: View): string {
  if (viewnum === 0) return 'no view';
  const members = [primary, backup].filter((name) => name !== '').length;
  return `${viewnum === 1 ? 'first ' : ''}view of ${members}`;
}

function describeMember(
  name: string,
  role: Role,
  states: readonly State[],
  servers: readonly Server[],
): string {
  const habit = servers.find((server) => server.name === name)?.habit;
  const does = typeof habit === 'object' ? `holds ${habit.holds === 0 ? 0 : 'old'}` : habit;
  const describe = ({ told, restarted }: Member) =>
    restarted === 'no' ? `well${told ? '' : ', not told'}` : `${restarted} restarted`;
  return `${describeAll(states, (state) => describe(state[role]))}, ${does}`;
}

/** The description common to all states, or each possible one. */
function describeAll(states: readonly State[], describe: (state: State) => string): string {
  return [...new Set(states.map(describe))].toSorted().join(' or ');
}
