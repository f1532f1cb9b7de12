/** `pblab list`: the scenarios, mutants and so on that the kit has. */

import type { Command } from 'commander';
import * as options from './options.js';

const HELP = `
Coverage lists the situations that generated runs can meet: which server was hit, how, and at which
moment. With the directory of a grading, it counts how many of its runs met each situation.

  pblab list coverage                        all situations
  pblab list coverage grading/               in how many runs each was met, and which never were

Prevalence is how many submissions fail each scenario: of the public submissions that this kit was
tried on, or of those in a grading.

  pblab list prevalence                      of public submissions, with the date
  pblab list prevalence grading/             of this class
  pblab list prevalence grading/ --json      the same, as grader/measured/prevalence.json has it`;

export function addList(program: Command): void {
  program
    .command('list')
    .description('list scenarios, mutants, variants, faults, rules, steps, coverage or prevalence')
    .argument(
      '<what>',
      'scenarios, mutants, variants, faults, rules, steps, coverage or prevalence',
    )
    .argument('[dir]', 'for coverage or prevalence: the directory of a grading')
    .addOption(options.json())
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/list.js')).list));
}
