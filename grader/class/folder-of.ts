/** The folder that was handed in, as its name stands in a roster. */

import { basename } from 'node:path';

/** The last folder of a submission's `spec`; the whole of `reference` and `mutant:NAME`. */
export function folderOf(spec: string): string {
  const [, folder] = /^manifest:.*?:(\/.*)$/.exec(spec) ?? [];
  if (folder === undefined && /^mutant:/.test(spec)) return spec;
  return basename(folder ?? spec).normalize('NFC');
}
