/** The situations that generated runs have met, in words; a phrase without a full stop. */

import type { Coverage } from './situations-met.js';

/** Shows the situations one by one, as a person would type it. */
export const COVERAGE_COMMAND = 'pblab list coverage DIR';

export function describeCoverage({ met, situations }: Coverage): string {
  return `generated runs met ${met} of ${situations} situations`;
}
