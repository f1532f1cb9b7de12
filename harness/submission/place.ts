/**
 * Where a directory is, and the manifest for it. Staff cannot put a file into a student's folder, so the
 * manifest may lie elsewhere; `manifest:FILE:DIRECTORY`, both absolute, names the two together, so that a
 * grading taken up again and a run replayed find them too.
 */

import { lstatSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UnfitSubmission, UsageError } from '../ground/errors.js';
import { describeFileKind, readRegularText } from '../ground/read-regular-file.js';
import { archiveKind, isArchiveName } from './archives/archive-kind.js';
import { MANIFEST_NAME, parseBox, type BoxSettings } from './manifest.js';
import { manifestElsewhere } from './manifest-elsewhere.js';
import { PART_LIMIT_BYTES, readPart } from './read-part.js';
import { directoryOf, type DirectorySpec } from './spec.js';

export interface Place {
  /** Absolute; a directory, or a file that is an archive. */
  directory: string;
  /** Absolute; of no account if the directory has a manifest of its own. */
  manifestFile?: string;
  /** Whether an archive may be opened. */
  opensArchives: boolean;
  /** The name of the place. */
  spec: string;
}

const EXPECTED =
  'a directory with a pblab.yaml in it, or with the Go packages viewservice and pbservice';

/** The place that a directory or a `manifest:FILE:DIRECTORY` names; the directory is there. */
export function placeOf({ spec, manifestFile, opensArchives, ...given }: DirectorySpec): Place {
  const directory = resolve(given.directory);
  assertSubmission(directory);
  const isPlain = manifestFile === undefined && !opensArchives;
  return {
    directory,
    ...(manifestFile === undefined ? {} : { manifestFile }),
    opensArchives,
    spec: isPlain ? directory : spec,
  };
}

/** Names a submission together with a manifest for the case that it is a directory without one. */
export function withManifest(spec: string, file: string): string {
  if (directoryOf(spec) !== spec) return spec;
  const manifestFile = resolve(file);
  // What it says of the box holds for directories with a manifest of their own, too.
  if (isThere(join(spec, MANIFEST_NAME)) && boxIn(manifestFile) === undefined) return spec;
  // It would be taken for the end of the file's name.
  if (manifestFile.includes(':/')) {
    throw new UsageError(`${manifestFile} cannot be used as a manifest`, {
      got: 'a path with ":/" in it',
      expected: 'another path',
    });
  }
  return `manifest:${manifestFile}:${resolve(spec)}`;
}

export interface WrittenManifest {
  text: string;
  file: string;
  /** Whether it is the submission's and not the caller's. */
  isOwn: boolean;
}

/** The manifest for a place as it is written, and where; undefined if there is none. */
export function findManifest({ directory, manifestFile }: Place): WrittenManifest | undefined {
  const own = join(directory, MANIFEST_NAME);
  if (isThere(own)) {
    const text = readPart(directory, MANIFEST_NAME, { called: 'the manifest' });
    return { text, file: own, isOwn: true };
  }
  if (manifestFile === undefined) return undefined;
  return { text: readStaffManifest(manifestFile), file: manifestFile, isOwn: false };
}

/** What staff say of the box in a manifest; undefined if nothing. */
export function boxIn(manifestFile: string): BoxSettings | undefined {
  return parseBox(readStaffManifest(manifestFile), manifestFile);
}

function readStaffManifest(file: string): string {
  return readRegularText(file, {
    links: 'followed',
    limitBytes: PART_LIMIT_BYTES,
    called: 'the manifest',
  });
}

/** Whatever it is, also a link that leads nowhere. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The error for a directory without a manifest and without the Go lab; people call the directory `shownAs`. */
export function nothingIn(directory: string, shownAs = directory): UnfitSubmission {
  return new UnfitSubmission(
    `${shownAs} has no ${MANIFEST_NAME}, and no viewservice/ or pbservice/ with Go files`,
    {
      expected: EXPECTED,
      hint: 'harness/submission/README.md shows a complete manifest to copy',
      ...manifestElsewhere(directory, shownAs),
    },
  );
}

function assertSubmission(directory: string): void {
  const status = statSync(directory, { throwIfNoEntry: false });
  if (status === undefined) {
    throw new UsageError(`there is no submission at ${directory}`, {
      expected: `${EXPECTED}, "reference", "mutant:NAME", or "variant:NAME"`,
    });
  }
  if (!status.isDirectory() && !isArchiveFile(directory)) {
    const got = status.isFile() ? 'a file' : describeFileKind(status);
    throw new UsageError(`${directory} is not a submission`, { got, expected: EXPECTED });
  }
}

/** Whether a path leads to a file that is called or begins like an archive; an empty one is none. */
export function isArchiveFile(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isFile() !== true || status.size === 0) return false;
  return isArchiveName(path) || archiveKind(path) !== undefined;
}
