/** `pblab sweep`: which kind of call must be late for a scenario to fail. */

import { InvalidArgumentError, Option, type Command } from 'commander';
import * as options from './options.js';

/** The limit of the harness, repeated here because help does not load the harness. */
const HELD_AT_MOST_SECONDS = 8;

const HELP = `
The scenario first runs -n times without a delay. These runs show which kinds of calls there are: a kind
is the caller, the receiver and the method, or only caller and receiver if the kit cannot read the
protocol. All clients count as one caller. Then -n runs follow for each kind and each delay. If all
runs without a delay fail, the sweep ends there, since delays could not show anything.

For a frequent kind of call, every other call is delayed, or fewer if a run would take too long:
all delays of a run together come to ${HELD_AT_MOST_SECONDS} s at most, and every deadline in it is moved by as much.
Calls of servers to the view service are never delayed so long that it would rightly declare a server
dead. A run in which a server still looked dead, because a delayed call held its lock, is not counted.

The table shows the failure rate for each kind of call and each delay. A kind matters if its failure
rates below a delay and from that delay on differ by more than chance: Fisher's exact test with Holm's
correction for all comparisons, at 5 %.

Each failing run keeps its evidence; \`pblab replay\` with it delays the same calls again.
\`pblab resume DIR\` continues an interrupted sweep.`;

export function addSweep(program: Command): void {
  program
    .command('sweep')
    .description('delay each kind of call in turn to find which delays make a scenario fail')
    .addArgument(options.submission('what to sweep'))
    .requiredOption('-s, --scenario <id>', 'the scenario, one of part B')
    .addOption(options.runs('runs of each kind of call with each delay', 20))
    .addOption(
      new Option('--delays <ms,...>', 'the delays, in ms')
        .argParser(milliseconds)
        .default([0, 5, 20, 100, 500], '0,5,20,100,500'),
    )
    .addOption(
      new Option('--part <part>', 'what to delay: request or reply')
        .choices(['request', 'reply'])
        .default('request'),
    )
    .addOption(options.manifest())
    .addOption(options.openArchives())
    .addOption(options.seed())
    .addOption(options.isolation())
    .addOption(options.world())
    .addOption(options.jobs())
    .addOption(options.out())
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/sweep.js')).sweep));
}

function milliseconds(text: string): number[] {
  const values = text.split(',').map((word) => (word.trim() === '' ? NaN : Number(word)));
  if (values.every((value) => Number.isSafeInteger(value) && value >= 0)) return values;
  throw new InvalidArgumentError('Expected whole numbers from 0, separated by commas.');
}
