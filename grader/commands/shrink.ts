/** `pblab shrink`: the smallest plan with which a generated run still fails. */

import type { Command } from 'commander';
import * as options from './options.js';

const HELP = `
A generated scenario draws a plan from its seed: servers, clients, keys, and moves such as "restart the
backup at once". This command first repeats the run until it fails. Then it tries plans with fewer moves,
simpler moves, fewer clients, servers and special keys, and runs each of them. It keeps a smaller plan if
one of the -k runs breaks the same rule with the same symptom.

All generated scenarios can be shrunk except generated-views, which has no such plan.

It prints the size of the plan before and after, the smallest plan, and the story of a failing run of it.
The evidence folder of that run contains the plan; \`pblab replay\` with the folder runs this plan again.

A larger -k finds plans that fail rarely more reliably, but takes more runs for each plan. In the virtual
world the same plan always ends in the same way, so each is run once.

Exit codes: 1 it failed again and was shrunk, 0 it passed every time, 2 it could not be judged.`;

export function addShrink(program: Command): void {
  program
    .command('shrink')
    .description('make a failing run of a generated scenario smaller')
    .argument('<run>', options.RUN_ARGUMENT)
    .addOption(options.times('run each smaller plan at most this often', 2))
    .option(
      '--budget <runs>',
      'at most this many runs, disturbed ones not counted',
      options.count,
      40,
    )
    .option('--seconds <count>', 'at most this many seconds', options.count, 180)
    .addOption(options.otherSubmission())
    .addOption(options.isolation())
    .addOption(options.worldOfRun())
    .addOption(options.jobs())
    .addOption(options.out())
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/shrink.js')).shrink));
}
