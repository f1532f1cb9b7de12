/**
 * The kit's knowledge of a cluster during a generated run: the moves that are possible next, and the answers it owes.
 * It is the model of fast-check's commands; the cluster itself is the real system.
 */

import type { View } from '../../history/timeline.js';

export interface Model {
  /** The view that was seen last; its members are meant by "primary" and "backup". */
  view: View;
  /** Servers that run, frozen or not. */
  alive: Set<string>;
  /** How many servers have been started under names of their own, so that the next gets a new one. */
  started: number;
  /** Whether the pair of `view` is known to hold everything: its primary may die now. */
  isSettled: boolean;
  /**
   * Whether the service must get everything done once nothing is in its way any more. It need not, for the rest
   * of the run, after a strike that may have cost the last copy of the data.
   */
  isOwed: boolean;
  /**
   * Whether all servers with the data may have been silent for so long that the view service rightly considered them dead.
   * Then some go on to a view without a primary, in which no server may ever serve again.
   */
  mayBeLeaderless: boolean;
}

export function emptyModel(): Model {
  return {
    view: { viewnum: 0, primary: '', backup: '' },
    alive: new Set(),
    started: 0,
    isSettled: false,
    isOwed: true,
    mayBeLeaderless: false,
  };
}

/** Servers that run and are in no place of the view. */
export function idleServers({ view, alive }: Model): string[] {
  return [...alive].filter((name) => name !== view.primary && name !== view.backup);
}

/** Whether two servers with the data are known, and the service still owes everything. */
export function mayLosePrimary({ isOwed, isSettled, view }: Model): boolean {
  return isOwed && isSettled && view.backup !== '';
}
