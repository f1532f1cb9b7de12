/**
 * Lets a scenario be judged beside a failure that is not about it. Some rules are held against every run. One
 * mistake there fails scenarios about anything else, and hides how those would have ended.
 */

import { answersOnTheWire } from '../checkers/answers-on-the-wire.js';
import type { Checker } from '../checkers/checker.js';
import { viewRules, viewRulesBut } from '../checkers/view-rules.js';
import type { Finding } from '../lab/verdict.js';
import type { Scenario } from '../scenarios/stage/scenario.js';

/** The name under which the cause of an overdue view or ping speaks. */
export const BY_OVERDUE_CAUSE = 'overdue-cause';

/** The checkers of every run, whatever its scenario is about. */
export const HELD_AGAINST_EVERY_RUN: readonly Checker[] = [viewRules, answersOnTheWire];

export interface JudgedRun {
  scenario: Pick<Scenario, 'id' | 'source'>;
  /** All findings of the run. */
  findings: readonly Finding[];
  /** What a checker finds in the run. */
  checked: (checker: Checker) => Finding;
}

/**
 * The findings without a leading failure by a rule that is held against every run: one of another such rule may stand
 * behind it. Undefined if the failure is about what the scenario tests, or is none.
 */
export function findingsBesides(
  leading: Finding,
  { scenario, findings, checked }: JudgedRun,
): Finding[] | undefined {
  if (leading.verdict !== 'fail' || leading.rule === scenario.source) return undefined;
  const { rule, by } = leading;
  // Whatever else is overdue by then may have waited for the same.
  if (by === BY_OVERDUE_CAUSE) return [stopped(scenario.id)];
  if (!HELD_AGAINST_EVERY_RUN.some(({ name }) => name === by)) return undefined;
  const others = findings.filter((finding) => finding.by !== by);
  return by === viewRules.name ? [...others, checked(viewRulesBut(rule))] : others;
}

function stopped(by: string): Finding {
  const says = 'The scenario could not go on after that.';
  return { verdict: 'unknown', by, cause: 'fault-never-bit', says };
}
