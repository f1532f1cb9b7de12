/**
 * The connection errors that one process has printed: all of them counted, few of them kept. Thousands
 * in a passing run are normal.
 */

import { copyOf } from './line-scanner.js';
import { readPhrase, type Phrase, type PrintedPhrase } from './phrases.js';

/** Errors kept of the beginning; what a program prints first is often told apart best. */
const KEPT_FIRST = 100;

/** At least as many are kept of the end, which is where a failure is. */
const KEPT_LAST = 400;

const LINE_LENGTH = 200;

export interface PrintedError extends PrintedPhrase {
  /** When the kit read it, in ms of the run; a moment after it was printed. */
  atMs: number;
  /** The line, cut to a bearable length. */
  line: string;
}

export interface PrintedErrors {
  /** How often each was printed, kept or not. */
  counts: ReadonlyMap<Phrase, number>;
  /** In the order in which they came. */
  kept: readonly PrintedError[];
}

export interface ErrorCollector extends PrintedErrors {
  /** Takes a line into account if it tells of a connection error. */
  add(line: string, atMs: number): void;
}

export function collectErrors(): ErrorCollector {
  const counts = new Map<Phrase, number>();
  const kept: PrintedError[] = [];
  /** A program in a loop prints the same line again and again. */
  let last: { text: string; printed: Omit<PrintedError, 'atMs'> | undefined } | undefined;
  return {
    counts,
    kept,
    add(line, atMs) {
      const printed = line === last?.text ? last.printed : read(line);
      last = { text: line, printed };
      if (printed === undefined) return;
      counts.set(printed.phrase, (counts.get(printed.phrase) ?? 0) + 1);
      kept.push({ ...printed, atMs });
      // Not at every line, because it moves all that are kept.
      if (kept.length >= KEPT_FIRST + 2 * KEPT_LAST) kept.splice(KEPT_FIRST, KEPT_LAST);
    },
  };
}

function read(line: string): Omit<PrintedError, 'atMs'> | undefined {
  const printed = readPhrase(line);
  return printed && { ...printed, line: copyOf(line.trim().slice(0, LINE_LENGTH)) };
}
