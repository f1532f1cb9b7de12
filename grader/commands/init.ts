/** `pblab init`: begins a submission. */

import type { Command } from 'commander';
import { LANGUAGES } from '../skeletons/languages.js';
import * as options from './options.js';

const NAMES = LANGUAGES.map(({ name }) => name).join(', ');

const HELP = `
The skeleton builds, starts and passes step 1 of the lab. Sockets, lines and timers are done; everything
that the lab asks for is missing and marked TODO. Folders that are not empty are refused.

The Go packages viewservice and pbservice of the stock lab need no skeleton: pblab test DIR.

  pblab init --lang python mine
  pblab test mine --step 1`;

export function addInit(program: Command): void {
  program
    .command('init')
    .description('begin a submission: write a skeleton in your language')
    .argument('[dir]', 'an empty or new folder', '.')
    .option('-l, --lang <language>', NAMES)
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/init.js')).init));
}
