/** Runs plans of one generated scenario with one seed, within a budget, until one of them fails in the way looked for. */

import {
  parseSignature,
  type PlanData,
  type ResolvedSubmission,
  type RunRecord,
  type World,
} from '../../../harness/index.js';
import { execute } from '../../campaign/execute.js';
import { MAX_ATTEMPTS } from '../../campaign/scheduler.js';
import type { PlannedRun, PlannedSubmission } from '../../plan/plan.js';
import { cellsOfRuns } from '../../plan/run-cells.js';
import type { Trials } from './smallest-plan.js';

export interface TrialOptions {
  submission: PlannedSubmission;
  resolved: ResolvedSubmission;
  /** The common part of all runs. */
  run: Pick<PlannedRun, 'scenario' | 'seed' | 'standing'>;
  /** In which all runs are played; `processes` if absent. */
  world?: World | undefined;
  /** How often a plan is run before it counts as one that does not fail. */
  times: number;
  jobs: number;
  /** In all, at most; runs that the machine has disturbed take time, and do not count. */
  budget: { runs: number; seconds: number };
  /** Directory below which evidence is kept. */
  directory: string;
  /** The signature of the wanted failure; if absent, that of the first failure. */
  signature?: string | undefined;
  signal: AbortSignal;
  /** Called after each trial with what has failed, or with what was tried. */
  onTrial(told: TrialReport): void;
}

export interface TrialReport {
  /** Runs of all trials so far, disturbed ones not counted. */
  runs: number;
  /** The plans that are known not to fail. */
  passed: readonly PlanData[];
  failing?: PlanData | undefined;
}

export interface RunTrials extends Trials {
  /** Runs one plan up to so many times, until it fails. */
  repeat(plan: PlanData, times: number): Promise<void>;
  /** All runs so far, in the order in which they ended. */
  readonly records: readonly RunRecord[];
  /** The last run that failed in the wanted way: that of the smallest plan. */
  failing(): RunRecord | undefined;
  /** Ends the time of the budget. */
  close(): void;
}

export function openTrials(options: TrialOptions): RunTrials {
  const { times, jobs } = options;
  const runner = openRunner(options);
  let failing: RunRecord | undefined;

  /** Runs each plan so often, until one fails; what the machine has disturbed is done again, one after the other. */
  const tryAll = async (plans: readonly PlanData[], rounds: number) => {
    const left = plans.map(() => rounds);
    for (let attempt = 0; attempt < MAX_ATTEMPTS && !runner.isSpent(); attempt++) {
      const round = (n: number) =>
        plans.flatMap((plan, at) =>
          (left[at] ?? 0) > n ? [{ at, run: runner.planRun(plan) }] : [],
        );
      const due = Array.from({ length: rounds }, (_, n) => round(n)).flat();
      if (due.length === 0) break;
      const places = new Map(due.map(({ at, run: { key } }) => [key, at]));
      const ended = await runner.runAll(
        due.map((one) => one.run),
        attempt === 0 ? jobs : 1,
      );
      for (const record of ended) {
        const at = places.get(record.key) ?? 0;
        if (runner.isFound(record)) {
          failing = record;
          return { place: at, left };
        }
        if (!isDisturbed(record)) left[at] = (left[at] ?? 0) - 1;
      }
    }
    return { left };
  };

  return {
    width: Math.max(1, Math.floor(jobs / times)),
    records: runner.records,
    failing: () => failing,
    isSpent: () => runner.isSpent(),
    close: () => runner.close(),
    async repeat(plan, most) {
      await tryAll([plan], most);
    },
    async tryOut(plans) {
      const { place, left } = await tryAll(plans, times);
      const passed = [...plans.keys()].filter((at) => at !== place && left[at] === 0);
      options.onTrial({
        runs: runner.counted(),
        passed: plans.filter((_, at) => passed.includes(at)),
        ...(place !== undefined && { failing: plans[place] }),
      });
      return place === undefined ? { passed } : { failing: place, passed };
    },
  };
}

/** Runs within the budget, and what has come of them. */
interface Runner {
  records: readonly RunRecord[];
  /** How many of them are not disturbed. */
  counted(): number;
  isSpent(): boolean;
  /** Whether a run has failed in the way looked for. */
  isFound(record: RunRecord): boolean;
  /** A run that plays this plan. */
  planRun(plan: PlanData): PlannedRun;
  /** Does these runs until one fails in the way looked for; resolves to all that have ended. */
  runAll(runs: readonly PlannedRun[], atOnce: number): Promise<RunRecord[]>;
  close(): void;
}

function openRunner(options: TrialOptions): Runner {
  const { submission, resolved, run, budget, directory, world } = options;
  const records: RunRecord[] = [];
  const submissions = new Map([[submission.name, resolved]]);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  options.signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, 1000 * budget.seconds);
  let { signature } = options;
  let planned = 0;

  const counted = () => records.filter((record) => !isDisturbed(record)).length;
  return {
    records,
    counted,
    isSpent: () => stopping.signal.aborted || counted() >= budget.runs,
    isFound: (record) => isLike(record, signature),
    planRun(plan) {
      const index = planned++;
      const key = `${submission.name}/${run.scenario}/try-${index}`;
      return { key, submission, index, plan, ...run };
    },
    async runAll(runs, atOnce) {
      const ended: RunRecord[] = [];
      const found = new AbortController();
      const giveUp = () => found.abort();
      stopping.signal.addEventListener('abort', giveUp, { once: true });
      await execute({
        cells: cellsOfRuns(runs.slice(0, Math.max(0, budget.runs - counted()))),
        submissions,
        world,
        jobs: atOnce,
        maxAttempts: 1,
        directory,
        signal: found.signal,
        onRecord(record) {
          records.push(record);
          ended.push(record);
          if (record.verdict === 'fail') signature ??= record.signature;
          if (isLike(record, signature)) giveUp();
          return Promise.resolve();
        },
      });
      stopping.signal.removeEventListener('abort', giveUp);
      return ended;
    },
    close() {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', stop);
    },
  };
}

/** Whether a run could not be judged because the machine was busy. */
export function isDisturbed({ cause }: RunRecord): boolean {
  return cause === 'disturbed';
}

/** Whether a run has failed by this rule and with this symptom, whatever was done before. */
export function isLike(record: RunRecord, signature: string | undefined): boolean {
  if (record.verdict !== 'fail' || record.signature === undefined || signature === undefined) {
    return false;
  }
  const [one, other] = [parseSignature(record.signature), parseSignature(signature)];
  return one.rule === other.rule && one.symptom === other.symptom;
}
