/**
 * How a fault is defined: its script and its words together, in one file. The definition becomes a function that
 * makes the fault, and that the registry lists by its description.
 */

import type { CallerSaw } from '../history/timeline.js';
import type { Call } from './call.js';
import type { CallFault, Fault, LinkFault } from './fault.js';

export interface FaultDescription {
  name: string;
  /** What happens, as a phrase. */
  does: string;
  /** A phrase. */
  callerSees: string;
  /** The end of the title of a failure that came next, such as `after a reply was lost`. */
  after: string;
}

/** Makes a fault, given what its script needs to know. */
export interface FaultMaker<Options extends unknown[], Made extends Fault> {
  (...options: Options): Made;
  readonly description: FaultDescription;
}

/**
 * Enters the call into the fault log. A script that begins to hold a call reports `silence`: the log gets what the
 * caller saw in the end.
 */
export type Report = (callerSaw: CallerSaw) => void;

/** Applies the fault to one call; it must leave the call answered, ended, or hung until healed. */
export type Script = (call: Call, report: Report) => Promise<void>;

export interface CallFaultDefinition<Options extends unknown[]> extends FaultDescription {
  /** See `CallFault`. */
  swallows?: true;
  script: (...options: Options) => Script;
}

export function defineCallFault<Options extends unknown[]>({
  swallows,
  script,
  ...description
}: CallFaultDefinition<Options>): FaultMaker<Options, CallFault> {
  const { name } = description;
  const make = (...options: Options): CallFault => {
    const run = script(...options);
    return {
      kind: 'call',
      name,
      ...(swallows && { swallows }),
      apply: (call) => run(call, (callerSaw) => call.logEffect({ fault: name, callerSaw })),
    };
  };
  return Object.assign(make, { description });
}

export interface LinkFaultDefinition extends FaultDescription {
  /** See `LinkFault`. */
  severs: boolean;
}

export function defineLinkFault({
  severs,
  ...description
}: LinkFaultDefinition): FaultMaker<[], LinkFault> {
  const make = (): LinkFault => ({ kind: 'link', name: description.name, severs });
  return Object.assign(make, { description });
}
