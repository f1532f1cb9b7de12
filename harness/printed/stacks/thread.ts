/** One thread, or goroutine, in the stacks that a runtime has printed, in the same terms for every language. */

/**
 * What a thread was doing. `idle`: it waits for the next connection or request, as every server does. `call`: it waits
 * for the answer to a call; `brief`: to one that has only just begun. `wait`: it waits for other threads, as at a channel or a condition. `unknown`: the runtime
 * does not say.
 */
export const ACTIVITIES = [
  'lock',
  'call',
  'running',
  'wait',
  'io',
  'unknown',
  'brief',
  'sleep',
  'idle',
] as const;
export type Activity = (typeof ACTIVITIES)[number];

export interface Thread {
  doing: Activity;
  /** The runtime's own word for that, such as `chan receive`; empty if it has none. */
  state: string;
  /** The submission's own functions that were under way, the innermost first; never empty. */
  frames: OwnFrame[];
  /** Name of the thread, where threads have names. */
  name?: string;
  /** The lock that it waits for, and those that it holds, as the runtime tells them apart. */
  lock?: string;
  holds?: string[];
  /** The method of net/rpc that it executes for a caller, such as `PBServer.Get`. */
  serves?: string;
}

export interface OwnFrame {
  /** Such as `pbservice.(*PBServer).tick`, or `handle`. */
  name: string;
  /** File and line, such as `server.go:88`. */
  place: string;
}

/** The threads of a process; of those that run only libraries, nothing is kept. */
export interface ThreadDump {
  /** The word for one of them. */
  noun: 'goroutine' | 'thread';
  threads: Thread[];
}

/** Longest name or place that is kept, in characters. */
const TEXT_LENGTH = 120;

/** A frame from untrusted text: what could not be shown is replaced. */
export function ownFrame(name: string, place: string): OwnFrame {
  return { name: shown(name), place: shown(place) };
}

export function shown(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?').slice(0, TEXT_LENGTH);
}
