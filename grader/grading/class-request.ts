/** The terms of a grading that is about to begin: a rubric and a roster, and the options that override them. */

import { UsageError } from '../../harness/index.js';
import { chooseScenarios } from '../plan/choice.js';
import { count } from '../text/count.js';
import type { PlanRequest } from '../plan/preparation.js';
import type { RosterEntry } from '../plan/roster/roster.js';
import { readRubric } from '../rubric/read-rubric.js';
import type { Rubric } from '../rubric/rubric.js';
import { say } from '../text/message.js';
import { leastCap } from '../statistics/sequential/exact.js';
import { DEFAULT_STOPPING } from '../statistics/sequential/wald-test.js';
import { parseAskedColumns } from '../files/tables/asked-columns.js';
import { textsOf, type FilesToKeep } from '../results/kept-files.js';
import { readRoster } from '../plan/roster/read-roster.js';
import { ROSTER_ROLES } from '../plan/roster/roster-columns.js';

/** Runs of each scenario where neither the caller nor a rubric says how many. */
const DEFAULT_RUNS = 100;

/** One replay for so many runs of a scenario, unless said otherwise. */
const RUNS_PER_REPLAY = 20;

/** And no more than so many then. */
const MOST_REPLAYS = 5;

export interface ClassFiles {
  rubric?: Rubric;
  roster?: RosterEntry[];
  /** Their text, to be kept with the grading. */
  texts: FilesToKeep;
}

/** Reads both, before anything is built; each may be absent. */
export function readClassFiles(files: {
  rubric?: string;
  roster?: string;
  /** As on the command line: which column of the roster is which. */
  rosterColumns?: string;
}): ClassFiles {
  const { rubric, rosterColumns } = files;
  if (rosterColumns !== undefined && files.roster === undefined) {
    throw new UsageError('--roster-columns needs a roster', {
      expected: '--roster FILE as well',
    });
  }
  const columns =
    rosterColumns && parseAskedColumns(rosterColumns, ROSTER_ROLES, '--roster-columns');
  const roster =
    files.roster === undefined
      ? undefined
      : readRoster(files.roster, { columns: columns || undefined, tell: say });
  return {
    ...(rubric === undefined ? {} : { rubric: readRubric(rubric) }),
    ...(roster === undefined ? {} : { roster }),
    texts: textsOf({ rubric, roster }),
  };
}

/** Options as on the command line. */
export interface AskedAmount {
  /** Runs of each scenario; the most, with `sequential`. */
  runs?: number;
  /** Whether a scenario is run only until it is decided. */
  sequential?: boolean;
  /** How often one failing run of each scenario is repeated. */
  replays?: number;
}

/** How many runs of a scenario there are, and how many of one that failed. */
export function chooseAmount(
  asked: AskedAmount,
  rubric: Rubric | undefined,
): Required<Pick<PlanRequest, 'runsPerScenario' | 'stopping' | 'replays'>> {
  const stopping = rubric?.stopping ?? (asked.sequential === true ? DEFAULT_STOPPING : undefined);
  const usual = stopping === undefined ? DEFAULT_RUNS : leastCap(stopping);
  const runsPerScenario = asked.runs ?? rubric?.runs ?? usual;
  tellOfContradictions(asked, rubric);
  const replays = Math.min(MOST_REPLAYS, Math.floor(runsPerScenario / RUNS_PER_REPLAY));
  return { runsPerScenario, stopping, replays: asked.replays ?? replays };
}

/** The caller's option overrides the rubric. */
function tellOfContradictions({ runs, sequential }: AskedAmount, rubric: Rubric | undefined): void {
  if (rubric === undefined) return;
  if (runs !== undefined && rubric.runs !== undefined && runs !== rubric.runs) {
    say(
      `using -n ${runs}, although the rubric asks for ${count(rubric.runs, 'run')} of each scenario`,
    );
  }
  if (sequential === true && rubric.stopping === undefined) {
    say('using --sequential, although the rubric sets a fixed number of runs');
  }
}

/** Ids of the scenarios that are to be run: with a rubric only those that it grades. */
export function chooseGraded(globs: readonly string[], rubric: Rubric | undefined): string[] {
  const chosen = chooseScenarios(globs);
  if (rubric === undefined) return chosen;
  const graded = new Set(scenariosOf(rubric));
  const both = chosen.filter((id) => graded.has(id));
  if (both.length > 0) {
    tellOfOthers(graded.size - both.length);
    return both;
  }
  throw new UsageError('the rubric grades none of these scenarios', {
    got: `--scenario ${globs.join(' ')}`,
    expected: `some of ${[...graded].join(', ')}`,
  });
}

/** Only those that the caller has left out with --scenario. */
function tellOfOthers(others: number): void {
  if (others === 0) return;
  say(
    `--scenario leaves out ${count(others, 'scenario')} of the rubric, for which there are no points yet; \`pblab regrade DIR --rubric FILE\` runs the rest`,
  );
}

export function scenariosOf({ parts }: Rubric): string[] {
  return parts.flatMap(({ scenarios }) => scenarios.map(({ scenario }) => scenario));
}
