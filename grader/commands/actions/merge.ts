/** `pblab merge`: one grading of its shards, with results and report as after `pblab grade`. */

import { resolve } from 'node:path';
import { withPlan } from '../../campaign/campaign.js';
import { describeDamagedLines } from '../../campaign/journal/damage.js';
import { mergeShards } from '../../grading/merge/merge-shards.js';
import { publish } from '../../grading/publish.js';
import { EXIT_INTERRUPTED, interruptSignal } from './campaign-options.js';
import { displayPath, outDirectory } from './directory.js';
import { conclude } from './grade.js';

export interface MergeOptions {
  /** Whether shards and runs may be missing. */
  partial?: boolean;
  out?: string;
  /** Whether pages and files for course systems are written, too; they are unless said otherwise. */
  report?: boolean;
}

/** Merges; resolves to the exit code. */
export async function merge(
  folders: readonly string[],
  { partial = false, out, report = true }: MergeOptions,
): Promise<number> {
  const directory = outDirectory(out);
  const directories = folders.map((folder) => displayPath(resolve(folder)));
  const signal = interruptSignal();
  if (!(await mergeShards(directories, directory, { partial, signal }))) {
    process.stdout.write('interrupted; nothing was written\n');
    return EXIT_INTERRUPTED;
  }
  const published = await withPlan(directory, () => publish(directory, { report }));
  for (const line of describeDamagedLines(published.damaged)) process.stderr.write(`${line}\n`);
  return conclude(directory, { ...published, interrupted: false });
}
