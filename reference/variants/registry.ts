/**
 * Every variant: the reference with something done otherwise that the lab leaves open. A new one is a file
 * beside this and a line here. A later one is put on top of those before it: it sees requests first.
 */

import { REFERENCE, type Parts } from '../command.js';
import type { Variant } from '../variant.js';
import { backupPullsState } from './backup-pulls-state.js';
import { clerkAsksAfterTwoFailures } from './clerk-asks-after-two-failures.js';
import { clerkAsksEveryTime } from './clerk-asks-every-time.js';
import { forwardsInBatches } from './forwards-in-batches.js';
import { oneConnectionKept } from './one-connection-kept.js';
import { retriesAnsweredFromFilter } from './retries-answered-from-filter.js';
import { serverAsksEveryTime } from './server-asks-every-time.js';
import { transferInPieces } from './transfer-in-pieces.js';
import { viewsChangeAtPings } from './views-change-at-pings.js';
import { viewsChangeAtTicks } from './views-change-at-ticks.js';

export const VARIANTS: readonly Variant[] = [
  viewsChangeAtTicks,
  viewsChangeAtPings,
  transferInPieces,
  backupPullsState,
  forwardsInBatches,
  retriesAnsweredFromFilter,
  oneConnectionKept,
  serverAsksEveryTime,
  clerkAsksEveryTime,
  clerkAsksAfterTwoFailures,
];

/** The parts of a service that is all of these variants, which must not contradict each other. */
export function combine(variants: readonly Variant[]): Parts {
  return VARIANTS.filter((variant) => variants.includes(variant)).reduce(
    (parts, variant) => ({ ...parts, ...variant.parts(parts) }),
    REFERENCE,
  );
}
