/** The worlds in which a scenario can be played. */

/**
 * `processes`: real processes in real time. `virtual`: real processes on a clock that moves only while all of them wait.
 * Rates of the two are never mixed.
 */
export const WORLDS = ['processes', 'virtual'] as const;

export type World = (typeof WORLDS)[number];
