/**
 * Watches whether the kit itself is in time. A server that the kit pings for must not die because the kit was
 * late: if a server had to wait too long for its turn, the verdict of the run is unknown.
 */

import type { Clock } from '../../ground/clock.js';
import type { Lab } from '../../cluster/cluster.js';
import type { View } from '../../history/timeline.js';
import { Late } from '../stage/endings.js';

/**
 * A server may be unheard for so many ping intervals less than its death takes: one because a view service
 * counts whole intervals by a clock of its own, half a one because that clock may be late, too.
 */
export const MARGIN_INTERVALS = 1.5;

export interface Turns {
  /** Only these are alive from now on. */
  keep(living: readonly string[]): void;
  /** Lets a server ping; its answer. Throws `Late` if one of the living may count as dead by now. */
  take(name: string, ping: () => Promise<View>): Promise<View>;
}

export function watchTurns(clock: Clock, { pingIntervalMs, deadPings }: Lab): Turns {
  const boundMs = pingIntervalMs * (deadPings - MARGIN_INTERVALS);
  /** When each began its last ping that was answered: the view service may not have received it later. */
  const heardMs = new Map<string, number>();
  const assertInTime = (answerMs?: number): void => {
    for (const [name, atMs] of heardMs) {
      const gapMs = Math.round(clock.now() - atMs);
      if (gapMs > boundMs) throw new Late(describeGap({ name, gapMs, boundMs, answerMs }));
    }
  };
  return {
    keep(living) {
      for (const name of heardMs.keys()) if (!living.includes(name)) heardMs.delete(name);
    },
    async take(name, ping) {
      assertInTime();
      const askedMs = clock.now();
      const view = await ping();
      // The ping may have been received as late as this.
      assertInTime(Math.round(clock.now() - askedMs));
      heardMs.set(name, askedMs);
      return view;
    },
  };
}

interface Gap {
  name: string;
  gapMs: number;
  boundMs: number;
  /** How long the answer took that was waited for last, if one was. */
  answerMs?: number | undefined;
}

function describeGap({ name, gapMs, boundMs, answerMs }: Gap): string {
  const late =
    answerMs === undefined
      ? 'the kit was late'
      : `an answer took ${answerMs} ms, or the kit was late`;
  return `The view service may have received no ping of ${name} for ${gapMs} ms (bound ${boundMs} ms), because ${late}: it may rightly consider ${name} dead.`;
}
