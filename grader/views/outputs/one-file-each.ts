/** Outputs that are one file for each submission. */

import { folderName } from '../../plan/plan.js';
import type { Results } from '../../results/results.js';
import type { OutputFile } from './output.js';
import { reportsOn, studentReportsOn, type SubmissionReport } from './submission-report.js';

interface Place {
  folder: string;
  /** Before the name of the submission. */
  prefix?: string;
  extension: string;
}

/** A file for each submission, for staff and machines. */
export function filesForStaff(
  { results }: { results: Results },
  place: Place,
  write: (report: SubmissionReport) => string,
): OutputFile[] {
  return reportsOn(results).map((report) => fileOf(report.name, report, place, write));
}

/** A file for each submission, made of what its student may see. */
export function filesForStudents(
  { results }: { results: Results },
  place: Place,
  write: (report: SubmissionReport) => string,
): OutputFile[] {
  return [...studentReportsOn(results)].map(([name, report]) => fileOf(name, report, place, write));
}

function fileOf(
  name: string,
  report: SubmissionReport,
  { folder, prefix = '', extension }: Place,
  write: (report: SubmissionReport) => string,
): OutputFile {
  return { path: `${folder}/${prefix}${folderName(name)}.${extension}`, text: write(report) };
}
