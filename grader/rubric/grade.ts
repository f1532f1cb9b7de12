/** The grade of a submission, scenario by scenario and part by part. */

import { z } from 'zod';
import { AMOUNT, openObject, TEXT } from '../ground/schemas.js';

const SCENARIO_GRADE = openObject({
  scenario: TEXT,
  points: AMOUNT,
  maxPoints: AMOUNT,
  /** `review`: staff have to look, because an interval straddles a step or nothing could be judged. */
  status: z.enum(['full', 'partial', 'none', 'review']),
  hidden: z.boolean(),
  /** Why so many, as one sentence: the rate, the end of the interval that counts, and the policy. */
  rule: z.string(),
  /** Its failures are charged in another scenario, because they are alike. */
  chargedIn: TEXT.exactOptional(),
  /** Points by the other end of the interval, where they differ. */
  otherEndPoints: AMOUNT.exactOptional(),
  /** Points without the runs that could not be judged, where they differ. */
  pointsIfLeftOut: AMOUNT.exactOptional(),
});

const PART_GRADE = openObject({
  name: TEXT,
  points: AMOUNT,
  maxPoints: AMOUNT,
  scenarios: z.array(SCENARIO_GRADE),
});

export const SUBMISSION_GRADE = openObject({
  points: AMOUNT,
  maxPoints: AMOUNT,
  parts: z.array(PART_GRADE),
});

/**
 * The grade of one scenario. Points are rounded to 2 digits, half up. Staff look at a scenario that was left out
 * because the submission does not offer its operations, and at one that the grading does not have.
 */
export type ScenarioGrade = z.infer<typeof SCENARIO_GRADE>;
export type PartGrade = z.infer<typeof PART_GRADE>;
export type SubmissionGrade = z.infer<typeof SUBMISSION_GRADE>;
