/** `pblab replay`: one run again, several times. */

import type { Command } from 'commander';
import * as options from './options.js';

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('repeat a run with the same seed and count how often it fails again')
    .argument('<run>', options.RUN_ARGUMENT)
    .addOption(options.times('how often', 10))
    .addOption(options.otherSubmission())
    .addOption(options.isolation())
    .addOption(options.worldOfRun())
    .addOption(options.jobs())
    .addOption(options.out())
    .action(options.exits(async () => (await import('./actions/replay.js')).replay));
}
