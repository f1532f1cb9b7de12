/** `pblab resume`: goes on with whatever was interrupted in a directory, a grading or a calibration. */

import { resolve } from 'node:path';
import { readPlan } from '../plan-file.js';
import { resumeCalibration } from './calibrate.js';
import { resumeGrade } from './grade.js';

/** Resolves to the exit code. */
export async function resume(folder: string, options: { jobs?: number }): Promise<number> {
  const directory = resolve(folder);
  return readPlan(directory).calibration === undefined
    ? resumeGrade(directory, options)
    : resumeCalibration(directory, options);
}
