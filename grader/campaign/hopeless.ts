/**
 * Ends hopeless runs early: a submission that could not be built, or whose first runs all ended before a server
 * listened, has a status by then, and further runs would show nothing else.
 */

import {
  findScenario,
  parseSignature,
  type ResolvedSubmission,
  type RunRecord,
} from '../../harness/index.js';
import type { PlannedRun } from '../plan/plan.js';
import { firstOf, type RunCell } from '../plan/run-cells.js';
import { failedToStart } from './before-start.js';
import { passingOver, type RunQueue } from './run-queue.js';

/** The runs to do, with only the first run of a submission that could not be built: it reports the failed build. */
export function withoutUnbuilt(
  cells: readonly RunCell[],
  submissions: ReadonlyMap<string, Pick<ResolvedSubmission, 'kind'>>,
): RunCell[] {
  const told = new Set<string>();
  return cells.flatMap((cell) => {
    const { name } = cell.submission;
    if (submissions.get(name)?.kind !== 'build-failed') return [cell];
    const isFirst = !told.has(name);
    told.add(name);
    return isFirst ? [firstOf(cell, 1)] : [];
  });
}

/** Facts about the runs of a submission so far. */
interface Seen {
  startFailures: number;
  /** Whether a run of it has passed, or failed in another way. */
  hasRun: boolean;
}

/**
 * A queue without the runs of hopeless submissions: `enough` of their runs have failed to start, and no other run can
 * be judged. `records` are those of earlier, interrupted executions.
 */
export function withoutHopeless(
  queue: RunQueue,
  records: Iterable<RunRecord>,
  enough: number,
): RunQueue {
  const submissions = new Map<string, Seen>();
  const note = (record: RunRecord): void => {
    const { name } = record.submission;
    const seen = submissions.get(name) ?? { startFailures: 0, hasRun: false };
    if (failedToStart(record)) seen.startFailures += 1;
    else if (record.verdict !== 'unknown') seen.hasRun = true;
    submissions.set(name, seen);
  };
  const isHopeless = (name: string): boolean => {
    const seen = submissions.get(name);
    return seen !== undefined && !seen.hasRun && seen.startFailures >= enough;
  };
  for (const record of records) note(record);
  return passingOver(queue, (run) => isHopeless(run.submission.name), note);
}

/** The runs of one part of the lab so far. */
interface SeenOfPart {
  /** How often each failure was the end before anything was done. */
  failures: Map<string, number>;
  /** Whether a run has passed, or a client's operation was done. */
  hasWorked: boolean;
}

/**
 * A queue without the runs of a part of the lab in which nothing has worked: `enough` of its runs have failed in the same
 * way, none has passed, and no operation of a client was ever done. For one who tests a single submission.
 */
export function withoutAlike(
  queue: RunQueue,
  records: Iterable<RunRecord>,
  enough: number,
): RunQueue {
  const parts = new Map<string, SeenOfPart>();
  const note = (record: RunRecord): void => {
    const part = partOf(record);
    const seen = parts.get(part) ?? { failures: new Map<string, number>(), hasWorked: false };
    parts.set(part, seen);
    if (record.verdict === 'pass' || record.operations.ok > 0) seen.hasWorked = true;
    const alike = sameEnd(record);
    if (alike !== undefined) seen.failures.set(alike, (seen.failures.get(alike) ?? 0) + 1);
  };
  const isOver = ({ submission, scenario }: PlannedRun): boolean => {
    const seen = parts.get(partOf({ submission, scenario }));
    return (
      seen !== undefined && !seen.hasWorked && Math.max(0, ...seen.failures.values()) >= enough
    );
  };
  for (const record of records) note(record);
  return passingOver(queue, isOver, note);
}

/**
 * How a run failed in which nothing was done, in words that are equal for equal failures; undefined of any other run. In
 * part A nothing is done by clients, so only a failed start counts.
 */
export function sameEnd(record: RunRecord): string | undefined {
  const { verdict, scenario, signature = '', operations } = record;
  const isIdle = findScenario(scenario)?.part === 'B' && operations.ok === 0;
  if (verdict !== 'fail' || !(isIdle || failedToStart(record))) return undefined;
  const { rule, symptom, exit = '' } = parseSignature(signature);
  return [rule, symptom, exit].join(' ');
}

function partOf({
  submission,
  scenario,
}: {
  submission: { name: string };
  scenario: string;
}): string {
  return `${findScenario(scenario)?.part ?? ''} ${submission.name}`;
}
