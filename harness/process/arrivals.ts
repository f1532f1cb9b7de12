/** Records when the kept output of a process arrived, within bounds. */

/** Text from this position on, in bytes of the kept text, arrived at this time in ms. */
export type Arrival = readonly [position: number, atMs: number];

/** Pieces remembered of the beginning and, separately, of the end. */
const KEPT_PIECES = 1000;

/** Text that arrives within so many ms is one piece. */
const ONE_PIECE_MS = 1;

export interface ArrivalRecorder {
  /** Text from `position` on, in bytes of the whole output, has arrived now. */
  note(position: number, atMs: number): void;
  /** Arrivals of the first `headBytes`, and of the text after the next `omittedBytes`, which `gapBytes` replace. */
  arrivals(headBytes: number, omittedBytes: number, gapBytes: number): Arrival[];
}

export function recordArrivals(): ArrivalRecorder {
  const first: Arrival[] = [];
  const last: Arrival[] = [];
  let latestMs = -Infinity;
  return {
    note(position, atMs) {
      if (atMs - latestMs < ONE_PIECE_MS) return;
      latestMs = atMs;
      if (first.length < KEPT_PIECES) first.push([position, atMs]);
      else last.push([position, atMs]);
      // Not at every piece, because it moves all that are kept.
      if (last.length >= 2 * KEPT_PIECES) last.splice(0, KEPT_PIECES);
    },
    arrivals(headBytes, omittedBytes, gapBytes) {
      const tailStart = headBytes + omittedBytes;
      const all = [...first, ...last];
      const head = all.filter(([position]) => position < headBytes);
      const tail = all.filter(([position]) => position >= tailStart);
      return [
        ...head,
        ...tail.map(([position, atMs]) => [position - omittedBytes + gapBytes, atMs] as const),
      ];
    },
  };
}
