/**
 * How fast clients go on beside a nemesis. What a crash or a freeze breaks shows soon after it, and hundreds of operations
 * in the calm that follows would only cost processor time. What a network breaks shows in any of many calls.
 */

import type { Clock } from '../../ground/clock.js';

/** Between two operations of a client at a steady pace, in ms. */
const STEADY_PAUSE_MS = 15;

/** The shortest pause between two operations of a client, in ms, so that clients do not starve the pings. */
const SHORTEST_PAUSE_MS = 10;

/** The longest, in ms: soon after something has happened, every client is fast again. */
const LONGEST_PAUSE_MS = 100;

/** For so long after something has happened clients are as fast as they may be, in ms. */
const FAST_MS = 100;

/** After that a pause is longer by this share of the time since then. */
const SHARE_OF_CALM = 0.5;

export interface Pace {
  /** Something happens now. */
  hasten(): void;
  /** Lasts from one operation of a client to the next. */
  pause(): Promise<void>;
}

/** Always the same. */
export function steadyPace(clock: Clock): Pace {
  return { hasten() {}, pause: () => clock.sleep(STEADY_PAUSE_MS) };
}

/** Fast when something has just happened, and slower the longer nothing does. */
export function calmingPace(clock: Clock): Pace {
  let hastenedMs = clock.now();
  return {
    hasten() {
      hastenedMs = clock.now();
    },
    pause() {
      const calmMs = Math.max(0, clock.now() - hastenedMs - FAST_MS);
      const wantedMs = SHORTEST_PAUSE_MS + SHARE_OF_CALM * calmMs;
      return clock.sleep(Math.min(wantedMs, LONGEST_PAUSE_MS));
    },
  };
}
