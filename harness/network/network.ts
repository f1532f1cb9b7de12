/**
 * All links of one run, and the faults installed on them. It decides which fault hits which call and
 * keeps the fault log; what a fault then does to the call is the fault's own script.
 */

import type { Socket } from 'node:net';
import type { Bite } from '../faults/call.js';
import type { Fault, InstalledFault, LinkFault, LinkSelector, Target } from '../faults/fault.js';
import { matchesMethod } from '../faults/method-pattern.js';
import { passCall } from '../faults/pass.js';
import type { HeldPart } from '../faults/standing-delay.js';
import type { FaultEvent } from '../history/timeline.js';
import { createTracer, type CallNotes, type Tracer } from '../history/trace/tracer.js';
import type { Random } from '../ground/seed.js';
import { RelayedCall } from './relayed-call.js';
import { converse, type Asked } from './conversation.js';
import type { Framing, ReplyText, RequestText } from './framing/framing.js';
import type { Holding } from './holding.js';
import { createInstallation, type Installation, type Standstill } from './installation.js';
import { createLink, type Link } from './link.js';

export interface NetworkOptions {
  framing: Framing;
  random: Random;
  now: () => number;
  /** Receives the fault log, entry by entry. */
  onFault: (event: FaultEvent) => void;
  /** Which client operation a call carries, if it can be told; an unread request has neither bytes nor text. */
  operationOf: (from: string, bytes?: Buffer, text?: RequestText) => number | undefined;
  /** Records every call; a new one if absent. */
  tracer?: Tracer;
  /** Hears of each request that a callee was given whole. */
  onDelivered?: (from: string, to: string, asked: RequestText) => void;
  /** Hears of each reply that a caller was given whole; `deliveredMs`: when its request was delivered. */
  onReplied?: (exchange: Exchange) => void;
  /** Standing delays, and the count of the kinds of calls. */
  holding?: Holding | undefined;
  /** Hears of each connection of which no more can be read in one direction; it flows, and nothing is known of it. */
  onUnreadable?: (from: string, to: string) => void;
  /** Hears once that more connections are open than a relay can bear; of this link, which has most of them, `open`. */
  onCrowded?: (crowd: Crowd) => void;
  /** How many connections may be open at once; default `MOST_CONNECTIONS`. */
  mostConnections?: number;
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

/** One call that went through. */
export interface Exchange {
  from: string;
  to: string;
  asked: RequestText;
  answered: ReplyText;
  deliveredMs: number;
}

/** A call that is not over for its caller. */
export interface OpenCall {
  from: string;
  /** The process that it reaches, or would. */
  to: string;
  /** What holds it at present, if something does. */
  held?: Standstill;
}

export interface Network {
  /** Adds a link that becomes present once its callee is up. */
  addLink(ends: { from: string; to: string; relayPath: string; calleePath: string }): void;
  setUp(callee: string, up: boolean): void;
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
  const links: Link[] = [];
  const up = new Set<string>();
  const installations = new Set<Installation>();

  const hitting = (link: Link) =>
    [...installations].filter(({ target }) => target.links(link.from, link.to));
  const takers = (link: Link) => hitting(link).filter(({ fault }) => fault.kind === 'link');
  const refresh = (link: Link) => {
    const taken = takers(link).length > 0;
    link.become(!up.has(link.to) ? 'down' : taken ? 'away' : 'open');
  };
  const take = (link: Link, installation: Installation, fault: LinkFault) => {
    const severed = fault.severs ? tracer.severed(link.from, link.to, fault.name) : 0;
    refresh(link);
    if (fault.severs) link.sever();
    installation.took(link, severed);
  };
  const answered = new Map<string, number>();
  const answeredKey = (from: string, to: string) => `${from}>${to}`;
  const pathOf = (name: string) => {
    const path = links.find(({ to }) => to === name)?.calleePath;
    if (path === undefined) throw new Error(`a call was redirected to ${name}, which is unknown`);
    return path;
  };
  const { tracer = createTracer(options) } = options;
  const underWay = new Set<RelayedCall>();
  const serving = { ...options, tracer, hitting, pathOf, underWay };
  const serve = createCallServer(serving, ({ from, to }) => {
    const key = answeredKey(from, to);
    answered.set(key, (answered.get(key) ?? 0) + 1);
  });

  const { mostConnections = MOST_CONNECTIONS } = options;
  let isCrowded = false;
  const watchCrowd = () => {
    const all = links.reduce((sum, link) => sum + link.openConnections(), 0);
    if (isCrowded || all <= mostConnections) return;
    isCrowded = true;
    const [fullest] = links.toSorted((a, b) => b.openConnections() - a.openConnections());
    if (fullest === undefined) return;
    const { from, to } = fullest;
    options.onCrowded?.({ from, to, open: fullest.openConnections(), all });
  };

  return {
    addLink(ends) {
      const link = createLink(ends, (caller) => {
        watchCrowd();
        serve(link, caller);
      });
      links.push(link);
      refresh(link);
      for (const installation of takers(link)) {
        if (installation.fault.kind === 'link') take(link, installation, installation.fault);
      }
    },
    setUp(callee, isUp) {
      if (isUp) up.add(callee);
      else up.delete(callee);
      for (const link of links) if (link.to === callee) refresh(link);
    },
    install(fault, target) {
      const installation = createInstallation(fault, target, {
        now: options.now,
        onFault: options.onFault,
        onHeal() {
          installations.delete(installation);
          if (fault.kind === 'link') links.forEach(refresh);
        },
      });
      installations.add(installation);
      if (fault.kind === 'link') {
        const meant = links.filter(({ from, to }) => target.links(from, to));
        for (const link of meant) take(link, installation, fault);
      }
      return installation;
    },
    barrier(from, to) {
      const barrier = [...installations]
        .filter(({ target }) => target.links(from, to))
        .find(isBarrier);
      return barrier && { fault: barrier.fault.name, sinceMs: barrier.sinceMs };
    },
    openCalls: () =>
      [...underWay].map(({ options: { from, to }, redirectedTo = to, held }) => ({
        from,
        to: redirectedTo,
        ...(held === undefined ? {} : { held }),
      })),
    answeredCalls: (from, to) => answered.get(answeredKey(from, to)) ?? 0,
    traffic(chosen) {
      const counted = links.filter(({ from, to }) => chosen(from, to));
      const sum = (count: (link: Link) => number) =>
        counted.reduce((total, link) => total + count(link), 0);
      return {
        calls: sum(({ calls }) => calls),
        bytes: sum((link) => link.bytesSent()),
        largestBytes: Math.max(0, ...counted.map((link) => link.largestBytes())),
      };
    },
    close() {
      for (const installation of installations) installation.end();
      for (const link of links) {
        link.become('down');
        link.sever();
      }
    },
  };
}

interface CallServerOptions extends NetworkOptions {
  tracer: Tracer;
  /** The calls that go through their faults now. */
  underWay: Set<RelayedCall>;
  /** The faults installed on a link. */
  hitting: (link: Link) => Installation[];
  /** Where a process listens. */
  pathOf: (name: string) => string;
}

/** Serves the calls of one connection after the other, each through the fault that hits it. */
function createCallServer(options: CallServerOptions, onAnswered: (link: Link) => void) {
  const { hitting, pathOf, underWay } = options;
  const randoms = new Map<Link, Random>();
  const randomOf = (link: Link) => {
    const random = randoms.get(link) ?? options.random.child(`link:${link.from}>${link.to}`);
    randoms.set(link, random);
    return random;
  };

  return (link: Link, caller: Socket) => {
    const conversation = converse(caller, options.framing, {
      onAnswered: () => onAnswered(link),
      onUnreadable: () => options.onUnreadable?.(link.from, link.to),
    });
    // Of the calls under way.
    const notes = new Set<CallNotes>();
    const leave = () => notes.forEach((each) => each.left());
    // What we close ourselves has no such end, and no such error.
    caller.once('end', leave).once('error', leave);
    /** Resolves with whether the connection goes on after this call; `onSent` is called when it is delivered. */
    const serveCall = async (request: Asked | undefined, onSent: () => void): Promise<boolean> => {
      let hit: Installation | undefined;
      const { from, to } = link;
      const number = ++link.calls;
      const ofThisCall = options.tracer.begin({ from, to, number });
      const bites: FaultEvent[] = [];
      const log = (event: FaultEvent) => {
        bites.push(event);
        options.onFault(event);
      };
      notes.add(ofThisCall);
      const call = new RelayedCall({
        conversation,
        from,
        to,
        calleePath: link.calleePath,
        pathOf,
        number,
        notes: ofThisCall,
        request,
        random: randomOf(link),
        now: options.now,
        // Asked for only by the script of a fault, so after `hit` is known.
        healed: () => hit?.healed ?? new Promise(() => {}),
        onBite(bitten, bite) {
          hit?.hit();
          log(faultEvent(options, link, bitten, bite));
        },
        pass:
          options.holding &&
          ((passing, part) => holdBack({ ...options, onFault: log }, link, passing, part)),
        onDelivered(asked) {
          options.onDelivered?.(from, to, asked);
          onSent();
        },
        onReplied(asked, answered) {
          // Of a request that is delivered twice, the reply may belong to the first.
          const { deliveredMs } = ofThisCall;
          if (deliveredMs === undefined) return;
          options.onReplied?.({ from, to, asked, answered, deliveredMs });
        },
      });
      underWay.add(call);
      hit = await firstHit(hitting(link), call);
      await (hit?.fault.kind === 'call' ? hit.fault.apply(call) : passCall(call));
      underWay.delete(call);
      if (bites.length > 0) void call.over.then(() => bites.forEach(completeBy(call)));
      notes.delete(ofThisCall);
      return call.open && conversation.calls !== 'one';
    };
    /** Resolves when the next call may begin; with false, when there will be none. */
    const serveUntilNext = (request: Asked | undefined, served: Set<Promise<boolean>>) =>
      new Promise<boolean>((resolve) => {
        const serving = serveCall(request, () => {
          // A request must not overtake another on the same connection, but need not wait for its reply.
          if (conversation.calls === 'at once') resolve(true);
        });
        served.add(serving);
        void serving.then((goesOn) => {
          served.delete(serving);
          resolve(goesOn);
        });
      });
    const serveAll = async (): Promise<void> => {
      // The first call begins with the dial, so that it can be lost unread. A later one begins with
      // its request: before that the connection is only idle, and no fault may hit it.
      const served = new Set<Promise<boolean>>();
      let request: Asked | undefined;
      while (await serveUntilNext(request, served)) {
        request = await conversation.nextRequest();
        if (request !== undefined) continue;
        await Promise.all(served);
        return void conversation.endAsCallee();
      }
    };
    void serveAll();
  };
}

/** A link that is away lets nothing pass; of single calls, a fault that swallows each one that it is meant for. */
function isBarrier({ fault, target: { kth, probability } }: Installation): boolean {
  if (fault.kind === 'link') return true;
  return fault.swallows === true && kth === undefined && probability === undefined;
}

/** Lets standing delays hold a call, and enters it into the fault log then. */
async function holdBack(
  options: NetworkOptions,
  link: Link,
  call: RelayedCall,
  part: HeldPart,
): Promise<void> {
  const bite: Bite = { fault: `delay-${part}`, callerSaw: 'silence' };
  await options.holding?.pass(
    {
      from: link.from,
      to: link.to,
      method: call.asked?.method,
      hold: (ms) => call.hold(ms),
      onHeld: ({ delayMs }) =>
        options.onFault({ ...faultEvent(options, link, call, bite), standingMs: delayMs }),
    },
    part,
  );
}

/** The first installed call fault whose conditions this call meets; reads it only if one must know. */
async function firstHit(
  installations: readonly Installation[],
  call: RelayedCall,
): Promise<Installation | undefined> {
  for (const installation of installations) {
    if (installation.fault.kind === 'call' && (await isHit(installation, call))) {
      return installation;
    }
  }
  return undefined;
}

async function isHit(installation: Installation, call: RelayedCall): Promise<boolean> {
  const { kth, probability, method, carrying } = installation.target;
  if (method !== undefined || carrying !== undefined) {
    if (!(await call.readRequest()) || call.request === undefined) return false;
    if (method !== undefined && !matchesMethod(method, call.asked?.method ?? '')) return false;
    if (carrying !== undefined && !call.request.includes(carrying)) return false;
  }
  installation.eligible++;
  if (kth !== undefined && installation.eligible !== kth) return false;
  return probability === undefined || call.random.chance(probability);
}

/** Enters what came of a call that was held when its fault was logged. */
function completeBy(call: RelayedCall) {
  return (event: FaultEvent): void => {
    event.delivered = call.delivered;
    if (event.callerSaw === 'silence') event.callerSaw = call.callerSaw;
  };
}

function faultEvent(
  { now, operationOf }: NetworkOptions,
  { from, to }: Link,
  call: RelayedCall,
  bite: Bite,
): FaultEvent {
  const method = call.asked?.method;
  const operation = operationOf(from, call.request, call.asked);
  return {
    kind: 'fault',
    atMs: now(),
    fault: bite.fault,
    from,
    to,
    call: call.options.number,
    ...(method === undefined ? {} : { method }),
    ...(operation === undefined ? {} : { operation }),
    callerSaw: bite.callerSaw,
    delivered: call.delivered,
    ...(call.redirectedTo === undefined ? {} : { reached: call.redirectedTo }),
  };
}
