/** Notes to the person who waits. */

import { sanitizeLine } from './sanitize.js';

const LINE_LENGTH = 2000;

/** Writes one harmless line to standard error, whatever the text quotes. */
export function say(text: string): void {
  process.stderr.write(`${sanitizeLine(text, LINE_LENGTH)}\n`);
}
