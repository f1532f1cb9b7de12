/**
 * How far a campaign is, from its directory alone, while it is carried out or not: runs, pace, what each submission has
 * left, and the hosts of its queue. Records are gone through once, and none is kept.
 */

import type { RunRecord } from '../../harness/index.js';
import type { LockHolder } from '../files/lock.js';
import { compareText } from '../text/compare-text.js';
import type { Plan } from '../plan/plan.js';
import type { Stage } from './campaign.js';
import { countLeft, type RunsSoFar, type SubmissionLeft } from './left-runs.js';
import { ratesOf, type Pace } from './pace.js';
import type { HostsFile } from './queue/hosts-file.js';

/** A coordinator writes `hosts.json` about once a second; an older one is out of date, in ms. */
const CURRENT_MS = 10_000;

export interface QueueStatus extends Pick<HostsFile, 'at' | 'ordered' | 'late' | 'hosts'> {
  /** Whether a coordinator has written it just now; else nothing is known of the hosts since then. */
  isCurrent: boolean;
}

export interface Status {
  /** Who is at work in the directory; absent if nobody is. */
  atWork?: LockHolder;
  /** Attempts in the journal, and lines of it that cannot be read. */
  attempts: number;
  damagedLines: number;
  /** Absent for studies, whose runs depend on each other's outcome. */
  runs?: RunsSoFar;
  /** Runs settled a second, where they are known; see `ratesOf`. */
  recentPerSecond?: number;
  perSecond?: number;
  /** An estimate of the time that is left at the recent pace, in ms; only while somebody is at work. */
  leftMs?: number;
  /** In the order of the plan. */
  submissions: SubmissionLeft[];
  /** Absent without a queue. */
  queue?: QueueStatus;
}

export interface StatusSources {
  /** All attempts in their order. */
  records: Iterable<RunRecord>;
  /** How many lines of the journal cannot be read; asked for when the records have been gone through. */
  damagedLines: () => number;
  /** The runs of submissions; absent for studies. */
  stage?: ReturnType<Stage>;
  /** Failed starts after which no more of a submission is run. */
  enoughStartFailures: number;
  pace: Pace | undefined;
  hosts: HostsFile | undefined;
  atWork: LockHolder | undefined;
  /** In ms since 1970. */
  nowMs: number;
}

export function statusOf(plan: Plan, sources: StatusSources): Status {
  const { records, stage, pace, hosts, atWork, nowMs, damagedLines } = sources;
  const counter = countLeft(plan, stage ?? { cells: [] }, sources.enoughStartFailures);
  let attempts = 0;
  for (const record of records) {
    attempts += 1;
    counter.add(record);
  }
  const runs = stage === undefined ? undefined : counter.runs();
  const { recentPerSecond, perSecond } = pace === undefined ? NO_PACE : ratesOf(pace, nowMs);
  const rate = recentPerSecond || perSecond;
  const leftMs = runs && rate ? ((runs.likely - runs.settled) / rate) * 1000 : undefined;
  return {
    ...(atWork === undefined ? {} : { atWork }),
    attempts,
    damagedLines: damagedLines(),
    ...(runs === undefined ? {} : { runs }),
    ...(recentPerSecond === undefined || atWork === undefined ? {} : { recentPerSecond }),
    ...(perSecond === undefined ? {} : { perSecond }),
    ...(leftMs === undefined || atWork === undefined ? {} : { leftMs }),
    submissions: stage === undefined ? [] : counter.submissions(),
    ...(hosts === undefined ? {} : { queue: queueStatus(hosts, atWork, nowMs) }),
  };
}

const NO_PACE = { recentPerSecond: undefined, perSecond: undefined };

function queueStatus(
  { at, ordered, late, hosts }: HostsFile,
  atWork: LockHolder | undefined,
  nowMs: number,
): QueueStatus {
  const isCurrent = atWork !== undefined && Math.abs(nowMs - Date.parse(at)) < CURRENT_MS;
  const byName = hosts.toSorted((a, b) => compareText(a.name, b.name));
  return { at, ordered, late, hosts: byName, isCurrent };
}
