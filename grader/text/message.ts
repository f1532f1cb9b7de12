/** Messages to the person at the terminal, besides the output of a command. */

import { LENGTHS } from './clean-text.js';
import { sanitizeLine } from './sanitize.js';

/** Writes one harmless line to standard error. */
export function say(message: string): void {
  process.stderr.write(`${sanitizeLine(message, LENGTHS.block)}\n`);
}
