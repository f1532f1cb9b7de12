/**
 * The contract of faults. A call fault is a short script that acts on one call; a link fault
 * cuts the link while it is installed. Either is gone, with its effect healed, when its
 * installation ends. Targets say which calls of which links are hit.
 */

import type { Call } from './call.js';

/** Chooses links by the names of the caller and the callee. */
export type LinkSelector = (from: string, to: string) => boolean;

/**
 * Which calls are hit; all conditions given must hold. The reply of the third call of any method of PBServer
 * that pb1 makes to pb2: `{ links: oneWay('pb1', 'pb2'), method: 'PBServer.*', kth: 3 }`.
 */
export interface Target {
  /** Directed links; a link that comes to be later counts as well. */
  links: LinkSelector;
  /** Only the k-th call, from 1, of those that came after the installation and meet the rest. */
  kth?: number;
  /** Each call with this probability, drawn from the link's own generator. */
  probability?: number;
  /** Only calls of this method, or of all that a pattern with `*` describes; needs a framing that can be read. */
  method?: string;
  /** Only calls whose request contains these bytes, such as a value written once. */
  carrying?: string;
}

/** A fault of single calls. */
export interface CallFault {
  kind: 'call';
  /** Name in the registry. */
  name: string;
  /** No call that it hits is answered, in time for its caller, by the process that was dialled. */
  swallows?: true;
  /** Puts one call through it; must leave the call answered, ended, or hung until healed. */
  apply(call: Call): Promise<void>;
}

/** A fault of a whole link: nothing listens where the caller dials. */
export interface LinkFault {
  kind: 'link';
  name: string;
  /** Whether calls under way are severed too. */
  severs: boolean;
}

export type Fault = CallFault | LinkFault;

/** A fault at work. */
export interface InstalledFault {
  readonly fault: Fault;
  readonly target: Target;
  /** How many calls it has hit; for a link fault, how many of the links it took away were met by a call. */
  readonly hits: number;
  /** Removes it; delays end, hung connections are closed, links come back. */
  heal(): void;
}

/** Links in one direction between two processes. */
export function oneWay(from: string, to: string): LinkSelector {
  return (caller, callee) => caller === from && callee === to;
}

/** Links in both directions between two processes. */
export function bothWays(a: string, b: string): LinkSelector {
  return (caller, callee) => oneWay(a, b)(caller, callee) || oneWay(b, a)(caller, callee);
}

/** All links towards any of these processes. */
export function towards(...names: readonly string[]): LinkSelector {
  return (_, callee) => names.includes(callee);
}
