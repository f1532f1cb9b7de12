/**
 * What one member of a cluster has shown of its troubles in a run, through all its incarnations: the
 * connection errors it printed, its data races, and its crashes.
 */

import type { Exit } from '../process/spawn.js';
import { readCrash } from './crash-report.js';
import { describeLastWords, nameEnding } from './ending.js';
import { watchOutput, type OutputWatch } from './output-watch.js';
import { collectErrors, type PrintedErrors } from './printed-errors.js';
import { collectRaces, type RaceReport } from './race-report.js';

export interface ProcessSymptoms {
  process: string;
  errors: PrintedErrors;
  races: RaceReport[];
  /** Its crash reports, one for each end of its own, with their stacks. */
  crashes: readonly string[];
}

/** How a process ended by itself. */
export interface Ending {
  /** Groups like ends; see `nameEnding`. */
  ending: string;
  /** The end of a sentence on its exit: what it said of it. */
  lastWords: string;
}

export interface SymptomRecorder {
  /** Watches the output of the next incarnation. */
  watch(): OutputWatch;
  /** Takes the end of an incarnation down, and says what is known of it; `output` is all that is kept. */
  ended(watch: OutputWatch, exit: Exit, output: string): Ending;
  /** All so far. */
  seen(): ProcessSymptoms;
}

export function recordSymptoms(process: string, now: () => number): SymptomRecorder {
  const errors = collectErrors();
  const races = collectRaces(process);
  const crashes: string[] = [];
  return {
    watch: () => watchOutput({ errors, races }, now),
    ended(watch, exit, output) {
      const lines = watch.lastReport();
      const report = readCrash(lines, exit);
      if (report !== undefined) crashes.push(`${lines.join('\n')}\n`);
      return {
        ending: nameEnding(exit, report),
        lastWords: describeLastWords(output, exit, report),
      };
    },
    seen: () => ({
      process,
      errors: { counts: new Map(errors.counts), kept: [...errors.kept] },
      races: races.reports(),
      crashes: [...crashes],
    }),
  };
}
