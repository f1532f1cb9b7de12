/** Counts what is settled and what is left, by submission, from records that are gone through once. */

import type { RunRecord } from '../../harness/index.js';
import { groupBy } from '../ground/group-by.js';
import type { Plan } from '../plan/plan.js';
import { cellName, countRuns, type RunCell } from '../plan/run-cells.js';
import { originalKey } from '../plan/run-key.js';
import { budgetsOf } from '../plan/time-budget.js';
import { failedToStart } from './before-start.js';
import type { Stage } from './campaign.js';
import { countSettled, type SettledRuns } from './settled.js';

/** Runs, those of the control arm included, without replays. */
export interface RunsSoFar {
  settled: number;
  failed: number;
  unknown: number;
  /** How many there are at most; without sequential stopping, how many there are. */
  atMost: number;
  /** How many it takes if they go on as they began. */
  likely: number;
}

export interface SubmissionLeft {
  name: string;
  scenarios: number;
  /** Scenarios that are not decided, or whose runs are not all settled. */
  openScenarios: number;
  /** Runs that may still be done, at most. */
  runsLeft: number;
  /** Why no more of it is run although the plan has more. */
  ended?: 'not-started' | 'out-of-time';
}

export interface LeftRuns {
  /** Takes a further attempt into account. */
  add(record: RunRecord): void;
  runs(): RunsSoFar;
  /** In the order of the plan. */
  submissions(): SubmissionLeft[];
}

/** Of a submission that has `enoughStartFailures` and no other run, no more is run. */
export function countLeft(
  plan: Plan,
  { cells, stopping, control }: ReturnType<Stage>,
  enoughStartFailures: number,
): LeftRuns {
  const counted = new Map(
    cells.map((cell) => [cell.name, { cell, settled: countSettled([cell], { stopping }) }]),
  );
  const controlled = countSettled(control?.cells ?? []);
  const seen = watchSubmissions(budgetsOf(plan), enoughStartFailures);
  const bySubmission = () => [...groupBy(counted.values(), ({ cell }) => cell.submission.name)];
  return {
    add(record) {
      const one = counted.get(cellName(record));
      if (one?.cell.positionOf(originalKey(record.key)) !== undefined) seen.add(record);
      one?.settled.add(record);
      controlled.add(record);
    },
    submissions: () => bySubmission().map(([name, own]) => leftOf(name, own, seen.ended(name))),
    runs() {
      const all = bySubmission().map(([name, own]) => sumOf(own, seen.ended(name) !== undefined));
      const { done, failed, unknown } = controlled.counts();
      return totalOf([...all, { settled: done, failed, unknown, atMost: 0, likely: 0 }], (runs) =>
        control === undefined
          ? 0
          : Math.max(
              done,
              Math.min(countRuns(control.cells), Math.floor(runs / (control.oneIn - 1))),
            ),
      );
    },
  };
}

/** A scenario on a submission, and the runs of it that are settled. */
interface CountedCell {
  cell: RunCell;
  settled: SettledRuns;
}

function leftOf(
  name: string,
  own: readonly CountedCell[],
  ended: SubmissionLeft['ended'] | undefined,
): SubmissionLeft {
  const open = own.map(leftIn).filter((runs) => runs > 0);
  const scenarios = own.length;
  if (open.length > 0 && ended !== undefined) {
    return { name, scenarios, openScenarios: 0, runsLeft: 0, ended };
  }
  const runsLeft = open.reduce((sum, runs) => sum + runs, 0);
  return { name, scenarios, openScenarios: open.length, runsLeft };
}

function leftIn({ cell, settled }: CountedCell): number {
  const { done, atMost = cell.length } = settled.counts();
  return Math.max(0, atMost - done);
}

/** The runs of a submission; of one that has ended there are as many as there were. */
function sumOf(own: readonly CountedCell[], hasEnded: boolean): RunsSoFar {
  return totalOf(
    own.map(({ cell: { length }, settled }) => {
      const { done, failed, unknown, atMost = length, likely = length } = settled.counts();
      return {
        settled: done,
        failed,
        unknown,
        atMost: hasEnded ? done : atMost,
        likely: hasEnded ? done : likely,
      };
    }),
  );
}

/** With so many further runs for the runs that there may be. */
function totalOf(parts: readonly RunsSoFar[], furtherFor = (_runs: number) => 0): RunsSoFar {
  const sum = (of: (part: RunsSoFar) => number) => parts.reduce((all, one) => all + of(one), 0);
  const [atMost, likely] = [sum((one) => one.atMost), sum((one) => one.likely)];
  return {
    settled: sum((one) => one.settled),
    failed: sum((one) => one.failed),
    unknown: sum((one) => one.unknown),
    atMost: atMost + furtherFor(atMost),
    likely: likely + furtherFor(likely),
  };
}

/** Tells which submissions have ended early. */
function watchSubmissions(limits: ReadonlyMap<string, number>, enoughStartFailures: number) {
  const all = new Map<
    string,
    { starts: number; isUnbuilt: boolean; hasRun: boolean; ms: number }
  >();
  const of = (name: string) =>
    all.get(name) ?? { starts: 0, isUnbuilt: false, hasRun: false, ms: 0 };
  return {
    add(record: RunRecord): void {
      const { name } = record.submission;
      const before = of(name);
      const isStart = failedToStart(record);
      all.set(name, {
        starts: before.starts + (isStart ? 1 : 0),
        isUnbuilt: record.class === 'build',
        hasRun: before.hasRun || (!isStart && record.verdict !== 'unknown'),
        ms: before.ms + record.durationMs,
      });
    },
    ended(name: string): SubmissionLeft['ended'] | undefined {
      const { starts, isUnbuilt, hasRun, ms } = of(name);
      if (!hasRun && (isUnbuilt || starts >= enoughStartFailures)) return 'not-started';
      return ms >= (limits.get(name) ?? Infinity) ? 'out-of-time' : undefined;
    },
  };
}
