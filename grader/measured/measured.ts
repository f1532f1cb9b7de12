/**
 * The calibration of this release: `measured.json` beside the sources. The tables in the READMEs and the durations in
 * the lists are made from it. It may lack newer mutants and scenarios.
 */

import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readJsonFile } from '../files/read-json-file.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { abridged, CALIBRATION, calibrationText, type Calibration } from './calibration.js';

/** Where the package is; the compiled kit is below its `dist`. */
const PACKAGE_ROOT = join(import.meta.dirname, '../../..');

export const MEASURED_FILE = join(PACKAGE_ROOT, 'grader/measured/measured.json');

/**
 * The calibration of this kit; undefined as long as there is none.
 *
 * @throws UsageError when the file is there and holds something else.
 */
export function readMeasured(file = MEASURED_FILE): Calibration | undefined {
  if (!existsSync(file)) return undefined;
  return readJsonFile({
    file,
    schema: CALIBRATION,
    unreadable: 'the calibration of this kit cannot be read',
    expected: 'what `pblab calibrate --save` has written',
    hint: 'only what `pblab calibrate --save` of a kit with the same formats has written can be read',
  });
}

/** Makes a calibration that of this kit; it is kept abridged. */
export async function saveMeasured(calibration: Calibration, file = MEASURED_FILE): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  await writeFileAtomically(file, calibrationText(abridged(calibration)));
}
