/** `pblab compare`: one submission against another, or against an earlier grading. */

import type { Command } from 'commander';
import * as options from './options.js';

const HELP = `
Both submissions get the same runs, in turn, so that a busy machine affects both. For each scenario,
Boschloo's exact test compares the failure rates, with Holm's correction for all scenarios: chance alone
makes something look worse in at most 5 of 100 comparisons. A scenario with fewer than 10 runs that can be
judged on one of the sides is undecided.

Costs (latency, fail-over, calls, bytes) are compared over the seeds with which both passed, pair by
pair. A cost counts as worse if it is surely higher by more than a tenth.

With --against, the runs are not interleaved. They use the seeds of that grading and, unless you say
otherwise, its scenarios and number of runs. Times are shown but not judged.

\`pblab resume DIR\` continues an interrupted comparison.

Exit codes: 0 no worse, 1 worse in something, 2 undecided: too few runs can be judged.`;

export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('find out whether a submission fails more often, or is slower, than another')
    .addArgument(
      options.submissions(
        '<submission...>',
        'the one to compare with, then yours; with --against only yours',
      ),
    )
    .addOption(options.runs('runs of each scenario on either side (default: 50)'))
    .addOption(options.scenarios())
    .option('--against <dir>', 'compare with the runs of an earlier grading instead')
    .option('--submission <name>', 'which submission of that grading, if there are several')
    .option('--across-versions', 'even if another version of the kit made that grading')
    .addOption(options.manifest())
    .addOption(options.openArchives())
    .addOption(options.seed())
    .addOption(options.isolation())
    .addOption(options.world())
    .addOption(options.jobs())
    .addOption(options.out())
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/compare.js')).compare));
}
