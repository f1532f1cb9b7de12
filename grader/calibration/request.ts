/** From what `pblab calibrate` was given to the request of a plan, and whether a plan is that of it. */

import {
  invocation,
  listMutants,
  resolveSubmission,
  SCENARIOS,
  UsageError,
  type MutantDescription,
} from '../../harness/index.js';
import type { CalibrationPlan, Plan } from '../plan.js';
import { choose, chooseScenarios } from '../choice.js';
import { keepRunnable, type PlanRequest } from '../preparation.js';

export type CalibrationRequest = PlanRequest & { calibration: CalibrationPlan };

export interface CalibrationWish {
  /** Globs of the names of mutants; all mutants if empty. */
  mutants: readonly string[];
  /** Globs of scenario ids; all scenarios if empty. */
  scenarios: readonly string[];
  /** Runs of a cell that is looked at closely. */
  closeRuns: number;
  /** Runs of every cell; `SCREEN_RUNS`, or fewer if a close look has fewer, unless said otherwise. */
  screenRuns?: number | undefined;
  /** Drawn if absent. */
  seed?: string | undefined;
}

/** A mutant that fails half of its runs is missed by two runs once in four times. */
const SCREEN_RUNS = 2;

/** In these the kit plays servers and clerks itself, so their mistakes are never started. */
const VIEW_SERVICE_ALONE = SCENARIOS.filter(({ part }) => part === 'A').map(({ id }) => id);

/** The request of a plan in which the reference comes first. */
export async function calibrationRequest(wish: CalibrationWish): Promise<CalibrationRequest> {
  const { closeRuns, screenRuns = Math.min(SCREEN_RUNS, closeRuns) } = wish;
  if (screenRuns > closeRuns) {
    throw new UsageError('a close look has at least the runs of the screen', {
      got: `--screen ${screenRuns}`,
      expected: `at most the ${closeRuns} of --runs`,
    });
  }
  const all = await listMutants();
  const names = choose(
    'mutant',
    all.map(({ name }) => name),
    wish.mutants.map((glob) => glob.replace(/^mutant:/, '')),
  );
  const chosen = all.filter(({ name }) => names.includes(name));
  const bySpec = (idsOf: (mutant: MutantDescription) => string[]) =>
    Object.fromEntries(chosen.map((mutant) => [`mutant:${mutant.name}`, idsOf(mutant)]));
  return {
    specs: ['reference', ...chosen.map(({ name }) => `mutant:${name}`)],
    scenarios: wish.scenarios,
    runsPerScenario: screenRuns,
    seed: wish.seed,
    calibration: {
      closeRuns,
      expected: bySpec(({ caughtBy }) => caughtBy),
      idle: bySpec(({ replaces }) => (replaces === 'view service' ? [] : VIEW_SERVICE_ALONE)),
    },
  };
}

/**
 * Refuses a directory in which something else was begun.
 *
 * @throws UsageError that says what is different.
 */
export async function checkSame(
  plan: Plan,
  request: CalibrationRequest,
  directory: string,
): Promise<void> {
  if (plan.calibration === undefined) {
    throw new UsageError(`${directory} holds a grading and no calibration`, {
      hint: 'choose another --out',
    });
  }
  const ids = keepRunnable(chooseScenarios(request.scenarios), [
    await resolveSubmission('reference'),
  ]);
  const aspects: [what: string, begun: string, asked: string][] = [
    ['mutants', plan.submissions.map(({ spec }) => spec).join(' '), request.specs.join(' ')],
    ['scenarios', plan.scenarios.map(({ id }) => id).join(' '), ids.join(' ')],
    ['runs', `--runs ${plan.calibration.closeRuns}`, `--runs ${request.calibration.closeRuns}`],
    ['runs', `--screen ${plan.runsPerScenario}`, `--screen ${request.runsPerScenario}`],
    ['seed', plan.seed, request.seed ?? plan.seed],
  ];
  for (const [what, begun, asked] of aspects) {
    if (begun === asked) continue;
    throw new UsageError(`${directory} holds a calibration with other ${what}`, {
      got: asked,
      expected: begun,
      hint: `go on with it by \`${invocation()} resume ${directory}\`, or choose another --out`,
    });
  }
}
