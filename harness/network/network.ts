/**
 * All links of one run, and the faults installed on them. It decides which fault hits which call and
 * keeps the fault log; what a fault then does to the call is the fault's own script.
 */

import type { Fault, InstalledFault, LinkSelector, Target } from '../faults/fault.js';
import { createTracer, type Tracer } from '../history/trace/tracer.js';
import type { Random } from '../ground/seed.js';
import { realTime, type WorldTime } from '../ground/world-time.js';
import { thisMachine, type Machine, type Wire } from '../process/machine.js';
import { converse, type Conversation, type Passage } from './conversation.js';
import type { Framing, RequestText } from './framing/framing.js';
import { createInstallation, type Installation, type Standstill } from './installation.js';
import { createLink, type Link } from './link.js';
import { afterReading } from './messages.js';
import type { RelayedCall } from './relayed-call.js';
import { serveConnection, type ServingOptions } from './serve-connection.js';

export interface NetworkOptions extends ServingOptions {
  framing: Framing;
  random: Random;
  /** The machine's own time if absent. */
  time?: WorldTime;
  /** The real one if absent. */
  machine?: Machine;
  /** Records every call; a new one if absent. */
  tracer?: Tracer;
  /** Is called for each connection that became unreadable in one direction; its bytes still flow, but unread. */
  onUnreadable?: (from: string, to: string) => void;
  /** Hears of all that callers have sent, and of all that they are given, message by message. */
  overheard?: Overheard;
  /** Hears once that more connections are open than a relay can bear; of this link, which has most of them, `open`. */
  onCrowded?: (crowd: Crowd) => void;
  /** How many connections may be open at once; default `MOST_CONNECTIONS`. */
  mostConnections?: number;
}

/** Both directions of the connections that `from` has opened to `to`. */
export interface Overheard {
  /** Without a text, it is the beginning of a request that its caller has not ended. */
  sent(from: string, to: string, bytes: Buffer, text?: RequestText): void;
  given(from: string, to: string, bytes: Buffer): void;
}

/** The end of a process that calls others. */
interface Departure {
  /** Its connections, known once it has been started again. */
  left: Conversation[] | undefined;
  /** Whether all that it had sent has been read, so that a dial cannot be its own. */
  refusesDials: boolean;
}

export interface Crowd {
  from: string;
  to: string;
  open: number;
  /** On all links. */
  all: number;
}

/**
 * Each connection through a relay takes two descriptors of the kit, and a run in which they are used up would stand
 * still. A service of the lab has a few dozen connections open, and some hundreds while its calls hang.
 */
export const MOST_CONNECTIONS = 4000;

/** A call that is not over for its caller. */
export interface OpenCall {
  from: string;
  /** The process that it reaches, or would. */
  to: string;
  /** The fault that holds it at present, if there is one. */
  held?: Standstill;
}

export interface Network {
  /** Adds a link that becomes present once its callee is up. */
  addLink(ends: { from: string; to: string; relayPath: string; calleePath: string }): void;
  setUp(callee: string, up: boolean): void;
  /** This process is dead. What it had sent is delivered; its connections carry nothing else, even if another process holds them. */
  callerGone(name: string): void;
  /** It has been started again. */
  callerStarted(name: string): void;
  install(fault: Fault, target: Target): InstalledFault;
  /** The oldest fault that no call on this link can get past at present, if there is one. */
  barrier(from: string, to: string): Standstill | undefined;
  /** The calls under way. */
  openCalls(): OpenCall[];
  /** How many calls of a link have been answered in full so far. */
  answeredCalls(from: string, to: string): number;
  /** Calls begun, and bytes sent by callers in all and on one connection at most, on these links so far. */
  traffic(links: LinkSelector): { calls: number; bytes: number; largestBytes: number };
  /** Heals every fault and takes every link away. */
  close(): void;
}

export function createNetwork(options: NetworkOptions): Network {
  return new RelayNetwork(options);
}

class RelayNetwork implements Network {
  readonly #options: NetworkOptions & { tracer: Tracer };
  readonly #links: Link[] = [];
  readonly #up = new Set<string>();
  readonly #installations = new Set<Installation>();
  readonly #answered = new Map<string, number>();
  readonly #randoms = new Map<Link, Random>();
  /** The calls that go through their faults now. */
  readonly #underWay = new Set<RelayedCall>();
  /** The connections that are served now. */
  readonly #conversations = new Map<Conversation, Link>();
  readonly #departures = new Map<string, Departure>();
  readonly #time: WorldTime;
  readonly #machine: Machine;
  /** How many connections each link has had. */
  readonly #accepted = new Map<Link, number>();
  #isCrowded = false;

  constructor(options: NetworkOptions) {
    const { tracer = createTracer(options) } = options;
    this.#options = { ...options, tracer };
    this.#time = options.time ?? realTime();
    this.#machine = options.machine ?? thisMachine;
  }

  addLink(ends: Parameters<Network['addLink']>[0]): void {
    const link = createLink(ends, this.#machine, (caller) => {
      this.#watchCrowd();
      this.#accept(link, caller);
    });
    this.#links.push(link);
    this.#refresh(link);
    for (const installation of this.#takers(link)) this.#take(link, installation);
  }

  setUp(callee: string, isUp: boolean): void {
    if (isUp) this.#up.add(callee);
    else this.#up.delete(callee);
    for (const link of this.#links) if (link.to === callee) this.#refresh(link);
  }

  callerGone(name: string): void {
    const departure: Departure = { left: undefined, refusesDials: false };
    this.#departures.set(name, departure);
    void afterReading().then(() => {
      departure.refusesDials = true;
      for (const one of departure.left ?? this.#conversationsOf(name)) one.hangUp();
    });
  }

  callerStarted(name: string): void {
    const departure = this.#departures.get(name);
    if (departure !== undefined) departure.left ??= this.#conversationsOf(name);
    this.#departures.delete(name);
  }

  install(fault: Fault, target: Target): InstalledFault {
    const installation = createInstallation(fault, target, {
      now: this.#options.now,
      onFault: this.#options.onFault,
      onHeal: () => {
        this.#installations.delete(installation);
        if (fault.kind === 'link') this.#links.forEach((link) => this.#refresh(link));
      },
    });
    this.#installations.add(installation);
    if (fault.kind === 'link') {
      const meant = this.#links.filter(({ from, to }) => target.links(from, to));
      for (const link of meant) this.#take(link, installation);
    }
    return installation;
  }

  barrier(from: string, to: string): Standstill | undefined {
    const barrier = this.#hitting({ from, to }).find(isBarrier);
    return barrier && { fault: barrier.fault.name, sinceMs: barrier.sinceMs };
  }

  openCalls(): OpenCall[] {
    return [...this.#underWay].map(({ options: { from, to }, redirectedTo = to, held }) => ({
      from,
      to: redirectedTo,
      ...(held === undefined ? {} : { held }),
    }));
  }

  answeredCalls(from: string, to: string): number {
    return this.#answered.get(answeredKey(from, to)) ?? 0;
  }

  traffic(chosen: LinkSelector): ReturnType<Network['traffic']> {
    const counted = this.#links.filter(({ from, to }) => chosen(from, to));
    const sum = (count: (link: Link) => number) =>
      counted.reduce((total, link) => total + count(link), 0);
    return {
      calls: sum(({ calls }) => calls),
      bytes: sum((link) => link.bytesSent()),
      largestBytes: Math.max(0, ...counted.map((link) => link.largestBytes())),
    };
  }

  close(): void {
    for (const installation of this.#installations) installation.end();
    for (const link of this.#links) {
      link.become('down');
      link.sever();
    }
  }

  /** The faults installed on a link. */
  #hitting({ from, to }: Pick<Link, 'from' | 'to'>): Installation[] {
    return [...this.#installations].filter(({ target }) => target.links(from, to));
  }

  #takers(link: Link): Installation[] {
    return this.#hitting(link).filter(({ fault }) => fault.kind === 'link');
  }

  #refresh(link: Link): void {
    const taken = this.#takers(link).length > 0;
    link.become(!this.#up.has(link.to) ? 'down' : taken ? 'away' : 'open');
  }

  /** Lets a fault of links take this one away. */
  #take(link: Link, installation: Installation): void {
    const { fault } = installation;
    const severs = fault.kind === 'link' && fault.severs;
    const severed = severs ? this.#options.tracer.severed(link.from, link.to, fault.name) : 0;
    this.#refresh(link);
    if (severs) link.sever();
    installation.took(link, severed);
  }

  #watchCrowd(): void {
    const { mostConnections = MOST_CONNECTIONS, onCrowded } = this.#options;
    const all = this.#links.reduce((sum, link) => sum + link.openConnections(), 0);
    if (this.#isCrowded || all <= mostConnections) return;
    this.#isCrowded = true;
    const [fullest] = this.#links.toSorted((a, b) => b.openConnections() - a.openConnections());
    if (fullest === undefined) return;
    const { from, to } = fullest;
    onCrowded?.({ from, to, open: fullest.openConnections(), all });
  }

  #conversationsOf(caller: string): Conversation[] {
    return [...this.#conversations].flatMap(([one, { from }]) => (from === caller ? [one] : []));
  }

  #accept(link: Link, caller: Wire): void {
    // Something that a dead process has left behind has dialled.
    if (this.#departures.get(link.from)?.refusesDials === true) return void caller.destroy();
    const passage = this.#passageOf(link);
    passage.fromCaller(() => {
      if (!caller.destroyed) this.#serve(link, caller, passage);
    });
  }

  #passageOf(link: Link): Passage {
    const { way, clock, touch } = this.#time;
    const number = (this.#accepted.get(link) ?? 0) + 1;
    this.#accepted.set(link, number);
    const name = `${link.from}>${link.to}#${number}`;
    return {
      fromCaller: way(name),
      fromCallee: way(`${name}<`),
      after: clock.after,
      dial: this.#machine.dial,
      touch:
        touch &&
        ((stream, path) => touch(path === undefined ? link.from : this.#nameOf(path), stream)),
    };
  }

  #serve(link: Link, caller: Wire, passage: Passage): void {
    const { framing, onUnreadable, overheard } = this.#options;
    const { from, to } = link;
    const conversation = converse(caller, framing, passage, {
      onAnswered: () => this.#countAnswer(link),
      onUnreadable: () => onUnreadable?.(from, to),
      ...(overheard && {
        onSent: (bytes, text) => overheard.sent(from, to, bytes, text),
        onGiven: (bytes) => overheard.given(from, to, bytes),
      }),
    });
    this.#conversations.set(conversation, link);
    void conversation.closed.then(() => this.#conversations.delete(conversation));
    serveConnection({
      ...this.#options,
      link,
      caller,
      conversation,
      passage,
      random: this.#randomOf(link),
      underWay: this.#underWay,
      hitting: () => this.#hitting(link),
      pathOf: (name) => this.#pathOf(name),
    });
  }

  #countAnswer({ from, to }: Link): void {
    const key = answeredKey(from, to);
    this.#answered.set(key, (this.#answered.get(key) ?? 0) + 1);
  }

  #randomOf(link: Link): Random {
    const { random } = this.#options;
    const own = this.#randoms.get(link) ?? random.child(`link:${link.from}>${link.to}`);
    this.#randoms.set(link, own);
    return own;
  }

  /** Who listens there. */
  #nameOf(path: string): string {
    return this.#links.find(({ calleePath }) => calleePath === path)?.to ?? path;
  }

  /** Where a process listens. */
  #pathOf(name: string): string {
    const path = this.#links.find(({ to }) => to === name)?.calleePath;
    if (path === undefined) throw new Error(`a call was redirected to ${name}, which is unknown`);
    return path;
  }
}

function answeredKey(from: string, to: string): string {
  return `${from}>${to}`;
}

/** A link that is away lets nothing pass; of single calls, a fault that swallows each one that it is meant for. */
function isBarrier({ fault, target: { kth, probability } }: Installation): boolean {
  if (fault.kind === 'link') return true;
  return fault.swallows === true && kth === undefined && probability === undefined;
}
