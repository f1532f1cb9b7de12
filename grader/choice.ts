/** Which scenarios, or other things with names, a caller means by patterns in which * and ? match. */

import { SCENARIOS, STOCK_TESTS, UsageError } from '../harness/index.js';

/**
 * Ids of the scenarios that any of the globs matches, in the order of the registry; all if there is no
 * glob. A glob may also match the name of a test function of the lab's own tests, and then stands for the
 * scenarios that test the same.
 */
export function chooseScenarios(globs: readonly string[]): string[] {
  const ids = SCENARIOS.map(({ id }) => id);
  const tests = Object.keys(STOCK_TESTS);
  const chosen = choose('scenario', [...ids, ...tests], globs);
  const meant = new Set(chosen.flatMap((name) => STOCK_TESTS[name] ?? name));
  return ids.filter((id) => meant.has(id));
}

/** Those of the names that any of the globs matches, in their order; all if there is no glob. */
export function choose(what: string, names: readonly string[], globs: readonly string[]): string[] {
  for (const glob of globs) {
    if (!names.some((name) => matches(name, glob))) {
      throw new UsageError(`no such ${what}`, {
        got: `"${glob}"`,
        expected: `one of, or a pattern with * for, ${names.join(', ')}`,
      });
    }
  }
  const chosen = (name: string) => globs.some((glob) => matches(name, glob));
  return globs.length === 0 ? [...names] : names.filter(chosen);
}

function matches(name: string, glob: string): boolean {
  const pattern = glob.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${pattern.replaceAll('?', '.')}$`).test(name);
}
