/**
 * How a directory is named so that it is found again from anywhere, with a manifest that is not its own:
 * `manifest:FILE:DIRECTORY`, both absolute. Staff cannot put a file into a student's folder.
 */

import { resolve } from 'node:path';

export interface Place {
  /** Absolute. */
  directory: string;
  /** Absolute; used if the directory has no manifest of its own. */
  manifestFile?: string;
  /** The name of the place. */
  spec: string;
}

/** The place that a directory or a `manifest:FILE:DIRECTORY` names. */
export function placeOf(spec: string): Place {
  const [, file, folder] = /^manifest:(.*?):(\/.*)$/.exec(spec) ?? [];
  if (file === undefined || folder === undefined) {
    const directory = resolve(spec);
    return { directory, spec: directory };
  }
  return { directory: folder, manifestFile: file, spec };
}
