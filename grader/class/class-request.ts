/** What a rubric and a roster say about a grading that is to begin, and which words of the caller hold against them. */

import { UsageError } from '../../harness/index.js';
import { chooseScenarios } from '../choice.js';
import type { RosterEntry } from '../roster.js';
import { readRubric } from '../rubric/read-rubric.js';
import type { Rubric } from '../rubric/rubric.js';
import { textsOf, type FilesToKeep } from './kept-files.js';
import { readRoster } from './read-roster.js';

/** Runs of each scenario where neither the caller nor a rubric says how many. */
const DEFAULT_RUNS = 100;

export interface ClassFiles {
  rubric?: Rubric;
  roster?: RosterEntry[];
  /** Their text, to be kept with the grading. */
  texts: FilesToKeep;
}

/** Reads both, before anything is built; each may be absent. */
export function readClassFiles(files: { rubric?: string; roster?: string }): ClassFiles {
  const { rubric, roster } = files;
  return {
    ...(rubric === undefined ? {} : { rubric: readRubric(rubric) }),
    ...(roster === undefined ? {} : { roster: readRoster(roster) }),
    texts: textsOf(files),
  };
}

/** Runs of each scenario: the caller's word holds against that of the rubric. */
export function chooseRunCount(asked: number | undefined, rubric: Rubric | undefined): number {
  const written = rubric?.runs;
  if (asked !== undefined && written !== undefined && asked !== written) {
    process.stderr.write(`${asked} runs of each scenario, as asked; the rubric says ${written}\n`);
  }
  return asked ?? written ?? DEFAULT_RUNS;
}

/** Ids of the scenarios that are to be run: with a rubric only those that it grades. */
export function chooseGraded(globs: readonly string[], rubric: Rubric | undefined): string[] {
  const chosen = chooseScenarios(globs);
  if (rubric === undefined) return chosen;
  const graded = new Set(scenariosOf(rubric));
  const both = chosen.filter((id) => graded.has(id));
  if (both.length > 0) return both;
  throw new UsageError('the rubric grades none of these scenarios', {
    got: `--scenario ${globs.join(' ')}`,
    expected: `some of ${[...graded].join(', ')}`,
  });
}

export function scenariosOf({ parts }: Rubric): string[] {
  return parts.flatMap(({ scenarios }) => scenarios.map(({ scenario }) => scenario));
}
