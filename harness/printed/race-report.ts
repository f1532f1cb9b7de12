/**
 * The reports of Go's race detector, which a program built with `-race` prints while it goes on. Each is
 * known by the two functions that met.
 */

import { ownFrames } from './stack.js';

/** First line of a report, below a rule of `=`. */
export const RACE_START = 'WARNING: DATA RACE';

/** Whether a line is the rule above and below each report. */
export function isRaceRule(line: string): boolean {
  return /^={10,}$/.test(line.trim());
}

/** Like reports of one process. */
export interface RaceReport {
  process: string;
  /** The two functions, such as `viewservice.(*ViewServer).Ping / viewservice.(*ViewServer).tick`. */
  signature: string;
  /** How many of them there were. */
  count: number;
  /** The first of them whole, with both stacks. */
  text: string;
}

/** Kinds of races kept of one process. */
const KEPT_KINDS = 20;

/** First line of one of the two accesses. */
const ACCESS = /^(?:Previous )?(?:atomic )?(?:read|write) at 0x/i;

const UNKNOWN = 'unknown';

export interface RaceCollector {
  /** Takes the lines of one report, from `RACE_START` on. */
  add(lines: readonly string[]): void;
  /** One of each kind, in the order in which they came. */
  reports(): RaceReport[];
}

export function collectRaces(process: string): RaceCollector {
  const kinds = new Map<string, RaceReport>();
  return {
    add(lines) {
      const signature = signatureOf(lines);
      const known = kinds.get(signature);
      if (known !== undefined) known.count++;
      else if (kinds.size < KEPT_KINDS) {
        kinds.set(signature, { process, signature, count: 1, text: `${lines.join('\n')}\n` });
      }
    },
    reports: () => [...kinds.values()],
  };
}

/** Like reports of all processes of a run together, in the order of their processes. */
export interface RunRace {
  signature: string;
  count: number;
  /** Text of the first report. */
  text: string;
  processes: string[];
}

/** Data races of a run; empty for most programs. */
export function mergeRaces(reports: readonly RaceReport[]): RunRace[] {
  const merged = new Map<string, RunRace>();
  for (const { process, signature, count, text } of reports) {
    const known = merged.get(signature);
    if (known === undefined)
      merged.set(signature, { signature, count, text, processes: [process] });
    else {
      known.count += count;
      known.processes.push(process);
    }
  }
  return [...merged.values()];
}

/** Such as `3 times in vs: viewservice.(*ViewServer).Ping / viewservice.(*ViewServer).tick`. */
export function describeRace({ signature, count, processes }: RunRace): string {
  return `${count === 1 ? 'once' : `${count} times`} in ${processes.join(', ')}: ${signature}`;
}

/** Where in an evidence folder the race of this index in its record is kept. */
export function raceFile(index: number): string {
  return `races/${index + 1}.txt`;
}

/** In an order that does not depend on which of the two came first. */
function signatureOf(lines: readonly string[]): string {
  const accesses = lines.flatMap((line, index) => (ACCESS.test(line) ? [index] : []));
  return (
    accesses
      .slice(0, 2)
      .map((start) => ownFrames(untilBlank(lines.slice(start + 1)))[0]?.name ?? UNKNOWN)
      .toSorted()
      .join(' / ') || UNKNOWN
  );
}

function untilBlank(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => line.trim() === '');
  return end < 0 ? lines : lines.slice(0, end);
}
