/** `pblab resume`: goes on with whatever was interrupted in a directory: a grading, a calibration, a sweep or a comparison. */

import { resolve } from 'node:path';
import { readPlan } from '../plan/plan-file.js';
import { resumeCalibration } from './calibrate.js';
import { resumeComparison } from './compare.js';
import { resumeGrade } from './grade.js';
import { resumeSweep } from './sweep.js';

/** Resolves to the exit code. */
export async function resume(
  folder: string,
  options: { jobs?: number; report?: boolean },
): Promise<number> {
  const directory = resolve(folder);
  const plan = readPlan(directory);
  if (plan.calibration !== undefined) return resumeCalibration(directory, options);
  if (plan.sweep !== undefined) return resumeSweep(directory, options);
  if (plan.comparison !== undefined) return resumeComparison(directory, options);
  return resumeGrade(directory, options);
}
