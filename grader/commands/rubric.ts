/** `pblab rubric`: a first rubric, whether one is valid, and what it does. */

import type { Command } from 'commander';
import * as options from './options.js';

export function addRubric(program: Command): void {
  const rubric = program
    .command('rubric')
    .description('work with rubric.yaml, which turns failure rates into points')
    .configureHelp({ sortSubcommands: false });
  rubric
    .command('new')
    .description(
      'print a rubric of every scenario that needs only get, put and append, with a comment for every key',
    )
    .action(options.exits(async () => (await import('./actions/rubric.js')).printNewRubric));
  rubric
    .command('check')
    .description('check whether a rubric is valid, and show the lines that are not')
    .argument('<file>', 'the rubric')
    .action(options.exits(async () => (await import('./actions/rubric.js')).checkRubric));
  rubric
    .command('explain')
    .description('show the points of submissions that fail in 0.1 %, 1 %, 3 %, ... of their runs')
    .argument('<file>', 'the rubric')
    .addOption(options.runs('runs of each scenario (default: as in the rubric, or 100)'))
    .addOption(options.json())
    .action(options.exits(async () => (await import('./actions/rubric.js')).explainRubric));
}
