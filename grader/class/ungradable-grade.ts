/** What a submission of which nothing can be run earns by a rubric: nothing, and every line of it says why. */

import type { SubmissionGrade } from '../rubric/grade.js';
import type { Rubric, RubricScenario } from '../rubric/rubric.js';

export function ungradableGrade({ parts }: Rubric, reason: string): SubmissionGrade {
  const graded = parts.map(({ name, scenarios }) => ({
    name,
    points: 0,
    maxPoints: pointsOf(scenarios),
    scenarios: scenarios.map(({ scenario, points, hidden }) => ({
      scenario,
      points: 0,
      maxPoints: points,
      status: 'none' as const,
      hidden,
      rule: `nothing could be run: ${reason}`,
    })),
  }));
  return {
    points: 0,
    maxPoints: pointsOf(parts.flatMap(({ scenarios }) => scenarios)),
    parts: graded,
  };
}

function pointsOf(scenarios: readonly RubricScenario[]): number {
  return scenarios.reduce((sum, { points }) => sum + points, 0);
}
