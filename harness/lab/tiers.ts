/**
 * What a scenario stands on: whether the course asked for what it tests. A tier changes no verdict. It says how to read
 * a failure, and in which order to repair several.
 */

/** Tier → which scenarios are in it, as one sentence a student can be shown. */
export const TIERS = {
  asked: "The hand-out says it literally, or one of the lab's own tests tests it.",
  implied: 'A rule of the hand-out demands it, in a case that the hand-out does not name.',
  beyond: 'It is robustness or economy that the hand-out does not ask for.',
} as const;

export type Tier = keyof typeof TIERS;

/** From what a course surely asks for to what it does not. */
export const TIER_ORDER = ['asked', 'implied', 'beyond'] as const satisfies readonly Tier[];
