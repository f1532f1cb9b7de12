/** `pblab status`: how far a grading is. */

import type { Command } from 'commander';
import * as options from './options.js';

const HELP = `
It reads the directory and changes nothing, so it can be used while a grading is running, from any machine
that sees the directory. Runs that repeat failures at the end are not counted.

  pblab status grading/
  watch -n 10 pblab status grading/          on a terminal, every 10 seconds`;

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('show how far a grading is: runs, time left, submissions, hosts of a queue')
    .argument('<dir>', 'its directory')
    .addOption(options.json())
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/status.js')).status));
}
