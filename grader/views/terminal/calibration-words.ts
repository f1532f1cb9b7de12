/** Words for the implementations of a calibration, which depend on their set. */

import type { Calibration } from '../../measured/calibration.js';

export interface CalibrationWords {
  /** One that is wrong. */
  wrong: string;
  /** The one that is right, with its article. */
  correct: string;
  /** Said of a wrong one that was not caught. */
  survives: string;
}

export function wordsOf({ set }: Calibration): CalibrationWords {
  return set === undefined
    ? { wrong: 'mutant', correct: 'the reference', survives: 'SURVIVES' }
    : { wrong: 'wrong implementation', correct: 'the correct one', survives: 'MISSED' };
}

/** At the beginning of a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
