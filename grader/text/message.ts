/** Messages to the person at the terminal, beside what a command prints. */

import { sanitizeLine } from './sanitize.js';

const LINE_LENGTH = 2000;

/** Writes one harmless line to standard error. */
export function say(message: string): void {
  process.stderr.write(`${sanitizeLine(message, LINE_LENGTH)}\n`);
}
