/**
 * The positions of a sweep: the kinds of calls in a scenario, from its baseline, with the delay and the share of the
 * calls that are delayed. A pure function of the plan and the records of the baseline.
 */

import {
  CLERKS,
  describeKind,
  VIEW_SERVICE,
  type CallKind,
  type RunRecord,
  type StandingDelay,
} from '../../../harness/index.js';
import { compareText } from '../../text/compare-text.js';
import { groupBy } from '../../ground/group-by.js';
import { distinctNames, type SweepPlan } from '../../plan/plan.js';

/**
 * All delays of a run together should come to so much, in ms; where they would come to more, fewer calls are
 * held. It is half of what a run allows, since a scenario may have more calls than its baseline had.
 */
const AIM_MS = 4000;

/**
 * Only half of the frequent calls are delayed: where all are late alike they keep their order, and the races
 * of calls that overtake each other would stay hidden.
 */
const SHARE_OF_MANY = 0.5;

/** Fewer calls than this a run do not come often. */
const MANY_CALLS = 4;

/** A kind that is in fewer of the baseline's runs is hardly ever met, and not swept. */
const COMMON = 0.25;

/** A kind of call, and what is done to it in one run after the other. */
export interface Position extends CallKind {
  /** Unique in its sweep, and safe as the name of a folder. */
  id: string;
  /** Runs of the baseline in which there were such calls. */
  seenIn: number;
  /** How many there were in each of them, on average. */
  callsPerRun: number;
  /** Ascending by their delay. */
  delays: StandingDelay[];
}

export interface Positions {
  swept: Position[];
  /** Kinds of calls that are not swept at all because they are rare. */
  rare: CallKind[];
}

/** The positions that follow from the records of the baseline, in an order that depends on nothing else. */
export function positionsOf(sweep: SweepPlan, baseline: readonly RunRecord[]): Positions {
  const kinds = kindsIn(baseline);
  const isCommon = ({ seenIn }: SeenKind) => seenIn >= COMMON * baseline.length;
  const common = kinds.filter(isCommon);
  const ids = distinctNames(
    common.map(({ from, to, method = 'call' }) => `${method}-${from}-${to}`),
  );
  return {
    swept: common.map((kind, index) => ({
      id: ids[index] ?? describeKind(kind),
      ...kind,
      delays: delaysOf(kind, sweep),
    })),
    rare: kinds.filter((kind) => !isCommon(kind)),
  };
}

/** Calls of servers to the view service: a server whose calls are late looks dead. */
function isPing({ from, to }: CallKind): boolean {
  return to === VIEW_SERVICE && from !== CLERKS;
}

type SeenKind = CallKind & Pick<Position, 'seenIn' | 'callsPerRun'>;

function kindsIn(records: readonly RunRecord[]): SeenKind[] {
  const counts = records.flatMap(({ calls = [] }) => calls).filter(({ calls }) => calls > 0);
  const kinds = [...groupBy(counts, describeKind).values()].map((group) => {
    const [{ from, to, method }] = group;
    const calls = group.reduce((sum, one) => sum + one.calls, 0);
    const kind = { from, to, ...(method === undefined ? {} : { method }) };
    return { ...kind, seenIn: group.length, callsPerRun: calls / group.length };
  });
  // A call that could not be read, on a link whose calls can be, is of some kind that is there already.
  const isReadable = ({ from, to }: CallKind) =>
    kinds.some((kind) => kind.from === from && kind.to === to && kind.method !== undefined);
  return kinds
    .filter((kind) => kind.method !== undefined || !isReadable(kind))
    .toSorted((a, b) => compareText(orderOf(a), orderOf(b)));
}

/** Calls of clients first, then those between servers, then those to the view service. */
function orderOf(kind: CallKind): string {
  const rank = kind.to === VIEW_SERVICE ? 2 : Number(kind.from !== CLERKS);
  return `${rank} ${kind.from} ${kind.to} ${kind.method ?? ''}`;
}

function delaysOf(
  kind: SeenKind,
  { delaysMs, part, pingDelayAtMostMs }: SweepPlan,
): StandingDelay[] {
  const { from, to, method, callsPerRun } = kind;
  return delaysMs
    .filter((delayMs) => !isPing(kind) || delayMs <= pingDelayAtMostMs)
    .map((delayMs) => ({
      from,
      to,
      ...(method === undefined ? {} : { method }),
      part,
      delayMs,
      share: shareOf(callsPerRun, delayMs),
    }));
}

/** Rounded, since it is read by people. */
function shareOf(callsPerRun: number, delayMs: number): number {
  const most = callsPerRun < MANY_CALLS ? 1 : SHARE_OF_MANY;
  const share = Math.min(most, AIM_MS / (callsPerRun * delayMs));
  return Math.max(0.01, Math.round(share * 100) / 100);
}
