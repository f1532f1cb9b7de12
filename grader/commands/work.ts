/** `pblab work`: performs runs for gradings that other machines coordinate. */

import type { Command } from 'commander';
import * as options from './options.js';

const HELP = `
The machine takes runs from a queue until you stop it, whatever grading needs them. Ctrl-C lets runs under
way end; a second one gives them up, and others do them again.

  pblab work --queue redis://queue.example:6379            on each machine
  pblab grade submissions/* --queue redis://queue.example:6379 --out grading/

All machines need the same version of pblab, the same isolation and, for Go submissions, the same Go. The
address may have a user and a password; put it into PBLAB_QUEUE to keep it out of process lists.`;

export function addWork(program: Command): void {
  program
    .command('work')
    .description('perform runs for gradings that another machine coordinates')
    .addOption(options.queue().makeOptionMandatory())
    .option('--name <name>', 'name of this machine in results (default: its host name)')
    .option('--idle <time>', 'end after so long without a run, such as 10m', options.duration)
    .addOption(options.isolation())
    .addOption(options.jobs())
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/work.js')).work));
}
