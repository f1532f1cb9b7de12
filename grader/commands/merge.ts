/** `pblab merge`: makes one grading of its shards. */

import type { Command } from 'commander';
import * as options from './options.js';

const HELP = `
Each directory was written by \`pblab grade ... --shard K/N\` with the same words, the same seed and the
same version of pblab. The results are those of a grading without shards, and the directory works with
resume, regrade, report and all other commands. The directories of the shards are not changed.

  pblab grade submissions/* --seed 2026 --shard 1/2 --out part1     on one machine
  pblab grade submissions/* --seed 2026 --shard 2/2 --out part2     on another machine
  pblab merge part1 part2 --out grading/                            where both directories are

With --partial, missing shards and interrupted ones count as runs that were not done.`;

export function addMerge(program: Command): void {
  program
    .command('merge')
    .description('make one grading of shards that were graded on several machines')
    .argument('<dir...>', 'directories of all its shards')
    .option('--partial', 'merge although shards or runs are missing')
    .addOption(options.out())
    .addOption(options.noReport())
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/merge.js')).merge));
}
