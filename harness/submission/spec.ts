/**
 * The name of a submission that works from anywhere: the absolute path of a directory, with words before it that say how it
 * is to be read, or a part of the kit. `manifest:FILE:DIRECTORY` names a manifest from elsewhere, and `unpack:` before
 * either allows to open an archive. Only this file takes it apart.
 */

import { resolve } from 'node:path';

const UNPACK = 'unpack:';

export interface DirectorySpec {
  kind: 'directory';
  /** The whole of it. */
  spec: string;
  /** The text on the command line. */
  directory: string;
  /** Absolute. */
  manifestFile?: string;
  opensArchives: boolean;
}

export type Spec =
  | { kind: 'reference' }
  /** `mutant:NAME[:OPTION=VALUE]` */
  | { kind: 'mutant'; name: string; options: string[] }
  /** `variant:NAME[+NAME...]` */
  | { kind: 'variant'; names: string[] }
  | DirectorySpec;

export function readSpec(spec: string): Spec {
  if (spec === 'reference') return { kind: 'reference' };
  const [, kind, rest = ''] = /^(mutant|variant):(.*)$/s.exec(spec) ?? [];
  if (kind === undefined) return readDirectorySpec(spec);
  if (kind === 'variant') return { kind, names: rest.split('+') };
  const [name = '', ...options] = rest.split(':');
  return { kind: 'mutant', name, options };
}

/** Parses the name of a directory; parts of the kit have other names. */
export function readDirectorySpec(spec: string): DirectorySpec {
  const opensArchives = spec.startsWith(UNPACK);
  const rest = opensArchives ? spec.slice(UNPACK.length) : spec;
  const [, manifestFile, directory] = /^manifest:(.*?):(\/.*)$/s.exec(rest) ?? [];
  if (manifestFile === undefined || directory === undefined) {
    return { kind: 'directory', spec, directory: rest, opensArchives };
  }
  return { kind: 'directory', spec, directory, manifestFile, opensArchives };
}

/** The directory that a spec names; undefined for the parts of the kit. */
export function directoryOf(spec: string): string | undefined {
  const read = readSpec(spec);
  return read.kind === 'directory' ? read.directory : undefined;
}

/** The spec of a mutant without options. */
export function mutantSpec(name: string): string {
  return `mutant:${name}`;
}

/** The name of a mutant without options, whether it is written as a spec or as it is. */
export function mutantName(text: string): string {
  const read = readSpec(text);
  return read.kind === 'mutant' && read.options.length === 0 ? read.name : text;
}

/** Names the same submission, of which archives may be opened. */
export function openingArchives(spec: string): string {
  const read = readSpec(spec);
  if (read.kind !== 'directory' || read.opensArchives) return spec;
  return UNPACK + (read.manifestFile === undefined ? resolve(spec) : spec);
}
