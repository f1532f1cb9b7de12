/** How many of each folder of the independent set were caught, as sentences. Text in, text out. */

import { folderTotals, type Calibration } from '../../measured/calibration.js';

/** A line for each folder, and what was missed in it; no lines of a calibration with mutants. */
export function folderLines(calibration: Calibration): string[] {
  const soFar = calibration.undoneRuns === 0 ? '' : ' so far';
  return folderTotals(calibration).map(({ folder, caught, of, missed }) => {
    const names = missed.length === 0 ? '' : `; not caught: ${missed.join(', ')}`;
    return `${folder}: caught ${caught} of ${of}${soFar}${names}.`;
  });
}
