/**
 * Situations that a run has met: a server in a state, the action on it, and the moment. A run that meets a
 * triple says so in its record; which triples there are is coverable.ts.
 */

/** Who was hit, and as what. */
export const TARGETS = [
  'primary of a settled pair',
  'primary of an unsettled pair',
  'sole primary',
  'backup',
  'new backup',
  'idle server',
  'deposed primary',
  'view service',
  'client',
] as const;

export type TargetState = (typeof TARGETS)[number];

/** When it was hit, as the protocol tells. */
export const MOMENTS = [
  'at any time',
  'after a forward has been executed',
  'while a forward is held',
  'after a reply has been lost',
  'after a retry and the next update',
  'during a transfer',
  'right after a join',
  'before it counts as dead',
  'after it was replaced',
] as const;

export type Moment = (typeof MOMENTS)[number];

export interface Met {
  target: TargetState;
  /** A fault of the registry, or a move such as `restart`. */
  did: string;
  moment: Moment;
}

/** One line for a triple; equal triples give equal lines. */
export function describeMet({ target, did, moment }: Record<keyof Met, string>): string {
  return `${target} · ${did} · ${moment}`;
}

/** Each triple once, in the order in which they were met. */
export function distinctMet(met: readonly Met[]): Met[] {
  return [...new Map(met.map((one) => [describeMet(one), one])).values()];
}
