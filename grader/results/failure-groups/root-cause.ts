/**
 * A root cause, in sentences: a mistake that failed scenarios about something else. It is told once, and before all
 * other failures, since what it decided says little about the rest.
 */

import { count } from '../../text/count.js';
import type { FailureGroup } from './group.js';

type Besides = NonNullable<FailureGroup['besides']>;

/** From this number of scenarios on, the mistake is told instead of its failures. */
const ROOT_FROM = 2;

/** Whether it is one mistake in several scenarios, of which it hid what they test. */
export function isRootCause(
  group: Pick<FailureGroup, 'besides'> & { scenarios: readonly string[] },
): boolean {
  return group.besides !== undefined && group.scenarios.length >= ROOT_FROM;
}

/** The beginning of a sentence that ends with the title of the mistake. */
export function whatItDecided(scenarios: number, of?: number): string {
  const all = of === undefined ? count(scenarios, 'scenario') : `${scenarios} of ${of} scenarios`;
  return `one mistake decided the result of ${all}`;
}

/** What the scenarios showed besides; `failing` are the names of those that fail all the same. */
export function whatIsBesides(
  { passed, failed, unknown }: Omit<Besides, 'failing'>,
  failing: string,
): string {
  const runs = passed + failed + unknown;
  const outcomes = [
    ...(passed === 0 ? [] : [`${passed} would pass`]),
    ...(failed === 0
      ? []
      : [`${failed} would still fail, which may be a consequence (${failing})`]),
    ...(unknown === 0 ? [] : [`${unknown} could not be judged`]),
  ];
  const which = runs === 1 ? '1 of these runs is' : `${runs} of these runs are`;
  return `${which} about something else: without the mistake, ${inRow(outcomes)}.`;
}

/** The result of one run or more of one scenario, as a sentence; undefined where nothing can be said. */
export function howItWouldEnd(
  { passed, failed }: Pick<Besides, 'passed' | 'failed'>,
  reason: string,
): string | undefined {
  if (failed > 0) {
    return `Without that mistake, this scenario still fails, which may be a consequence: ${reason}`;
  }
  return passed > 0 ? 'Without that mistake, this scenario passes.' : undefined;
}

function inRow(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
