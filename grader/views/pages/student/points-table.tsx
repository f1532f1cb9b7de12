/** The points of a student, part by part, each with the rule that it follows from. */

import { isCoveredUp } from '../../../results/redaction.js';
import type { ScenarioGrade, SubmissionGrade } from '../../../rubric/grade.js';
import { sanitizeLine } from '../../../text/sanitize.js';

const RULE_LENGTH = 400;

/** `isToldWhy`: the page has said already why there are none. */
export function Points({ grade, isToldWhy }: { grade: SubmissionGrade; isToldWhy: boolean }) {
  return (
    <section>
      <h2>
        Points: {grade.points} of {grade.maxPoints}
      </h2>
      {grade.parts.map((part) => (
        <details open={grade.parts.length <= 4}>
          <summary>
            {line(part.name)}: {part.points} of {part.maxPoints}
          </summary>
          <ul class="points">
            {part.scenarios.map((one) => (
              <PointsOf one={one} isToldWhy={isToldWhy} />
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function PointsOf({ one, isToldWhy }: { one: ScenarioGrade; isToldWhy: boolean }) {
  const charged =
    one.chargedIn === undefined ? null : (
      <> The same failures cost points in {nameOf(one.chargedIn)} only.</>
    );
  return (
    <li>
      <strong>{nameOf(one.scenario)}</strong>: {one.points} of {one.maxPoints}
      {one.status === 'review' ? <strong class="unknown"> (staff will review this)</strong> : null}
      {isToldWhy ? null : (
        <span class="title">
          {line(one.rule)}.{charged}
        </span>
      )}
    </li>
  );
}

/** A scenario that is hidden has a stand-in for its name. */
function nameOf(scenario: string): string {
  return isCoveredUp(scenario) ? scenario.replace('hidden-', 'hidden test ') : line(scenario);
}

function line(text: string): string {
  return sanitizeLine(text, RULE_LENGTH);
}
