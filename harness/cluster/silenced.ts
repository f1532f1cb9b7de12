/**
 * Finds out whether a server has looked dead because the machine or the kit held it back. Each delay may be too short to
 * disturb a run by itself: a ping waits for a processor three times and for the kit twice, and five pings are missing. The
 * view service is right to drop the server then, and what follows proves nothing about the submission.
 */

import type { TimelineEvent } from '../history/timeline.js';
import type { Strain } from '../process/disturbance.js';
import { VIEW_SERVICE, type Lab } from './cluster.js';

/** A stretch between two pings of a server, in ms since the start of the run. */
export interface Silence {
  server: string;
  fromMs: number;
  untilMs: number;
}

export interface Silenced {
  silences: readonly Silence[];
  timeline: readonly TimelineEvent[];
  strains: readonly Strain[];
  lab: Pick<Lab, 'pingIntervalMs' | 'deadPings'>;
}

/** After so long a silence a server may count as dead, in ms: of the intervals without a ping the last may not be a whole one. */
export function deadlySilenceMs({ deadPings, pingIntervalMs }: Silenced['lab']): number {
  return (deadPings - 1) * pingIntervalMs;
}

/** Why a run must not be judged, as one sentence; undefined if it may be. */
export function silencedByMachine({
  silences,
  timeline,
  strains,
  lab,
}: Silenced): string | undefined {
  const boundMs = deadlySilenceMs(lab);
  for (const silence of silences) {
    const lengthMs = silence.untilMs - silence.fromMs;
    const heldMs = strains
      .filter((strain) => overlaps(strain, silence))
      .reduce((sum, strain) => sum + strain.heldMs, 0);
    // So much is held on a quiet machine, too.
    if (heldMs < lab.pingIntervalMs) continue;
    // A silence that is long enough without what was held is the server's own, or the scenario's.
    if (lengthMs < boundMs || lengthMs - heldMs >= boundMs) continue;
    if (timeline.some((event) => explains(event, silence))) continue;
    return (
      `The view service received no ping of ${silence.server} for ${Math.round(lengthMs)} ms (bound ${boundMs} ms), and ` +
      `meanwhile the machine and the kit held servers back for ${Math.round(heldMs)} ms: the machine was too busy.`
    );
  }
  return undefined;
}

/** Whether the scenario did something to the server or to its view service meanwhile. */
function explains(event: TimelineEvent, silence: Silence): boolean {
  const { server, fromMs, untilMs } = silence;
  if (event.kind === 'fault') {
    const endMs = event.untilMs ?? (event.call === undefined ? Infinity : event.atMs);
    return event.from === server && overlaps({ fromMs: event.atMs, untilMs: endMs }, silence);
  }
  if (event.kind === 'view' || event.kind === 'pinged' || event.kind === 'told') return false;
  const isNear = event.process === server || event.process === VIEW_SERVICE;
  return isNear && event.atMs >= fromMs && event.atMs <= untilMs;
}

function overlaps(
  a: { fromMs: number; untilMs: number },
  b: { fromMs: number; untilMs: number },
): boolean {
  return a.fromMs < b.untilMs && b.fromMs < a.untilMs;
}
