/** Where a submission was handed in, read from what it is named by. */

import { basename, resolve } from 'node:path';
import { specParts } from '../../harness/index.js';

/** Its directory; undefined for `reference`, `mutant:NAME` and `variant:NAME`, which are parts of the kit. */
export function directoryOf(spec: string): string | undefined {
  return specParts(spec)?.directory;
}

/** The name of that directory, as it stands in a roster; else the whole of it. */
export function folderOf(spec: string): string {
  const directory = directoryOf(spec);
  return directory === undefined ? spec : basename(resolve(directory)).normalize('NFC');
}
