/** What a submission has earned, scenario by scenario and part by part. */

/**
 * Of one scenario. Points are rounded to 2 digits, half up. One that was left out, because the submission does
 * not offer its operations, is for staff to look at, and so is one that is not among those of the grading.
 */
export interface ScenarioGrade {
  scenario: string;
  points: number;
  maxPoints: number;
  /** `review`: staff have to look, because an interval straddles a step or nothing could be judged. */
  status: 'full' | 'partial' | 'none' | 'review';
  hidden: boolean;
  /** Why so many, as one sentence: the rate, the end of the interval that counts, and the policy. */
  rule: string;
  /** Its failures are charged in another scenario, because they are alike. */
  chargedIn?: string;
  /** What the other end of the interval would earn, where it differs. */
  otherEndPoints?: number;
  /** What it would earn if the runs that could not be judged were left out, where that differs. */
  pointsIfLeftOut?: number;
}

export interface PartGrade {
  name: string;
  points: number;
  maxPoints: number;
  scenarios: ScenarioGrade[];
}

export interface SubmissionGrade {
  points: number;
  maxPoints: number;
  parts: PartGrade[];
}
