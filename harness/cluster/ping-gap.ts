/**
 * Finds out whether a server has looked dead because calls were held back. Many a correct server pings with
 * its lock held, or not at all while it waits for its backup: a call that takes long keeps it from pinging,
 * and then the view service rightly considers it dead. Later events prove nothing about the submission.
 */

import type { TimelineEvent } from '../history/timeline.js';
import type { Lab } from './cluster.js';
import { deadlyGapMs } from './ping-gaps.js';

export interface Silences {
  /** When the view service was given a ping of each server, in ms. */
  pings: ReadonlyMap<string, readonly number[]>;
  timeline: readonly TimelineEvent[];
  untilMs: number;
  lab: Pick<Lab, 'pingIntervalMs' | 'deadPings'>;
  /** For how much of a stretch of time any call was held. */
  heldMs: (fromMs: number, untilMs: number) => number;
}

/** Why a run must not be judged, as one sentence; undefined if it may be. */
export function lookedDead(silences: Silences): string | undefined {
  const { pings, heldMs } = silences;
  const boundMs = deadlyGapMs(silences.lab);
  for (const [server, pingsMs] of pings) {
    for (const [fromMs, untilMs] of silencesOf(server, pingsMs, silences)) {
      const lengthMs = untilMs - fromMs;
      // A silence that is long enough without what was held is the server's own, or the scenario's.
      if (lengthMs < boundMs || lengthMs - heldMs(fromMs, untilMs) >= boundMs) continue;
      return (
        `The view service received no ping of ${server} for ${Math.round(lengthMs)} ms (bound ${boundMs} ms), ` +
        `because calls were held back: it may rightly consider ${server} dead.`
      );
    }
  }
  return undefined;
}

/** From each ping to the next one, to the end of the server, or to that of the run. */
function silencesOf(
  server: string,
  pingsMs: readonly number[],
  { timeline, untilMs }: Silences,
): [fromMs: number, untilMs: number][] {
  const endsMs = timeline.flatMap((event) => (isEndOf(server, event) ? [event.atMs] : []));
  return pingsMs.map((fromMs, index) => {
    const next = pingsMs[index + 1] ?? untilMs;
    return [fromMs, endsMs.find((atMs) => atMs > fromMs && atMs < next) ?? next];
  });
}

function isEndOf(server: string, event: TimelineEvent): boolean {
  const ends = event.kind === 'killed' || event.kind === 'exited' || event.kind === 'paused';
  return ends && event.process === server;
}
