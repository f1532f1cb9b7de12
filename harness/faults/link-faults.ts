/**
 * Faults of a whole link. `refuse`: nothing listens any more, calls under way go on, as after a server
 * has closed its socket. `cut`: the same, and calls under way are severed, as after a partition; with
 * `oneWay` or `bothWays` as target it is the one-way or the two-way cut.
 */

import type { LinkFault } from './fault.js';

export function refuse(): LinkFault {
  return { kind: 'link', name: 'refuse', severs: false };
}

export function cut(): LinkFault {
  return { kind: 'link', name: 'cut', severs: true };
}
