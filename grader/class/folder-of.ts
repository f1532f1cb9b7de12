/** Where a submission was handed in, read from what it is named by. */

import { basename } from 'node:path';

/** Its directory; undefined for `reference`, `mutant:NAME` and `variant:NAME`, which are parts of the kit. */
export function directoryOf(spec: string): string | undefined {
  if (/^(reference$|mutant:|variant:)/.test(spec)) return undefined;
  const [, directory] = /^manifest:.*?:(\/.*)$/s.exec(spec) ?? [];
  return directory ?? spec;
}

/** The name of that directory, as it stands in a roster; else the whole of it. */
export function folderOf(spec: string): string {
  const directory = directoryOf(spec);
  return directory === undefined ? spec : basename(directory).normalize('NFC');
}
