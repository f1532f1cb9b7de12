/** The records that count, one for each run of a plan, read from the journal as they are needed. */

import type { RunRecord } from '../../harness/index.js';
import { readRecords } from './journal/journal.js';
import { keyOf, runsScenario, type Plan } from '../plan/plan.js';

/** For each run that was tried more than once, by its key, which attempt was the last. */
export type LastAttempts = ReadonlyMap<string, number>;

export function lastAttempts(attempts: Iterable<RunRecord>): LastAttempts {
  const last = new Map<string, number>();
  for (const { key, attempt } of attempts) {
    if (attempt > (last.get(key) ?? 0)) last.set(key, attempt);
  }
  return last;
}

/**
 * The records that count, in the order of their arrival. Earlier attempts, runs that were begun again, replays and
 * control runs do not count.
 */
export function* countedRecords(
  plan: Plan,
  journal: string,
  last: LastAttempts,
): Generator<RunRecord> {
  const isPlanned = plannedIn(plan);
  const seen = new Set<string>();
  for (const record of readRecords(journal)) {
    const { key, attempt } = record;
    if (!isPlanned(record) || attempt !== (last.get(key) ?? 0) || seen.has(key)) continue;
    seen.add(key);
    yield record;
  }
}

/** Tells whether a record is of a run of a submission that the plan asks for. */
export function plannedIn(plan: Plan): (record: RunRecord) => boolean {
  const submissions = new Map(plan.submissions.map((one) => [one.name, one]));
  const scenarios = new Set(plan.scenarios.map(({ id }) => id));
  return ({ key, scenario, index, submission: { name } }) => {
    const submission = submissions.get(name);
    return (
      submission !== undefined &&
      scenarios.has(scenario) &&
      runsScenario(submission, scenario) &&
      index < plan.runsPerScenario &&
      key === keyOf(submission, scenario, index)
    );
  };
}
