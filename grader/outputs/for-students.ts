/** Files for students: one for each submission, made of what its student may see. */

import { folderName } from '../plan.js';
import { redactFor } from '../redaction.js';
import type { Results } from '../results.js';
import { reportOn, type SubmissionReport } from './submission-report.js';
import type { OutputContext, OutputFile } from './output.js';

/** `FOLDER/NAME.EXTENSION` for each submission. */
export function filesForStudents(
  { results }: OutputContext,
  place: { folder: string; extension: string },
  write: (report: SubmissionReport, redacted: Results) => string,
): OutputFile[] {
  return results.submissions.map(({ name }) => {
    const redacted = redactFor(results, name);
    return {
      path: `${place.folder}/${folderName(name)}.${place.extension}`,
      text: write(reportFor(redacted), redacted),
    };
  });
}

/** The report on the only submission of results that are redacted for its student. */
export function reportFor(redacted: Results): SubmissionReport {
  const [submission] = redacted.submissions;
  if (submission === undefined) throw new Error('redacted results hold no submission');
  return reportOn(redacted, submission);
}
