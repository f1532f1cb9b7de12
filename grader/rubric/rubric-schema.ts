/** The schema of rubric.yaml, key by key; read-rubric.ts turns the whole into a rubric. */

import { z } from 'zod';
import { RULES } from '../../harness/index.js';
import { percentage } from './percentage.js';
import { isWholeInHundredths } from './hundredths.js';
import { WRITTEN_POLICY } from './policies/policy-schema.js';

const TEXT_LENGTH = 120;
const PATTERN_LENGTH = 300;
const MOST_POINTS = 1_000_000;
const MOST_RUNS = 100_000;
/** Finding the scenarios that are charged takes three times as long with each. */
const MOST_PATTERNS = 10;

const text = z.string().trim().min(1, 'expected a text').max(TEXT_LENGTH);

const points = z
  .number()
  .positive('expected more than 0 points')
  .max(MOST_POINTS)
  .refine(isWholeInHundredths, 'expected at most 2 digits after the point');

const weight = z.number().positive('expected a weight above 0').max(MOST_POINTS);

const policy = WRITTEN_POLICY.optional();

const entry = z.preprocess(
  (value) => (typeof value === 'string' ? { scenario: value } : value),
  z.strictObject({
    scenario: z.string().min(1, 'expected the id of a scenario, or a pattern'),
    points: points.optional(),
    weight: weight.optional(),
    policy,
    hidden: z.boolean().optional(),
  }),
);

const part = z.strictObject({
  name: text,
  points: points.optional(),
  policy,
  hidden: z.boolean().default(false),
  scenarios: z.array(entry).min(1, 'expected at least one scenario'),
});

const probability = percentage.refine(
  (value) => value >= 0.0001 && value <= 0.5,
  'expected 0.01 % to 50 %',
);

/** Rates that are closer to each other, or to 0, would take too many runs. */
const stopping = z
  .strictObject({
    acceptable: percentage.refine((rate) => rate >= 0.001, 'expected at least 0.1 %'),
    unacceptable: percentage.refine((rate) => rate < 1, 'expected less than 100 %'),
    falseAlarm: probability,
    miss: probability,
  })
  .refine(({ acceptable, unacceptable }) => unacceptable >= 2 * acceptable, {
    path: ['unacceptable'],
    message: 'expected at least twice the acceptable rate',
  });

const pattern = z
  .string()
  .max(PATTERN_LENGTH)
  .refine((glob) => /[^*?\s]/.test(glob), 'expected a pattern that does not match every failure')
  .refine(mayMatch, 'expected a pattern that begins with a rule of `pblab list rules`, or with *');

export const RUBRIC_FILE = z.strictObject({
  title: text,
  runs: z.int().min(1).max(MOST_RUNS).optional(),
  stopping: stopping.optional(),
  confidence: percentage
    .refine((value) => value >= 0.5 && value <= 0.9999, 'expected 50 % to 99.99 %')
    .default(0.95),
  gradedEnd: z.enum(['low', 'high']).default('low'),
  straddle: z.enum(['keep', 'review']).default('review'),
  unjudged: z.enum(['full', 'none', 'review']).default('review').transform(withoutGifts),
  chargeOnce: z
    .array(pattern)
    .max(MOST_PATTERNS, `expected at most ${MOST_PATTERNS} patterns`)
    .default([]),
  policy,
  parts: z.array(part).min(1, 'expected at least one part'),
});

export type RubricFile = z.infer<typeof RUBRIC_FILE>;
export type RubricFilePart = RubricFile['parts'][number];
export type RubricFileEntry = RubricFilePart['scenarios'][number];

/** Whether any signature, which begins with the rule that was broken, can match. */
function mayMatch(glob: string): boolean {
  const [fixed = ''] = glob.split(/[*?]/);
  return Object.keys(RULES).some((rule) => {
    const head = `${rule} / `;
    return fixed.startsWith(head) || (fixed !== glob && head.startsWith(fixed));
  });
}

/** A scenario without a run earns nothing. Older rubrics may say `full`, which now means that staff decide. */
function withoutGifts(unjudged: 'full' | 'none' | 'review'): 'none' | 'review' {
  return unjudged === 'full' ? 'review' : unjudged;
}
