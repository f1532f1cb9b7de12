/**
 * The calibrations of this release, one for each world because rates of the two are never mixed, beside the sources. The
 * tables in the READMEs are made from them, and durations and expected grades from that of real time. Either may lack newer
 * mutants and scenarios.
 */

import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { World } from '../../harness/index.js';
import { readJsonFile } from '../files/read-json-file.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { abridged, CALIBRATION, calibrationText, type Calibration } from './calibration.js';

/** Where the package is; the compiled kit is below its `dist`. */
const PACKAGE_ROOT = join(import.meta.dirname, '../../..');

export const MEASURED_FOLDER = join(PACKAGE_ROOT, 'grader/measured');

export const MEASURED_FILES: Readonly<Record<World, string>> = {
  processes: join(MEASURED_FOLDER, 'measured.json'),
  virtual: join(MEASURED_FOLDER, 'measured-virtual.json'),
};

/**
 * The calibration of this kit, in real time unless the file is that of the other world; undefined as long as there is none.
 *
 * @throws UsageError when the file is there and holds something else.
 */
export function readMeasured(file = MEASURED_FILES.processes): Calibration | undefined {
  if (!existsSync(file)) return undefined;
  return readJsonFile({
    file,
    schema: CALIBRATION,
    unreadable: 'the calibration of this kit cannot be read',
    expected: 'what `pblab calibrate --save` has written',
    hint: 'only what `pblab calibrate --save` of a kit with the same formats has written can be read',
  });
}

/** Makes a calibration that of this kit in its world; it is kept abridged. */
export async function saveMeasured(
  calibration: Calibration,
  file = MEASURED_FILES[calibration.world ?? 'processes'],
): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  await writeFileAtomically(file, calibrationText(abridged(calibration)));
}
