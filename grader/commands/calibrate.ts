/** `pblab calibrate`: how well the scenarios catch wrong implementations. */

import { Option, type Command } from 'commander';
import * as options from './options.js';

const HELP = `
Every mutant and the reference run every scenario a few times (the screen). Then come more runs of the
reference and, for each mutant, of the scenarios that should catch it or that caught it best (the close
look). The runs of the screen count.

The independent set contains wrong implementations whose authors have not seen the scenarios, and a
correct one that takes the place of the reference. Nothing about them is known beforehand: every
scenario screens each of them, and the one that caught it best gets the close look. The report says
which were caught, and how many of each folder. The set is part of a checkout but not of the package.

  pblab calibrate --set independent -o out   all of them; this takes hours
  pblab calibrate --set independent 'design/*' -s 'generated-*'

\`pblab resume DIR\`, or the same command with --out DIR, continues an interrupted calibration.

Exit codes: 0 every wrong implementation was caught without a false alarm, 1 one was not caught or the
correct one failed, 2 something could not be measured.`;

export function addCalibrate(program: Command): void {
  program
    .command('calibrate')
    .description('measure how likely each scenario is to catch each mutant, and false alarms')
    .argument(
      '[mutant...]',
      'only these mutants, or members of the set; * and ? are wildcards (default: all)',
    )
    .addOption(
      new Option('--set <name>', 'the set of wrong implementations')
        .choices(['mutants', 'independent'])
        .default('mutants'),
    )
    .addOption(options.runs('runs in the close look (default: 50; for the independent set 20)'))
    .option(
      '--screen <count>',
      'runs of every mutant in every scenario that uses what is wrong with it (default: 2; for the independent set 1)',
      options.count,
    )
    .addOption(options.scenarios())
    .addOption(options.seed())
    .addOption(options.isolation())
    .addOption(options.world())
    .addOption(options.jobs())
    .addOption(options.out())
    .option(
      '--save',
      "save the result as the kit's own calibration, from which its tables are made",
    )
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/calibrate.js')).calibrate));
}
