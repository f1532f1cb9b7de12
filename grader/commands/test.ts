/** `pblab test`: every scenario once. */

import type { Command } from 'commander';
import * as options from './options.js';

export function addTest(program: Command): void {
  program
    .command('test')
    .description('run every scenario once and show what is wrong')
    .addArgument(options.submission('what to test'))
    .addOption(options.scenarios())
    .addOption(options.step())
    .addOption(options.manifest())
    .addOption(options.openArchives())
    .addOption(options.seed())
    .addOption(options.isolation())
    .addOption(options.world())
    .addOption(options.jobs())
    .addOption(options.out())
    .action(options.exits(async () => (await import('./actions/test.js')).test));
}
