/** Makes the request of a plan from the options of `pblab calibrate`, and checks whether an existing plan fits it. */

import {
  invocation,
  shellWord,
  listMutants,
  resolveSubmission,
  SCENARIOS,
  UsageError,
  type MutantDescription,
  mutantName,
  mutantSpec,
  type World,
} from '../../../harness/index.js';
import type { CalibrationPlan, Plan } from '../../plan/plan.js';
import { choose, chooseScenarios } from '../../plan/choice.js';
import { chooseIndependent, independentName, independentSpecs } from './independent.js';
import { keepRunnable, type PlanRequest } from '../../plan/preparation.js';

export type CalibrationRequest = PlanRequest & { calibration: CalibrationPlan };

export interface CalibrationWish {
  /** The mutants of the kit, or the independent set. */
  set: CalibrationSet;
  /** Globs of the names of mutants, or of those of the set; all of them if empty. */
  wrong: readonly string[];
  /** Globs of scenario ids; all scenarios if empty. */
  scenarios: readonly string[];
  /** Runs of a cell in the close look; `CLOSE_RUNS` unless said otherwise. */
  closeRuns?: number | undefined;
  /** Runs of every cell; `SCREEN_RUNS`, or fewer if a close look has fewer, unless said otherwise. */
  screenRuns?: number | undefined;
  /** Drawn if absent. */
  seed?: string | undefined;
  world?: World | undefined;
  /** Directory of the calibration, below which the independent set is laid out. */
  directory: string;
}

export type CalibrationSet = 'mutants' | 'independent';

/** The submissions to run, and the expectations of them. */
type Arms = Pick<CalibrationRequest, 'specs' | 'namedByFolder'> & {
  calibration: Omit<CalibrationPlan, 'closeRuns'>;
};

const CLOSE_RUNS: Record<CalibrationSet, number> = { mutants: 50, independent: 20 };

/**
 * A mutant that fails half of its runs is missed by two runs once in four times. Of the independent set every scenario
 * is screened for every implementation, which is many more cells.
 */
const SCREEN_RUNS: Record<CalibrationSet, number> = { mutants: 2, independent: 1 };

/** In these the kit plays servers and clerks itself, so their mistakes are never started. */
const VIEW_SERVICE_ALONE = SCENARIOS.filter(({ part }) => part === 'A').map(({ id }) => id);

/** In the virtual world a run of these takes as long as a hundred others, so they meet only the mutants that name them. */
const READ_PROCESSES = SCENARIOS.flatMap(({ id, readsProcesses }) =>
  readsProcesses === true ? [id] : [],
);

/** The request of a plan in which the correct submission comes first. */
export async function calibrationRequest(wish: CalibrationWish): Promise<CalibrationRequest> {
  const { set, closeRuns = CLOSE_RUNS[set] } = wish;
  const { screenRuns = Math.min(SCREEN_RUNS[set], closeRuns) } = wish;
  if (screenRuns > closeRuns) {
    throw new UsageError('--screen cannot be larger than --runs', {
      got: `--screen ${screenRuns}`,
      expected: `at most the ${closeRuns} of --runs`,
    });
  }
  const { calibration, ...arms } =
    set === 'mutants' ? await mutantArms(wish) : independentArms(wish);
  return {
    ...arms,
    scenarios: wish.scenarios,
    runsPerScenario: screenRuns,
    seed: wish.seed,
    world: wish.world,
    calibration: { ...calibration, closeRuns },
  };
}

async function mutantArms({ wrong, world }: CalibrationWish): Promise<Arms> {
  const all = await listMutants();
  const names = choose(
    'mutant',
    all.map(({ name }) => name),
    wrong.map(mutantName),
  );
  const chosen = all.filter(({ name }) => names.includes(name));
  const bySpec = (idsOf: (mutant: MutantDescription) => string[]) =>
    Object.fromEntries(chosen.map((mutant) => [mutantSpec(mutant.name), idsOf(mutant)]));
  return {
    specs: ['reference', ...chosen.map(({ name }) => mutantSpec(name))],
    calibration: {
      expected: bySpec(({ caughtBy }) => caughtBy),
      idle: bySpec(({ replaces, caughtBy }) => [
        ...(replaces === 'view service' ? [] : VIEW_SERVICE_ALONE),
        ...(world === 'virtual' ? READ_PROCESSES.filter((id) => !caughtBy.includes(id)) : []),
      ]),
    },
  };
}

/** Nothing is known of them beforehand, not even which part of the service is wrong. */
function independentArms({ wrong, directory }: CalibrationWish): Arms {
  return {
    specs: independentSpecs(chooseIndependent(wrong), directory),
    namedByFolder: true,
    calibration: { set: 'independent', expected: {} },
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
    throw new UsageError(`${directory} contains a grading, not a calibration`, {
      hint: 'choose another --out',
    });
  }
  const [correct = ''] = plan.submissions.map(({ spec }) => spec);
  const resolved = await resolveSubmission(correct, { world: plan.world });
  const ids = keepRunnable(chooseScenarios(request.scenarios), [resolved]);
  const setOf = ({ set }: CalibrationPlan) => `--set ${set ?? 'mutants'}`;
  const aspects: [what: string, begun: string, asked: string][] = [
    ['implementations', setOf(plan.calibration), setOf(request.calibration)],
    [
      plan.calibration.set === undefined ? 'mutants' : 'implementations',
      named(
        plan.submissions.map(({ spec }) => spec),
        plan.calibration,
      ),
      named(request.specs, request.calibration),
    ],
    ['scenarios', plan.scenarios.map(({ id }) => id).join(' '), ids.join(' ')],
    ['runs', `--runs ${plan.calibration.closeRuns}`, `--runs ${request.calibration.closeRuns}`],
    ['runs', `--screen ${plan.runsPerScenario}`, `--screen ${request.runsPerScenario}`],
    ['seed', plan.seed, request.seed ?? plan.seed],
    ['rates', `--world ${plan.world ?? 'processes'}`, `--world ${request.world ?? 'processes'}`],
  ];
  for (const [what, begun, asked] of aspects) {
    if (begun === asked) continue;
    throw new UsageError(`${directory} contains a calibration with other ${what}`, {
      got: asked,
      expected: begun,
      hint: `continue it with \`${invocation()} resume ${shellWord(directory)}\`, or choose another --out`,
    });
  }
}

/** The names of these submissions as a person writes them. */
function named(specs: readonly string[], { set }: CalibrationPlan): string {
  return (set === undefined ? specs : specs.slice(1).map(independentName)).join(' ');
}
