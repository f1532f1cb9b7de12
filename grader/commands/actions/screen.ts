/** The look of a command's standard output: its width and colours. */

import { isColored } from '../../views/terminal/color.js';
import { renderEvidence } from '../../views/terminal/stories.js';
import { displayPath } from './directory.js';

/** How standard output looks; the width is known on a terminal only. */
export function screen(): { color: boolean; width: number | undefined } {
  return { color: isColored(process.stdout), width: process.stdout.columns };
}

/** Prints what the evidence of a run in a directory tells. */
export function printEvidence(directory: string, artifacts: string): void {
  const { width } = screen();
  const place = { directory, shownAs: displayPath(directory), width };
  for (const line of renderEvidence(artifacts, place)) process.stdout.write(`${line}\n`);
}
