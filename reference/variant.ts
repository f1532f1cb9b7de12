/**
 * The contract of a variant: a correct service that does something otherwise than the reference,
 * because the lab leaves it open. A scenario that fails one accuses it wrongly.
 */

import type { Parts } from './command.js';
import type { UpdateKind } from './protocol.js';

/** What the lab leaves open. Two variants that settle the same question contradict each other. */
export type Question =
  | 'when clerks ask for the view'
  | 'when servers ask for the view'
  | 'when views change'
  | 'how calls are connected'
  | 'how the state reaches a backup'
  | 'how operations reach a backup'
  | 'how retries are answered';

export interface Variant {
  name: string;
  /** What it does otherwise than the reference, in one sentence. */
  differs: string;
  /** Why the lab allows it: the part of the hand-out, and what that leaves open. */
  allowed: string;
  settles: Question;
  /** What clients may ask of it; absent if that is everything. */
  operations?: readonly ('get' | UpdateKind)[];
  /** The parts that it makes from those it is given, so that variants can be put on top of each other. */
  parts(from: Parts): Partial<Parts>;
}
