/**
 * Watches what one process prints, as it comes: connection errors, data races, and the beginning of
 * what may turn out to be its last words. It judges nothing.
 */

import { CRASH_START } from './crash-report.js';
import { copyOf, createLineScanner, type LineScanner } from './line-scanner.js';
import { PHRASE_HINTS } from './phrases.js';
import type { ErrorCollector } from './printed-errors.js';
import { isRaceRule, RACE_START, type RaceCollector } from './race-report.js';

/** Longer reports are cut; one of a deadlock may hold thousands of goroutines. */
const REPORT_LINES = 1000;

const REPORT_LINE_LENGTH = 1000;

/** The pattern of lines that are read. */
const INTERESTING = `${PHRASE_HINTS}|^${RACE_START}$|${CRASH_START.source}`;

export interface OutputWatch {
  /** Takes what the process has printed on the stream of this number. */
  printed(chunk: Buffer, stream: number): void;
  /** The lines from the last announcement of an end on; empty if it has announced none. */
  lastReport(): readonly string[];
}

/** Watches one process from its start to its end; the collectors outlive it. */
export function watchOutput(
  { errors, races }: { errors: ErrorCollector; races: RaceCollector },
  now: () => number,
): OutputWatch {
  const scanners = new Map<number, LineScanner>();
  let lastReport: string[] = [];

  const createScanner = (): LineScanner => {
    let report: string[] | undefined;
    const takeRaceLine = followRaces(races);
    /** A program that goes on after announcing its end has not ended by it, so the last one counts. */
    const takeReportLine = (line: string): boolean => {
      if (CRASH_START.test(line)) report = lastReport = [copyOf(line)];
      else if (report !== undefined && report.length < REPORT_LINES) report.push(copyOf(line));
      else report = undefined;
      return report !== undefined;
    };
    const onLine = (text: string): boolean => {
      const line = text.slice(0, REPORT_LINE_LENGTH);
      errors.add(line, now());
      const [inReport, inRace] = [takeReportLine(line), takeRaceLine(line)];
      return inReport || inRace;
    };
    return createLineScanner({ pattern: new RegExp(INTERESTING, 'gm'), onLine });
  };
  return {
    printed(chunk, stream) {
      const scanner = scanners.get(stream) ?? createScanner();
      scanners.set(stream, scanner);
      scanner.take(chunk);
    },
    lastReport: () => lastReport,
  };
}

/** Takes lines one by one, and says whether it is inside a report of a race. */
function followRaces(races: RaceCollector): (line: string) => boolean {
  let race: string[] | undefined;
  const end = () => {
    if (race !== undefined) races.add(race);
    race = undefined;
  };
  return (line) => {
    if (line === RACE_START) {
      end();
      race = [line];
    } else if (race !== undefined) {
      if (isRaceRule(line) || race.length >= REPORT_LINES) end();
      else race.push(line);
    }
    return race !== undefined;
  };
}
