/** Which scenarios, or other named things, a caller means by patterns with * and ?. */

import {
  SCENARIOS,
  STEPS,
  STOCK_TESTS,
  unknownName,
  UsageError,
  type Step,
} from '../../harness/index.js';
import { matches } from '../text/glob.js';

/** The commands that show all names of a kind. */
const COMMANDS = {
  scenario: 'pblab list scenarios',
  mutant: 'pblab list mutants',
  student: undefined,
};

/**
 * Ids of the scenarios that any of the globs matches, in the order of the registry; all if there is no
 * glob. A glob may also match the name of a test function of the lab's own tests, and then stands for the
 * scenarios that test the same.
 */
export function chooseScenarios(globs: readonly string[]): string[] {
  const chosen = choose('scenario', scenarioNames(), globs);
  const meant = new Set(chosen.flatMap((name) => STOCK_TESTS[name] ?? name));
  return SCENARIOS.map(({ id }) => id).filter((id) => meant.has(id));
}

/** The steps of the lab that a number such as `3`, or a range such as `1-5`, stands for. */
export function chooseSteps(text: string): [Step, ...Step[]] {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text.trim()) ?? [];
  const [step, ...more] = STEPS.filter(
    ({ number }) => number >= Number(from) && number <= Number(to),
  );
  if (
    step !== undefined &&
    step.number === Number(from) &&
    more.length === Number(to) - Number(from)
  ) {
    return [step, ...more];
  }
  throw new UsageError('no such step', {
    got: `"${text}"`,
    expected: `a number from 1 to ${STEPS.length}, or a range such as 1-${STEPS.length}`,
    hint: '`pblab list steps` shows all',
  });
}

/** All names of scenarios: their ids, then the names of the lab's own tests. */
export function scenarioNames(): string[] {
  return [...SCENARIOS.map(({ id }) => id), ...Object.keys(STOCK_TESTS)];
}

/** Whether any scenario is meant by a glob. */
export function isScenarioGlob(glob: string): boolean {
  return scenarioNames().some((name) => matches(name, glob));
}

/** Those of the names that any of the globs matches, in their order; all if there is no glob. */
export function choose(
  what: keyof typeof COMMANDS,
  names: readonly string[],
  globs: readonly string[],
): string[] {
  for (const glob of globs) {
    if (!names.some((name) => matches(name, glob))) {
      const known = { names, lead: 'one of these, or a pattern with *:', command: COMMANDS[what] };
      throw new UsageError(`no such ${what}`, unknownName(glob, known));
    }
  }
  const chosen = (name: string) => globs.some((glob) => matches(name, glob));
  return globs.length === 0 ? [...names] : names.filter(chosen);
}
