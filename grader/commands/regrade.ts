/** `pblab regrade`: grades again what has changed, is missing, or is chosen. */

import { Option, type Command } from 'commander';
import * as options from './options.js';

const HELP = `
Without a choice, this command grades the submissions whose content has changed, and runs the scenarios
that a new rubric adds. With --student, --scenario or --signature, it repeats the runs that match all of
these options: always all runs of a scenario on a submission, the passing ones too. Nothing else is run
again.

The earlier results stay in DIR/history/. DIR/regrade.json lists the old and the new points of each
student, with the reason. \`pblab resume DIR\` continues an interrupted regrade.`;

export function addRegrade(program: Command): void {
  program
    .command('regrade')
    .description('grade again what has changed, what is missing, and what you choose')
    .argument('<dir>', 'directory of the grading')
    .addArgument(options.submissions('[submission...]', 'late submissions to add'))
    .addOption(
      globs('--student <name...>', 'only these submissions, or names and ids in the roster', 'all'),
    )
    .addOption(globs('-s, --scenario <glob...>', 'repeat all runs of these scenarios', 'none'))
    .addOption(
      globs(
        '--signature <glob...>',
        'repeat all runs of scenarios that failed in this way',
        'none',
      ),
    )
    .addOption(options.otherRubric())
    .addOption(options.rosterFile())
    .addOption(options.rosterColumns())
    .addOption(options.manifest())
    .addOption(options.openArchives())
    .addOption(options.isolation())
    .addOption(options.jobs())
    .addOption(options.queue())
    .addOption(options.noReport())
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/regrade.js')).regrade));
}

function globs(flags: string, description: string, without: string): Option {
  return new Option(flags, `${description}; * and ? are wildcards`).default([], without);
}
