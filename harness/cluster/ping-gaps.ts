/** The stretches of time in which a server did not ping the view service, and after which it may count as dead. */

import type { Lab } from './cluster.js';

export interface PingGap {
  server: string;
  /** Of the process that pinged before the gap, where it is known. */
  pid: number | undefined;
  /** From its last ping, in ms since the start of the run. */
  fromMs: number;
  untilMs: number;
}

export interface PingGaps {
  /** The view service was given a ping that this server sent itself. */
  pinged(server: string): void;
  /** Those that are over, and those of servers that are up and have not pinged again. */
  all(): PingGap[];
}

export interface PingGapsOptions {
  now: () => number;
  lab: Pick<Lab, 'pingIntervalMs' | 'deadPings'>;
  /** The pid of a server that is up; `false` if it is not, or if the cluster does not have it. */
  pidOf: (server: string) => number | undefined | false;
}

/** As many are kept. */
const MOST_GAPS = 200;

/**
 * After so long without a ping a server may count as dead, in ms: a view service may count the intervals without a ping, and
 * then the last of them is not a whole one.
 */
export function deadlyGapMs({ deadPings, pingIntervalMs }: PingGapsOptions['lab']): number {
  return (deadPings - 1) * pingIntervalMs;
}

export function createPingGaps({ now, lab, pidOf }: PingGapsOptions): PingGaps {
  const boundMs = deadlyGapMs(lab);
  const latest = new Map<string, Omit<PingGap, 'untilMs'>>();
  const gaps: PingGap[] = [];
  const isLong = ({ fromMs, untilMs }: PingGap) => untilMs - fromMs >= boundMs;
  const gapOf = (server: string): PingGap[] => {
    const before = latest.get(server);
    return before === undefined ? [] : [{ ...before, untilMs: now() }].filter(isLong);
  };
  return {
    pinged(server) {
      if (gaps.length < MOST_GAPS) gaps.push(...gapOf(server));
      const pid = pidOf(server);
      if (pid === false) latest.delete(server);
      else latest.set(server, { server, pid, fromMs: now() });
    },
    all: () => [
      ...gaps,
      ...[...latest.keys()].filter((server) => pidOf(server) !== false).flatMap(gapOf),
    ],
  };
}
