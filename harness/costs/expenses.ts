/** Costs of the calls of a run, which only the relays know. */

export interface Expenses {
  /** Calls begun from clerks to servers and among servers. */
  calls: number;
  /** Calls that clerks have begun to the view service; those of the kit itself do not count. */
  askedByClerks: number;
  /** Calls that each server has begun to the view service, pings among them. */
  askedByServers: ReadonlyMap<string, number>;
  /**
   * The most bytes of a request from one process to another that was begun in this time; 0 if there was none.
   * Absent where requests cannot be told apart, be it only on one connection.
   */
  largestRequest?: LargestRequest;
}

export type LargestRequest = (from: string, to: string, fromMs: number, untilMs: number) => number;
