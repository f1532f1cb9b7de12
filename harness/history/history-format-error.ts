/** The complaint about a history that cannot be read: where, what was got, what was expected. */

import { shorten } from './describe.js';

/** Longest preview of bad input, in characters. */
const MAX_PREVIEW_LENGTH = 80;

/** Thrown by the readers; the input was given by a person, so the message is written for one. */
export class HistoryFormatError extends Error {
  override readonly name = 'HistoryFormatError';
  /** The text found there, cut to a short preview. */
  readonly got: string;

  constructor(
    /** Line of the input, from 1. */
    readonly line: number,
    got: string,
    /** The text expected there. */
    readonly expected: string,
    /** Column in that line, from 1, where the place in the line tells more than the line. */
    column?: number,
  ) {
    const preview = shorten(got, MAX_PREVIEW_LENGTH);
    const place = column === undefined ? '' : ` (column ${column})`;
    super(`history, line ${line}: expected ${expected}, got ${preview}${place}`);
    this.got = preview;
  }
}
