/** `pblab regrade`: does what of a grading is missing, has changed, or is asked for anew; shows old and new points. */

import { join, resolve } from 'node:path';
import { SCENARIOS, UsageError } from '../../harness/index.js';
import { chooseRuns, type ChosenRuns } from '../class/choose-runs.js';
import { readClassFiles, scenariosOf, type ClassFiles } from '../class/class-request.js';
import { findAgain, type FoundAgain } from '../class/find-again.js';
import { keptRoster } from '../class/kept-files.js';
import { replaceByRevised } from '../class/regrade.js';
import { reviseGrading } from '../grading.js';
import { JOURNAL_FILE, readRecords } from '../journal/journal.js';
import type { Plan, PlannedScenario } from '../plan.js';
import { readPlan } from '../plan-file.js';
import { kitVersion, planScenario } from '../preparation.js';
import type { Rubric } from '../rubric/rubric.js';
import { leastCap } from '../sequential/exact.js';
import { conclude, gradingOptions } from './grade.js';
import { interruptSignal } from './interrupt.js';
import { assertGrading } from './report.js';

export interface RegradeOptions extends ChosenRuns {
  /** Takes the place of the one that the grading has. */
  rubric?: string;
  jobs?: number;
  report?: boolean;
}

/** Grades again; resolves to the exit code. */
export async function regrade(folder: string, options: RegradeOptions): Promise<number> {
  const directory = resolve(folder);
  const files = readClassFiles(options.rubric === undefined ? {} : { rubric: options.rubric });
  assertGrading(readPlan(directory), directory);
  const signal = interruptSignal();
  const grading = gradingOptions(directory, options, new Map(), signal);
  return conclude(
    directory,
    await reviseGrading(grading, (plan) => revise(directory, plan, files, options)),
  );
}

/** The plan that holds from now on, without those who cannot be run; it has taken the place of the old one. */
async function revise(
  directory: string,
  plan: Plan,
  { rubric, texts }: ClassFiles,
  { student, scenario, signature }: RegradeOptions,
) {
  const scenarios = withThose(plan, rubric === undefined ? [] : scenariosOf(rubric));
  const again = await findAgain(
    plan,
    scenarios.map(({ id }) => id),
  );
  assertNoneIsMissed(plan, scenarios, again);
  const revised = await replaceByRevised(
    directory,
    plan,
    {
      ...chooseRuns(
        { student, scenario, signature },
        plan,
        readRecords(join(directory, JOURNAL_FILE)),
        keptRoster(directory),
      ),
      found: again.found,
      controlDigest: again.controlDigest,
      scenarios,
      runsPerScenario: rubric === undefined ? plan.runsPerScenario : runsOf(rubric, plan),
      stopping: rubric?.stopping,
      at: new Date().toISOString(),
      kit: kitVersion(),
    },
    texts.rubric,
  );
  if (revised === plan) {
    process.stderr.write('nothing has changed and nothing is chosen; what is missing is done\n');
  }
  return { plan: onlyThoseAsPlanned(revised, again), submissions: again.submissions };
}

/** Runs of each scenario; a rubric without `stopping` does not end that of a plan. */
function runsOf({ runs, stopping }: Rubric, plan: Plan): number {
  if (stopping === undefined && plan.stopping !== undefined) {
    process.stderr.write(
      'each scenario is run until it is decided, as this grading began; the rubric has fixed runs\n',
    );
  }
  return runs ?? (stopping === undefined ? plan.runsPerScenario : leastCap(stopping));
}

/** The scenarios of a plan and these, as this kit has them and in its order. */
function withThose(plan: Plan, ids: readonly string[]): PlannedScenario[] {
  const wanted = new Set([...plan.scenarios.map(({ id }) => id), ...ids]);
  return SCENARIOS.filter(({ id }) => wanted.has(id)).map(({ id }) => planScenario(id));
}

/** A scenario that is new, or another than it was, is run for all or for nobody. */
function assertNoneIsMissed(
  plan: Plan,
  scenarios: readonly PlannedScenario[],
  { found }: FoundAgain,
): void {
  const missing = plan.submissions.filter(({ name }) => !found.has(name));
  const earlier = new Set(plan.scenarios.map(({ id, version = '1' }) => `${id} ${version}`));
  const news = scenarios.filter(({ id, version = '1' }) => !earlier.has(`${id} ${version}`));
  if (missing.length === 0 || news.length === 0) return;
  throw new UsageError('not all submissions can be run any more, and new scenarios are for all', {
    got: `no directory of ${missing.map(({ name }) => name).join(', ')}`,
    expected: `what to run ${news.map(({ id }) => id).join(', ')} on`,
  });
}

/**
 * The plan of those whose content is the one that is planned. Another whose directory has changed, but who is not
 * to be graded again, keeps the runs that there are, and gets none of another content.
 */
function onlyThoseAsPlanned(plan: Plan, { found, submissions }: FoundAgain): Plan {
  return {
    ...plan,
    submissions: plan.submissions.filter(
      ({ name, digest }) => submissions.has(name) && found.get(name)?.digest === digest,
    ),
  };
}
