/** `pblab report`: the pages and files of a grading, written again. */

import type { Command } from 'commander';
import * as options from './options.js';

const HELP = `
The directory then contains:

  results.json                 all results, for programs
  report/index.html            for staff; it names hidden scenarios and every student
  report/students/NAME.html    for one student; each page is self-contained
  outputs/                     for course systems, build servers and spreadsheets; see pblab export

With a new rubric, the earlier results stay in DIR/history/. Scenarios that the grading has not run
earn no points yet; \`pblab regrade DIR --rubric FILE\` runs them.`;

export function addReport(program: Command): void {
  program
    .command('report')
    .description(
      'write results, pages and files for course systems again, without running anything',
    )
    .argument('<dir>', 'directory of the grading')
    .addOption(options.otherRubric())
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/report.js')).report));
}
