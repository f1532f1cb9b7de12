/** Data races for a page: which two functions met, in how many runs, and both stacks. */

import { join } from 'node:path';
import { readRegularText } from '../../../../harness/index.js';
import type { RaceSummary } from '../../../tally/scenario-tally.js';
import { sanitize, sanitizeLine } from '../../../text/sanitize.js';

const RACES_SHOWN = 5;
const SIGNATURE_LENGTH = 300;
const REPORT_LENGTH = 6000;

export interface RacePart {
  signature: string;
  runs: number;
  /** The report of the race detector with both stacks, where it was kept. */
  report?: string;
}

/** The most frequent ones. */
export function readRaces(races: RaceSummary | undefined, directory: string): RacePart[] {
  return (races?.kinds ?? []).slice(0, RACES_SHOWN).map(({ signature, runs, report }) => {
    const text = report === undefined ? undefined : read(join(directory, report));
    return {
      signature: sanitizeLine(signature, SIGNATURE_LENGTH),
      runs,
      ...(text === undefined ? {} : { report: sanitize(text, REPORT_LENGTH).trim() }),
    };
  });
}

function read(file: string): string | undefined {
  try {
    return readRegularText(file);
  } catch {
    return undefined;
  }
}
