/**
 * How fast clients go on beside a nemesis: fast when something has just happened, and slower the longer nothing does.
 * A strike shows what it has broken soon after it; hundreds of operations in a calm would only cost processor time.
 */

import type { Clock } from '../../ground/clock.js';

/** The shortest pause between two operations of a client, in ms, so that clients do not starve the pings. */
const SHORTEST_PAUSE_MS = 15;

/** The longest, in ms: soon after something has happened, every client is fast again. */
const LONGEST_PAUSE_MS = 80;

/** Until then a pause is this share of the time since something happened. */
const SHARE_OF_CALM = 0.3;

export interface Pace {
  /** Something happens now. */
  hasten(): void;
  /** Lasts from one operation of a client to the next. */
  pause(): Promise<void>;
}

export function createPace(clock: Clock): Pace {
  let hastenedMs = clock.now();
  return {
    hasten() {
      hastenedMs = clock.now();
    },
    pause() {
      const calmMs = clock.now() - hastenedMs;
      const wantedMs = Math.max(SHORTEST_PAUSE_MS, Math.round(SHARE_OF_CALM * calmMs));
      return clock.sleep(Math.min(wantedMs, LONGEST_PAUSE_MS));
    },
  };
}
