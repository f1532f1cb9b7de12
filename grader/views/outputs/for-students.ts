/** Files for students: one for each submission, made of what its student may see. */

import { folderName } from '../../plan/plan.js';
import type { OutputContext, OutputFile } from './output.js';
import { studentReportsOn, type SubmissionReport } from './submission-report.js';

/** `FOLDER/NAME.EXTENSION` for each submission. */
export function filesForStudents(
  { results }: OutputContext,
  place: { folder: string; extension: string },
  write: (report: SubmissionReport) => string,
): OutputFile[] {
  return [...studentReportsOn(results)].map(([name, report]) => ({
    path: `${place.folder}/${folderName(name)}.${place.extension}`,
    text: write(report),
  }));
}
