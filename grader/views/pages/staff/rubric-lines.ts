/** The lines of rubric.yaml that turn one rubric into another, for people to copy; also in the browser. */

import { policyInYaml, rateInYaml } from '../../../rubric/policies/form.js';
import type { Policy } from '../../../rubric/policies/registry.js';
import type { Rubric, RubricPart } from '../../../rubric/rubric.js';

/** Empty if nothing differs. Of scenarios only the policies are compared. */
export function changedLines(before: Rubric, after: Rubric): string {
  const top: string[] = [];
  if (before.confidence !== after.confidence)
    top.push(`confidence: ${rateInYaml(after.confidence)}`);
  if (before.gradedEnd !== after.gradedEnd) top.push(`gradedEnd: ${after.gradedEnd}`);
  if (before.unjudged !== after.unjudged) top.push(`unjudged: ${after.unjudged}`);
  const parts = after.parts.flatMap((part, index) => changedPart(before.parts[index], part));
  return [...top, ...parts].join('\n');
}

function changedPart(before: RubricPart | undefined, after: RubricPart): string[] {
  const changed = after.scenarios.filter(
    ({ policy }, index) => !isSame(policy, before?.scenarios[index]?.policy),
  );
  const [first] = changed;
  if (first === undefined) return [];
  const name = JSON.stringify(after.name);
  const all = after.scenarios.every(({ policy }) => isSame(policy, first.policy));
  if (all && after.scenarios.length > 1) {
    return [
      `# in the part ${name}, instead of the policies of its scenarios`,
      `policy: ${policyInYaml(first.policy)}`,
    ];
  }
  return [
    `# in the part ${name}, below its scenarios`,
    ...changed.flatMap(({ scenario, policy }) => [
      `- scenario: ${scenario}`,
      `  policy: ${policyInYaml(policy)}`,
    ]),
  ];
}

export function isSame(a: Policy, b: Policy | undefined): boolean {
  return b !== undefined && policyInYaml(a) === policyInYaml(b);
}
