/** When each server pinged the view service, which tells who lives for it: the lane of views keeps only changes. */

export interface Pinging {
  /** Since when it has pinged without a gap in which it may count as dead, in ms. */
  sinceMs: number;
  /** Its last ping, in ms. */
  lastMs: number;
  /** The number of that ping. */
  viewnum: number;
}

export interface PingRecord {
  /** The view service was given a ping of this server. */
  pinged(server: string, viewnum: number): void;
  /** By server. */
  all(): ReadonlyMap<string, Pinging>;
}

/** Only a silence of `gapMs` or more counts as a gap. */
export function createPingRecord(now: () => number, gapMs: number): PingRecord {
  const servers = new Map<string, Pinging>();
  return {
    pinged(server, viewnum) {
      const before = servers.get(server);
      const lastMs = now();
      const isSteady = before !== undefined && lastMs - before.lastMs < gapMs;
      servers.set(server, { sinceMs: isSteady ? before.sinceMs : lastMs, lastMs, viewnum });
    },
    all: () => servers,
  };
}
