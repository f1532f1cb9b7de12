/** The contract of a mutant: the reference with one mistake, which is a class that replaces one of its. */

import type { Parts } from './command.js';

/** What a mutant may be told: how often it errs, and where its chance comes from. */
export interface Dial {
  /** A probability, from 0 to 1. */
  rate: number;
  /** Draws from 0 (included) to 1 (excluded). */
  random: () => number;
}

export interface Mutant {
  name: string;
  /** What the student was thinking, in one sentence. */
  thought: string;
  /** The machine in which the mistake is. */
  replaces: 'view service' | 'server' | 'clerk';
  /** The options it understands, with their defaults; absent if there are none. */
  options?: { rate?: number };
  /** The classes it replaces. */
  parts(dial: Dial): Partial<Parts>;
  /** Ids of scenarios that must catch it. */
  caughtBy: readonly string[];
  /** Ids of scenarios that it is known to pass: the reason why it is believed to be right. */
  passes: readonly string[];
}
