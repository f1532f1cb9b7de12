/** `pblab check`: is a recorded history linearizable? */

import { Option, type Command } from 'commander';
import * as options from './options.js';

const HELP = `
It says whether the history is linearizable, key by key, with the operations of each client in order.
It reads the histories of this kit, and EDN or JSON as Jepsen and Porcupine write them: one operation a
line, or all in one list. harness/history/README.md describes the formats.

Exit codes: 0 linearizable, 1 not linearizable, 2 unknown: the time ran out, or no operation succeeded.`;

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('judge a recorded history of operations on keys')
    .argument(
      '<history>',
      'a history.jsonl of this kit, or a history of invocations and completions',
    )
    .addOption(
      new Option('--budget <seconds>', 'how long judging may take')
        .argParser(options.duration)
        .default(10_000, '10'),
    )
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/check.js')).check));
}
