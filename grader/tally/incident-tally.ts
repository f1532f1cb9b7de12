/**
 * Incidents over many runs: in how many runs the programs of a submission did something beside answering calls, and an
 * example. They are facts for staff, change no verdict and no points, and students do not see them.
 */

import { z } from 'zod';
import { INCIDENTS, type Incident, type RunRecord } from '../../harness/index.js';
import { plannedIn, lastAttempts } from '../campaign/counted-records.js';
import { groupBy, type NonEmpty } from '../ground/group-by.js';
import { AMOUNT, COUNT, openObject, TEXT } from '../ground/schemas.js';
import type { Plan } from '../plan/plan.js';
import { count } from '../text/count.js';

export const INCIDENT_TALLY = openObject({
  /** One word of the harness for each kind. */
  kind: TEXT,
  /** The words that follow the name of a process, such as `used all the memory that it may have`. */
  says: TEXT,
  /** In how many runs it happened; 0 if it happened only in the build. */
  runs: COUNT,
  /** Ids of the scenarios of these runs. */
  scenarios: z.array(TEXT),
  /** The first time that it was noticed, if possible in a run that has kept its evidence. */
  example: openObject({
    /** The key of the run; absent for a build. */
    run: TEXT.exactOptional(),
    process: TEXT,
    /** ms since the start of the run, or of the build. */
    atMs: AMOUNT,
    /** More about it, as a clause, such as `2 GiB`. */
    detail: TEXT.exactOptional(),
    /** The evidence folder of the run, below the directory of the grading. */
    artifacts: TEXT.exactOptional(),
  }),
});

export type IncidentTally = z.infer<typeof INCIDENT_TALLY>;

/** An incident of a submission, and where it was noticed. */
export interface NotedIncident {
  submission: string;
  incident: Incident;
  /** Absent for a build. */
  run?: Pick<RunRecord, 'key' | 'scenario' | 'artifacts'>;
}

/** The incidents in the runs that a plan has now; every attempt at a run counts, also one that could not be judged. */
export function incidentsInRuns(plan: Plan, records: readonly RunRecord[]): NotedIncident[] {
  const isPlanned = plannedIn(plan);
  const last = lastAttempts(records);
  return records.filter(isPlanned).flatMap(({ incidents = [], submission, attempt, ...run }) => {
    const { key, scenario, artifacts } = run;
    // A later attempt at the same run has taken the place of its evidence.
    const isKept = artifacts !== undefined && attempt === (last.get(key) ?? 0);
    const noted = { key, scenario, ...(isKept ? { artifacts } : {}) };
    return incidents.map((incident) => ({ submission: submission.name, incident, run: noted }));
  });
}

/** The tallies of each submission that has any, by its name; the most frequent kind first. */
export function tallyIncidents(
  noted: readonly NotedIncident[],
): ReadonlyMap<string, IncidentTally[]> {
  const bySubmission = groupBy(noted, ({ submission }) => submission);
  return new Map(
    [...bySubmission].map(([name, own]) => [
      name,
      [...groupBy(own, ({ incident }) => incident.kind).values()]
        .map(tallyOf)
        .toSorted((a, b) => b.runs - a.runs),
    ]),
  );
}

function tallyOf(like: NonEmpty<NotedIncident>): IncidentTally {
  const first = like.find(({ run }) => run?.artifacts !== undefined) ?? like[0];
  const runs = like.flatMap(({ run }) => run ?? []);
  const { kind, process, atMs, detail } = first.incident;
  const { key, artifacts } = first.run ?? {};
  return {
    kind,
    says: INCIDENTS[kind],
    runs: new Set(runs.map((run) => run.key)).size,
    scenarios: [...new Set(runs.map(({ scenario }) => scenario))],
    example: {
      ...(key === undefined ? {} : { run: key }),
      process,
      atMs,
      ...(detail === undefined ? {} : { detail }),
      ...(artifacts === undefined ? {} : { artifacts }),
    },
  };
}

/** All of them as a phrase without a full stop: `made a system call that is forbidden (3 runs), ...`. */
export function describeIncidents(incidents: readonly IncidentTally[]): string {
  const told = incidents.map(({ says, runs }) => `${says} (${whereIn(runs)})`);
  return `a program of this submission ${told.join(', ')}`;
}

/** `3 runs`, or `in the build`. */
function whereIn(runs: number): string {
  return runs === 0 ? 'in the build' : count(runs, 'run');
}
