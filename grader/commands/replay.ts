/** `pblab replay`: one run again, several times, or all runs of a directory. */

import type { Command } from 'commander';
import * as options from './options.js';

const HELP = `
A directory of results is that of test, grade, compare or calibrate with --world virtual. All its runs are
played again, to count how many are the same run, event by event. Exit codes are then: 0 all are the same,
1 some are not.`;

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('repeat a run with the same seed and count how often it fails again')
    .argument('<run>', `${options.RUN_ARGUMENT}; or a directory of results of the virtual world`)
    .addOption(options.times('how often (default: 10; 1 for each run of a directory)'))
    .addOption(options.otherSubmission())
    .addOption(options.isolation())
    .addOption(options.worldOfRun())
    .addOption(options.jobs())
    .addOption(options.out())
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/replay.js')).replay));
}
