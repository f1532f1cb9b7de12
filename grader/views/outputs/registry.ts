/** All outputs; a new one must be added to this list. */

import type { Results } from '../../results/results.js';
import { autolab } from './autolab.js';
import { canvas } from './canvas.js';
import { classroom50 } from './classroom-50.js';
import { ctrf } from './ctrf.js';
import { githubAnnotations } from './github-annotations.js';
import { githubClassroom } from './github-classroom.js';
import { githubSummary } from './github-summary.js';
import { gradescope } from './gradescope.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { moodleGradebook } from './moodle-gradebook.js';
import { moodleWorksheet } from './moodle-worksheet.js';
import type { Output } from './output.js';
import { prairielearn } from './prairielearn.js';
import { runsCsv } from './runs-csv.js';
import { submitty } from './submitty.js';
import { tap } from './tap.js';

export const OUTPUTS: readonly Output[] = [
  gradescope,
  prairielearn,
  classroom50,
  githubClassroom,
  autolab,
  submitty,
  canvas,
  moodleGradebook,
  moodleWorksheet,
  junit,
  ctrf,
  tap,
  githubSummary,
  githubAnnotations,
  runsCsv,
  markdown,
];

/** The outputs that need only these results. */
export function possibleOutputs({ rubric, submissions }: Results): Output[] {
  const hasStudents = submissions.some(({ students }) => students !== undefined);
  return OUTPUTS.filter(
    ({ needsTemplate = false, needsRubric = false, needsRoster = false }) =>
      !needsTemplate && (!needsRubric || rubric !== undefined) && (!needsRoster || hasStudents),
  );
}
