/**
 * What a submission is named by, from anywhere: the absolute path of a directory, with words before it that say how it
 * is to be read, or a part of the kit. `manifest:FILE:DIRECTORY` names a manifest from elsewhere, and `unpack:` before
 * either allows to open an archive.
 */

import { resolve } from 'node:path';

const UNPACK = 'unpack:';

export interface SpecParts {
  /** As it was given. */
  directory: string;
  /** Absolute. */
  manifestFile?: string;
  opensArchives: boolean;
}

/** The parts of what names a directory; undefined for `reference`, `mutant:NAME` and `variant:NAME`. */
export function specParts(spec: string): SpecParts | undefined {
  if (/^(reference$|mutant:|variant:)/.test(spec)) return undefined;
  const opensArchives = spec.startsWith(UNPACK);
  const rest = opensArchives ? spec.slice(UNPACK.length) : spec;
  const [, manifestFile, directory] = /^manifest:(.*?):(\/.*)$/s.exec(rest) ?? [];
  if (manifestFile === undefined || directory === undefined) {
    return { directory: rest, opensArchives };
  }
  return { directory, manifestFile, opensArchives };
}

/** Names the same submission, of which archives may be opened. */
export function openingArchives(spec: string): string {
  const parts = specParts(spec);
  if (parts === undefined || parts.opensArchives) return spec;
  return UNPACK + (parts.manifestFile === undefined ? resolve(spec) : spec);
}
