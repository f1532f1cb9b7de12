/**
 * The interface between a scenario and a world. A scenario starts and strikes processes, asks clerks
 * for operations, installs faults and waits for views, all through this; it never sees a socket, a
 * process or a timer. `processes.ts` is the world of real processes.
 */

import type { Fault, InstalledFault, LinkSelector, Target } from '../faults/fault.js';
import type { Operation, OperationKind } from '../history/operation.js';
import type { View } from '../history/timeline.js';
import type { ResourceUse } from '../process/resources.js';

export type { ResourceUse } from '../process/resources.js';

/** The name under which the view service is known in every world. */
export const VIEW_SERVICE = 'vs';

/** How long one operation or one change of view may take unless the scenario says otherwise, in ms. */
export const DEFAULT_DEADLINE_MS = 6000;

/** How long an operation may take during which a process has to start, in ms. */
export const DEADLINE_WITH_START_MS = 26_000;

export interface OperationOptions {
  /** How long it may take, in ms; default `DEFAULT_DEADLINE_MS`. */
  deadlineMs?: number;
  /** True if it is all right that it never returns; then no deadline is recorded. */
  mayHang?: boolean;
  /** Only of one that may hang: it is listened to until this resolves, instead of for a time. */
  until?: Promise<void>;
}

/**
 * A client. One operation at a time; each resolves to what was recorded. An operation that overruns
 * its deadline ends the run, unless it may hang: then it resolves as `indefinite`.
 */
export interface Clerk {
  readonly name: string;
  get(key: string, options?: OperationOptions): Promise<Operation>;
  put(key: string, value: string, options?: OperationOptions): Promise<Operation>;
  append(key: string, value: string, options?: OperationOptions): Promise<Operation>;
  puthash(key: string, value: string, options?: OperationOptions): Promise<Operation>;
}

/** A client of the view service alone, with which a scenario plays a server. */
export interface ViewClerk {
  /** The server's name. */
  readonly name: string;
  /** Pings with this number; the view that was answered. A failed ping ends the run. */
  ping(viewnum: number): Promise<View>;
  /** Asks for the view without pinging; undefined if there was no answer in time. */
  view(): Promise<View | undefined>;
}

/** Properties that a submission declares and scenarios must respect. */
export interface Lab {
  /** The operations that its clerk offers. */
  operations: readonly OperationKind[];
  /** Time between two pings of a server, in ms. */
  pingIntervalMs: number;
  /** After so many ping intervals without a ping a server is dead. */
  deadPings: number;
}

/** Traffic over some links so far, from callers to callees. */
export interface Traffic {
  /** Calls that were begun. */
  calls: number;
  /** Bytes that callers have sent. */
  bytes: number;
  /** The most of them on one connection; most submissions have one for each call. */
  largestBytes: number;
}

export interface Cluster {
  readonly lab: Lab;
  startView(): Promise<void>;
  /** Starts a server and waits until it accepts connections. */
  startServer(name: string): Promise<void>;
  /** Kills the process with all it has started, at once; its memory is lost. */
  kill(name: string): Promise<void>;
  /** Starts a killed server again under the same name. */
  restart(name: string): Promise<void>;
  /** Freezes a process: its sockets stay open but it does not answer. */
  pause(name: string): void;
  resume(name: string): void;
  /** Starts a new client. */
  clerk(name: string): Clerk;
  /** A new client of the view service that pings in the name `as`, on which nothing listens. */
  viewClerk(as: string): ViewClerk;
  /** Traffic over these links since the start of the run. */
  traffic(links: LinkSelector): Traffic;
  /**
   * What a server, the view service or a clerk holds now, with all processes that it has started: descriptors and
   * threads as numbers, memory in bytes, processor time since its latest start in ms. All zero if it does not run.
   */
  resources(name: string): ResourceUse;
  /**
   * Waits until the view service has answered so many further pings of a server. Ends the run as a
   * liveness failure after the deadline, by default `DEFAULT_DEADLINE_MS`.
   */
  waitForPings(name: string, count: number, deadlineMs?: number): Promise<void>;
  /**
   * Whether the primary of a view has pinged with its number. True also where the pings of that server cannot be read,
   * so a scenario may only wait for it.
   */
  acknowledged(view: View): boolean;
  /** The view that the view service reports now. */
  view(): Promise<View>;
  /**
   * Waits for a view; `wanted` completes the sentence "expected ...". Ends the run as a liveness
   * failure after the deadline.
   */
  waitForView(wanted: string, holds: (view: View) => boolean, deadlineMs?: number): Promise<View>;
  install(fault: Fault, target: Target | LinkSelector): InstalledFault;
  /** True for links between servers and from clerks to servers; the view service is left alone. */
  readonly serverLinks: LinkSelector;
}
