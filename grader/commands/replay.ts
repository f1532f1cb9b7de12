/** `pblab replay`: one run again, several times, or all runs of a directory. */

import type { Command } from 'commander';
import * as options from './options.js';

const HELP = `
A directory of results is that of a command with --world virtual, such as test or grade. All runs of its
submissions are played again, to count how many happen as before, event by event. Exit codes are then: 0 all
did, 1 some did not, 2 some could not be played to their end, 130 interrupted.`;

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('repeat runs with their seeds: how often one fails again, or which are the same')
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
