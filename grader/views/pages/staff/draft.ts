/** Changes a draft of a rubric; a choice is empty for all scenarios, `part:INDEX`, or the id of one scenario. */

import type { Policy } from '../../../rubric/policies/registry.js';
import type { Rubric, RubricScenario } from '../../../rubric/rubric.js';
import { isSame } from './rubric-lines.js';

/** Undefined if the chosen scenarios have different ones. */
export function commonPolicy({ parts }: Rubric, choice: string): Policy | undefined {
  const policies = parts.flatMap(({ scenarios }, part) =>
    scenarios.filter((one) => isChosen(choice, one, part)).map(({ policy }) => policy),
  );
  const [first] = policies;
  return policies.every((one) => isSame(one, first)) ? first : undefined;
}

/** The rubric with this policy for the chosen scenarios. */
export function withPolicy(rubric: Rubric, choice: string, policy: Policy): Rubric {
  const parts = rubric.parts.map((part, index) => ({
    ...part,
    scenarios: part.scenarios.map((one) =>
      isChosen(choice, one, index) ? { ...one, policy } : one,
    ),
  }));
  return { ...rubric, parts };
}

function isChosen(choice: string, { scenario }: RubricScenario, part: number): boolean {
  return choice === '' || choice === `part:${part}` || choice === scenario;
}
