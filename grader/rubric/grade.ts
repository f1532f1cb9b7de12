/** What a submission earns by a rubric. */

/** Of one scenario. Points are rounded to 2 digits, half up. */
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
