/** The output of all processes around the moment of a failure, in order of time. */

import type { KeptLog, KeptRun } from '../../../campaign/evidence/kept-evidence.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import type { Scene } from '../space-time/scene.js';

/** Lines shown; of more, the last ones are. */
const LINES_SHOWN = 60;

/** Lines shown of each process where nothing is known of their times. */
const LAST_LINES = 8;

/** Output within this time after the last moment belongs to it, in ms. */
const AFTERWARDS_MS = 100;

const LINE_LENGTH = 300;
const NAME_LENGTH = 40;

interface LogLine {
  process: string;
  /** When the kit read it; absent if that is not known. */
  atMs?: number;
  text: string;
}

export interface MergedLogs {
  lines: readonly LogLine[];
  processes: readonly string[];
  /** Lines of this stretch that are not shown. */
  omitted: number;
}

/** The logs of the stretch of time of the scene; without a scene, of the whole run. */
export function mergeLogs({ logs }: KeptRun, scene: Scene | undefined): MergedLogs {
  const lines = logs.flatMap(linesOf);
  const isIn = ({ atMs }: LogLine) =>
    atMs === undefined ||
    scene === undefined ||
    (atMs >= scene.fromMs && atMs <= scene.toMs + AFTERWARDS_MS);
  const within = lines.filter(isIn).toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
  const shown = within.slice(-LINES_SHOWN);
  return {
    lines: shown,
    processes: [...new Set(shown.map(({ process }) => process))].toSorted(),
    omitted: within.length - shown.length,
  };
}

function linesOf({ process, text, arrivals }: KeptLog): LogLine[] {
  const name = sanitizeLine(process, NAME_LENGTH);
  const lines = text.split('\n');
  if (arrivals.length === 0) {
    return lines
      .filter((line) => line.trim() !== '')
      .slice(-LAST_LINES)
      .map((line) => ({ process: name, text: sanitizeLine(line, LINE_LENGTH) }));
  }
  const timed: LogLine[] = [];
  let at = 0;
  let next = 0;
  for (const line of lines) {
    const end = at + Buffer.byteLength(line) + 1;
    // A line came with the last piece of it.
    while (next + 1 < arrivals.length && (arrivals[next + 1]?.[0] ?? Infinity) < end) next += 1;
    const atMs = arrivals[next]?.[1];
    if (line.trim() !== '' && atMs !== undefined) {
      timed.push({ process: name, atMs, text: sanitizeLine(line, LINE_LENGTH) });
    }
    at = end;
  }
  return timed;
}
