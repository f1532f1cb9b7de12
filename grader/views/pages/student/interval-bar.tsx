/** A failure rate with its interval as a small bar from 0 to 100 %. The numbers stand beside it. */

import type { FailureRate } from '../../../tally/scenario-tally.js';

export function IntervalBar({ rate: { estimate, low, high } }: { rate: FailureRate }) {
  return (
    <svg class="interval" aria-hidden="true" width="120" height="14">
      <line class="track" x1="0" x2="100%" y1="7" y2="7" />
      <line class="span" x1={place(low)} x2={place(high)} y1="7" y2="7" />
      {estimate === null ? null : <circle class="estimate" cx={place(estimate)} cy="7" r="4" />}
    </svg>
  );
}

function place(rate: number): string {
  // Room for half a circle at both ends.
  return `${(4 + rate * 92).toFixed(1)}%`;
}
