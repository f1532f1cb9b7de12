/**
 * Serves the calls of one connection through a relay, one after the other or several at once, each through the fault
 * that hits it.
 */

import type { CallEffect } from '../faults/call.js';
import { matchesMethod } from '../faults/method-pattern.js';
import { passCall } from '../faults/pass.js';
import type { HeldPart } from '../faults/standing-delay.js';
import type { Random } from '../ground/seed.js';
import type { FaultEvent } from '../history/timeline.js';
import type { CallNotes, Tracer } from '../history/trace/tracer.js';
import type { Wire } from '../process/machine.js';
import type { Asked, Conversation, Passage } from './conversation.js';
import type { ReplyText, RequestText } from './framing/framing.js';
import type { Holding } from './holding.js';
import type { Installation } from './installation.js';
import type { Link } from './link.js';
import { RelayedCall } from './relayed-call.js';

export interface ServingOptions {
  now: () => number;
  /** Receives the fault log, entry by entry. */
  onFault: (event: FaultEvent) => void;
  /** Which client operation a call carries, if it can be told; an unread request has neither bytes nor text. */
  operationOf: (from: string, bytes?: Buffer, text?: RequestText) => number | undefined;
  /** Hears of each request that a callee was given whole. */
  onDelivered?: (from: string, to: string, asked: RequestText) => void;
  /** Hears of each reply that a caller was given whole; `deliveredMs`: when its request was delivered. */
  onReplied?: (exchange: Exchange) => void;
  /** Standing delays, and the count of the kinds of calls. */
  holding?: Holding | undefined;
}

/** One call that went through. */
export interface Exchange {
  from: string;
  to: string;
  asked: RequestText;
  answered: ReplyText;
  deliveredMs: number;
}

interface ConnectionOptions extends ServingOptions {
  tracer: Tracer;
  link: Link;
  caller: Wire;
  conversation: Conversation;
  passage: Passage;
  /** The generator of the link. */
  random: Random;
  /** The calls that go through their faults now. */
  underWay: Set<RelayedCall>;
  /** The faults installed on the link. */
  hitting: () => Installation[];
  /** Where a process listens. */
  pathOf: (name: string) => string;
}

/** Serves a connection until one of its sides ends it. */
export function serveConnection(options: ConnectionOptions): void {
  void new ServedConnection(options).serveAll();
}

class ServedConnection {
  readonly #options: ConnectionOptions;
  /** The calls in progress. */
  readonly #notes = new Set<CallNotes>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const leave = () => this.#notes.forEach((each) => each.left());
    // A connection that the kit closes has no such end, and no such error.
    options.caller.once('error', leave);
    // Where a connection is one call, its caller may end its request by that, and wait for the reply.
    if (options.conversation.calls !== 'one') options.caller.once('end', leave);
  }

  async serveAll(): Promise<void> {
    const { conversation } = this.#options;
    // The first call begins with the dial, so that it can be lost unread. A later one begins with
    // its request: before that the connection is only idle, and no fault may hit it.
    const served = new Set<Promise<boolean>>();
    let request: Asked | undefined;
    while (await this.#serveUntilNext(request, served)) {
      request = await conversation.nextRequest();
      if (request !== undefined) continue;
      await Promise.all(served);
      return void conversation.endAsCallee();
    }
  }

  /** Resolves when the next call may begin; with false, when there will be none. */
  #serveUntilNext(request: Asked | undefined, served: Set<Promise<boolean>>): Promise<boolean> {
    return new Promise<boolean>((resolve) => {
      const serving = this.#serveCall(request, () => {
        // A request must not overtake another on the same connection, but need not wait for its reply.
        if (this.#options.conversation.calls === 'at once') resolve(true);
      });
      served.add(serving);
      void serving.then((goesOn) => {
        served.delete(serving);
        resolve(goesOn);
      });
    });
  }

  /** Resolves with whether the connection goes on after this call; `onSent` is called when it is delivered. */
  async #serveCall(request: Asked | undefined, onSent: () => void): Promise<boolean> {
    const { conversation, underWay, hitting, link, tracer } = this.#options;
    const number = ++link.calls;
    const notes = tracer.begin({ from: link.from, to: link.to, number });
    const served: ServedCall = { request, number, notes, onSent, hit: undefined, effects: [] };
    this.#notes.add(notes);
    const call = this.#callOf(served);
    underWay.add(call);
    served.hit = await firstHit(hitting(), call);
    await (served.hit?.fault.kind === 'call' ? served.hit.fault.apply(call) : passCall(call));
    underWay.delete(call);
    if (served.effects.length > 0)
      void call.over.then(() => served.effects.forEach(completeBy(call)));
    this.#notes.delete(notes);
    return call.open && conversation.calls !== 'one';
  }

  #callOf(served: ServedCall): RelayedCall {
    const { link, conversation, pathOf, random, now, onFault, onDelivered } = this.#options;
    const { holding, onReplied, passage } = this.#options;
    const { from, to, calleePath } = link;
    const { request, number, notes } = served;
    const log = (event: FaultEvent) => {
      served.effects.push(event);
      onFault(event);
    };
    return new RelayedCall({
      conversation,
      from,
      to,
      calleePath,
      pathOf,
      number,
      notes,
      request,
      random,
      now,
      after: passage.after,
      touch: passage.touch,
      dial: passage.dial,
      // Asked for only by the script of a fault, so after `hit` is known.
      healed: () => served.hit?.healed ?? new Promise(() => {}),
      onEffect: (relayed, effect) => {
        served.hit?.hit();
        log(faultEvent(this.#options, relayed, effect));
      },
      pass:
        holding &&
        ((passing, part) => holdBack({ ...this.#options, holding, onFault: log }, passing, part)),
      onDelivered(asked) {
        onDelivered?.(from, to, asked);
        served.onSent();
      },
      onReplied(asked, answered) {
        // If a request is delivered twice, the reply may belong to the first.
        const { deliveredMs } = notes;
        if (deliveredMs !== undefined) onReplied?.({ from, to, asked, answered, deliveredMs });
      },
    });
  }
}

/** One call of a connection, while it is served. */
interface ServedCall {
  request: Asked | undefined;
  number: number;
  notes: CallNotes;
  /** Is called when the request is delivered. */
  onSent: () => void;
  /** The fault that hits it; undefined also before that is known. */
  hit: Installation | undefined;
  /** Its entries in the fault log. */
  effects: FaultEvent[];
}

/** Lets standing delays hold a call, and enters it into the fault log then. */
async function holdBack(
  options: ConnectionOptions & { holding: Holding },
  call: RelayedCall,
  part: HeldPart,
): Promise<void> {
  const effect: CallEffect = { fault: `delay-${part}`, callerSaw: 'silence' };
  const { from, to } = options.link;
  await options.holding.pass(
    {
      from,
      to,
      method: call.asked?.method,
      hold: (ms) => call.hold(ms),
      onHeld: ({ delayMs }) =>
        options.onFault({ ...faultEvent(options, call, effect), standingMs: delayMs }),
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
  { now, operationOf, link: { from, to } }: ConnectionOptions,
  call: RelayedCall,
  effect: CallEffect,
): FaultEvent {
  const method = call.asked?.method;
  const operation = operationOf(from, call.request, call.asked);
  return {
    kind: 'fault',
    atMs: now(),
    fault: effect.fault,
    from,
    to,
    call: call.options.number,
    ...(method === undefined ? {} : { method }),
    ...(operation === undefined ? {} : { operation }),
    callerSaw: effect.callerSaw,
    delivered: call.delivered,
    ...(call.redirectedTo === undefined ? {} : { reached: call.redirectedTo }),
  };
}
