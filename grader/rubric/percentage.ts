/** Rates and shares as a person writes them: `5 %`, `5%` or 0.05. */

import { z } from 'zod';

const EXPECTED = 'expected a percentage such as "5 %" or 0.05';

/** A number from 0 to 1. A bare 1 is refused, because it may well mean 1 %. */
export const percentage = z.unknown().transform((value, context): number => {
  const parsed = parsePercentage(value);
  if (typeof parsed === 'number') return parsed;
  context.issues.push({ code: 'custom', input: value, message: parsed });
  return z.NEVER;
});

function parsePercentage(value: unknown): number | string {
  if (typeof value === 'number') {
    if (value === 1) return 'expected "1 %" or "100 %", whichever is meant';
    return value >= 0 && value < 1 ? value : EXPECTED;
  }
  const [, digits] =
    (typeof value === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(value) : null) ?? [];
  if (digits === undefined) return EXPECTED;
  // Dividing by 100 would make 0.7 % something else than 0.007.
  const rate = Number(`${digits}e-2`);
  return rate <= 1 ? rate : 'expected at most 100 %';
}
