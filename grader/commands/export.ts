/** `pblab export`: the results of a grading as files for other systems. */

import { InvalidArgumentError, Option, type Command } from 'commander';
import * as options from './options.js';

const HELP = `
  pblab export --list
  pblab export grading/ -f gradescope                   a file for each submission, in grading/outputs/
  pblab export grading/ -f canvas --template grades.csv  the gradebook of Canvas, filled in
  pblab export grading/ -f junit ctrf --student alice

\`grade\`, \`regrade\` and \`report\` write every format that needs no template. They never overwrite a file
that was filled in, and they list the filled-in files whose points are out of date. Files for students,
and all files written with --student, show only the points of hidden scenarios.`;

export function addExport(program: Command): void {
  program
    .command('export')
    .description(
      'write the results of a grading for course systems, build servers and spreadsheets',
    )
    .argument('[dir]', 'the directory of the grading')
    .option('-f, --format <name...>', 'the formats to write')
    .option('--list', 'list the formats')
    .option('-o, --out <dir>', 'folder for the files (default: DIR/outputs)')
    .option('--file <path>', 'write a single output to this file; - prints it')
    .option('--student <name>', 'only this submission, as its student may see it')
    .option('--template <file>', 'export of the course system to fill in')
    .option('--column <title>', "column to fill in (default: the rubric's title)")
    .option(
      '--template-columns <columns>',
      'which column of a worksheet is which, as id=COLUMN,grade=COLUMN,feedback=COLUMN,maximum=COLUMN',
    )
    .addOption(
      new Option('--decimal <mark>', 'decimal mark, if the template does not show it').choices([
        'comma',
        'point',
      ]),
    )
    .option(
      '--scale-to <maximum>',
      'scale all points to this maximum, such as the one in Canvas',
      maximum,
    )
    .option('--placeholder', 'write a file that says "no results yet"')
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/export.js')).exportResults));
}

function maximum(text: string): number {
  const value = Number(text);
  if (/^\d+(?:\.\d{1,2})?$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError(
    'Expected a number above 0 with at most 2 digits after the point.',
  );
}
