/** When each server pinged the view service, which tells who lives for it: the lane of views keeps only changes. */

import type { Silence } from './silenced.js';

export interface Pinging {
  /** Since when it has pinged without a gap in which it may count as dead, in ms. */
  sinceMs: number;
  /** Its last ping, in ms. */
  lastMs: number;
  /** The number of that ping. */
  viewnum: number;
}

/** As many silences of all servers are kept. */
const MOST_SILENCES = 200;

export interface PingRecord {
  /** The view service was given a ping of this server. */
  pinged(server: string, viewnum: number): void;
  /** By server. */
  all(): ReadonlyMap<string, Pinging>;
  /** The stretches between two pings of a server that were long enough for it to count as dead. */
  silences(): readonly Silence[];
}

/** Only a silence of `gapMs` or more counts as a gap; one of `deadlyMs` or more is kept. */
export function createPingRecord(
  now: () => number,
  { gapMs, deadlyMs }: { gapMs: number; deadlyMs: number },
): PingRecord {
  const silences: Silence[] = [];
  const servers = new Map<string, Pinging>();
  return {
    pinged(server, viewnum) {
      const before = servers.get(server);
      const lastMs = now();
      const fromMs = before?.lastMs ?? lastMs;
      if (lastMs - fromMs >= deadlyMs && silences.length < MOST_SILENCES) {
        silences.push({ server, fromMs, untilMs: lastMs });
      }
      const isSteady = before !== undefined && lastMs - before.lastMs < gapMs;
      servers.set(server, { sinceMs: isSteady ? before.sinceMs : lastMs, lastMs, viewnum });
    },
    all: () => servers,
    silences: () => silences,
  };
}
