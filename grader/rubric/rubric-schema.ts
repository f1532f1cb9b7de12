/** What rubric.yaml may say, key by key; what that means as a whole is read-rubric.ts. */

import { z } from 'zod';
import { RULES } from '../../harness/index.js';
import { percentage } from './percentage.js';
import { isWholeInHundredths } from './hundredths.js';
import type { Policy } from './rubric.js';

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

const ALL_OR_NOTHING = z.strictObject({
  kind: z.literal('all-or-nothing'),
  atMost: percentage.refine((rate) => rate < 1, 'expected less than 100 %'),
});

const LINEAR = z
  .strictObject({ kind: z.literal('linear'), fullAtMost: percentage, noneFrom: percentage })
  .refine(({ fullAtMost, noneFrom }) => fullAtMost < noneFrom, {
    path: ['noneFrom'],
    message: 'expected a higher rate than fullAtMost',
  });

/** The rates are those of passes here. */
const PASSES = z
  .strictObject({ kind: z.literal('passes'), from: percentage, to: percentage })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    message: 'expected a higher rate than from',
  })
  .transform(({ from, to }): Policy => ({
    kind: 'linear',
    fullAtMost: complement(to),
    noneFrom: complement(from),
  }));

const STEPS = z.strictObject({
  kind: z.literal('steps'),
  steps: z
    .array(
      z.strictObject({
        atMost: percentage,
        share: percentage.refine((share) => share > 0, 'expected a share above 0'),
      }),
    )
    .min(1, 'expected at least one step')
    .superRefine((steps, context) => {
      for (const [index, { atMost, share }] of steps.entries()) {
        const before = steps[index - 1];
        if (before === undefined) continue;
        const complain = (key: string, message: string) =>
          context.addIssue({ code: 'custom', path: [index, key], message });
        if (atMost <= before.atMost) complain('atMost', 'expected more than in the step before');
        if (share >= before.share) complain('share', 'expected less than in the step before');
      }
    }),
});

const DECISION = z.strictObject({ kind: z.literal('decision'), undecided: percentage });

const policy = z
  .discriminatedUnion('kind', [ALL_OR_NOTHING, LINEAR, PASSES, STEPS, DECISION], {
    error: ({ code }) =>
      code === 'invalid_union'
        ? 'expected a kind: all-or-nothing, linear, passes, steps or decision'
        : undefined,
  })
  .optional();

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

/** Rates that are closer to each other, or to 0, would take more runs than anybody has time for. */
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

/** Without the digits that floating-point arithmetic adds. */
function complement(rate: number): number {
  return Number((1 - rate).toFixed(12));
}

/** What never ran earns nothing: rubrics from before that was so may say `full`, and mean that staff decide. */
function withoutGifts(unjudged: 'full' | 'none' | 'review'): 'none' | 'review' {
  return unjudged === 'full' ? 'review' : unjudged;
}
