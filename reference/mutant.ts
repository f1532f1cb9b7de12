/** The contract of a mutant: the reference with one mistake, which is a class that replaces one of its. */

import type { Parts } from './command.js';

// What mutants are made of, so that the file of one has a single import.
export * from './clerk.js';
export * from './host.js';
export * from './machine.js';
export type { Reply } from './machine.js';
export * from './peer-protocol.js';
export * from './protocol.js';
export * from './replica.js';
export * from './rpc.js';
export * from './server.js';
export * from './view-service.js';

/** What a mutant may be told: how often it errs, and where its chance comes from. */
export interface Dial {
  /** A probability, from 0 to 1. */
  rate: number;
  /** Draws from 0 (included) to 1 (excluded). */
  random: () => number;
}

/** What the file of a mutant says besides its class. */
interface Entry {
  /** Permanent, kebab-case, and the name of the file. */
  name: string;
  /** What the student was thinking, in one sentence. */
  thought: string;
  /** Ids of scenarios that must catch it. */
  caughtBy: readonly string[];
  /** Ids of scenarios that it is known to pass: the reason why it is believed to be right. */
  passes: readonly string[];
}

export interface Mutant extends Entry {
  /** The machine in which the mistake is. */
  replaces: 'view service' | 'server' | 'clerk';
  /** The options it understands, with their defaults; absent if there are none. */
  options?: { rate?: number };
  /** The classes it replaces. */
  parts(dial: Dial): Partial<Parts>;
}

/** The one class that a mutant without options replaces. */
type Replacement = Pick<Parts, 'view'> | Pick<Parts, 'server'> | Pick<Parts, 'clerk'>;

/** A mutant without options, from its words and the class that it replaces: `view`, `server` or `clerk`. */
export function mutant({
  name,
  thought,
  caughtBy,
  passes,
  ...replacement
}: Entry & Replacement): Mutant {
  return {
    name,
    thought,
    caughtBy,
    passes,
    replaces: machineOf(replacement),
    parts: () => replacement,
  };
}

function machineOf(replacement: Replacement): Mutant['replaces'] {
  if ('view' in replacement) return 'view service';
  return 'server' in replacement ? 'server' : 'clerk';
}
