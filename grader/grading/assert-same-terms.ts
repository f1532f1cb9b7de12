/**
 * A late submission is graded on the terms of the earlier ones: seed, scenarios, runs and control arm are those of the
 * plan. Other options are refused, since submissions under different terms cannot be compared.
 */

import {
  invocation,
  readRegularText,
  shellWord,
  UsageError,
  type World,
} from '../../harness/index.js';
import { countPlannedRuns, type Plan } from '../plan/plan.js';
import { chooseGraded } from './class-request.js';
import { keptRubric, keptText } from '../results/kept-files.js';

/** Options as on the command line. */
export interface AskedTerms {
  scenario: readonly string[];
  seed?: string;
  runs?: number;
  sequential?: boolean;
  control?: number;
  replays?: number;
  rubric?: string;
  budgetPerSubmission?: number;
  world?: World;
}

/** @throws UsageError for words that contradict the plan of a directory. */
export function assertSameTerms(asked: AskedTerms, plan: Plan, directory: string): void {
  const { world, seed, runs, sequential, control, replays, scenario, rubric } = asked;
  const { budgetPerSubmission: budget } = asked;
  const oneIn = plan.control?.oneIn ?? 0;
  const ids = plan.scenarios.map(({ id }) => id);
  const terms: [what: string, got: string | undefined, expected: string][] = [
    ['seed', said('--seed', seed), `--seed ${plan.seed}`],
    ['number of runs', said('-n', runs), `-n ${plan.runsPerScenario}`],
    ['share of control runs', said('--control', controlFor(control, plan)), `--control ${oneIn}`],
    ['world', said('--world', world), `--world ${plan.world ?? 'processes'}`],
    ['number of replays', said('--replays', replays), `--replays ${plan.replays ?? 0}`],
  ];
  if (budget !== undefined && budget !== budgetOf(plan)) {
    const flag = '--budget-per-submission';
    throw contradiction(directory, 'time budget', flag, `no ${flag}`);
  }
  for (const [what, got, expected] of terms) {
    if (got !== undefined && got !== expected) throw contradiction(directory, what, got, expected);
  }
  if (sequential === true && plan.stopping === undefined) {
    throw contradiction(directory, 'stopping rule', '--sequential', 'no --sequential');
  }
  if (scenario.length > 0 && !isSameSet(chooseGraded(scenario, keptRubric(directory)), ids)) {
    throw contradiction(
      directory,
      'choice of scenarios',
      `-s ${scenario.join(' ')}`,
      ids.join(' '),
    );
  }
  if (
    rubric !== undefined &&
    readRegularText(rubric, { links: 'followed' }) !== keptText(directory, 'rubric')
  ) {
    throw new UsageError(`${directory} contains a grading with another rubric`, {
      got: rubric,
      expected: 'the rubric that it began with',
      hint: `leave out --rubric, or change the rubric for all submissions with \`${invocation()} regrade ${shellWord(directory)} --rubric ${shellWord(rubric)}\``,
    });
  }
}

/** Few runs have no control arm, whatever was asked for. */
function controlFor(asked: number | undefined, plan: Plan): number | undefined {
  return asked !== undefined && countPlannedRuns(plan) < asked ? undefined : asked;
}

/** The limit of the option, in ms; undefined where it follows from the reference. */
function budgetOf({ budget }: Plan): number | undefined {
  if (budget === undefined) return 0;
  return 'ms' in budget ? budget.ms : undefined;
}

function said(flag: string, value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : `${flag} ${value}`;
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}

function contradiction(directory: string, what: string, got: string, expected: string): UsageError {
  return new UsageError(`${directory} contains a grading with another ${what}`, {
    got,
    expected,
    hint: 'leave it out, because late submissions are graded like the earlier ones, or choose another --out',
  });
}
