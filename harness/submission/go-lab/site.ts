/**
 * Where things lie in the workshop of a build, for each way in which the packages of a submission import
 * each other. Paths are relative to the workshop, and the copy of the submission is in `tree`.
 */

import { posix } from 'node:path';
import { PACKAGES, type GoLab } from './find-packages.js';

export const TREE = 'tree';

/** Where our programs are built. It sorts before any name of a student; stdout.go says why. */
export const PROGRAMS_FOLDER = '0pblab';

export interface Site {
  /** Folder of our programs. */
  programs: string;
  /** Where `go build` is called. */
  directory: string;
  /** The package that it builds. */
  target: string;
  /** Those of the submission, as `go build` is told them. */
  packages: string[];
  environment: Record<string, string>;
  /** A symbolic link that gives the packages the path by which they are imported. */
  link?: { at: string; to: string };
  /** The path by which the kit's programs import a package such as "viewservice" here. */
  importedAs: (path: string) => string;
  /** The words of the compiler, with the student's files named as in the student's tree. */
  inTree: (output: string) => string;
}

/** The site for a lab in a workshop, whose own path is absolute. */
export function siteOf({ folder, imports }: GoLab, workshop: string): Site {
  switch (imports.style) {
    case 'gopath':
      return gopathSite(folder, imports, workshop);
    case 'module':
      return moduleSite(folder, imports, workshop);
    case 'relative':
      return relativeSite(folder, workshop);
  }
}

interface Named {
  prefix: string;
  folder: string;
}

/** The way of the lab: two entries of the path, one with our programs and one that leads to the tree. */
function gopathSite(packages: string, { prefix, folder }: Named, workshop: string): Site {
  const at = posix.join('gopath/src', prefix);
  const to = posix.join(TREE, folder);
  const theirs = (path: string) => posix.join(prefix, posix.relative(folder, packages), path);
  return {
    programs: posix.join('kit/src', PROGRAMS_FOLDER),
    directory: TREE,
    target: PROGRAMS_FOLDER,
    environment: { GO111MODULE: 'off', GOPATH: `${workshop}/kit:${workshop}/gopath` },
    link: { at, to },
    packages: PACKAGES.map(theirs),
    importedAs: (path) => (isOurs(path) ? path : theirs(path)),
    inTree: renaming(workshop, TREE, (file) => {
      const place = posix.join(TREE, file);
      return place.startsWith(`${at}/`) ? posix.join(to, posix.relative(at, place)) : place;
    }),
  };
}

/** Our programs become a package of the student's module, so that its go.mod holds for them too. */
function moduleSite(packages: string, { prefix, folder }: Named, workshop: string): Site {
  const directory = posix.join(TREE, folder);
  const theirs = (path: string) => posix.join(prefix, posix.relative(folder, packages), path);
  return {
    programs: posix.join(directory, PROGRAMS_FOLDER),
    directory,
    target: `./${PROGRAMS_FOLDER}`,
    environment: { GO111MODULE: 'on' },
    packages: PACKAGES.map(theirs),
    importedAs: (path) => (isOurs(path) ? posix.join(prefix, path) : theirs(path)),
    inTree: renaming(workshop, directory, (file) => posix.join(directory, file)),
  };
}

/** Go takes relative imports only outside of its path, and only from packages that are outside too. */
function relativeSite(packages: string, workshop: string): Site {
  return {
    programs: PROGRAMS_FOLDER,
    directory: '',
    target: `./${PROGRAMS_FOLDER}`,
    environment: { GO111MODULE: 'off', GOPATH: `${workshop}/gopath` },
    packages: PACKAGES.map((name) => `./${posix.join(TREE, packages, name)}`),
    importedAs: (path) =>
      isOurs(path)
        ? `./${posix.relative(PROGRAMS_FOLDER, path)}`
        : `../${posix.join(TREE, packages, path)}`,
    inTree: renaming(workshop, '', (file) => file),
  };
}

function isOurs(path: string): boolean {
  return path.startsWith(`${PROGRAMS_FOLDER}/`);
}

const PLACE = /(?<![^\n])(\t*)([^\s:]+\.go)(?=:\d+)/g;

const ABSOLUTE = /(?<![^\s(])\/[^\s:]+/g;

/**
 * Renames the files that the compiler names, relative to the `directory` in which it was called or absolute,
 * given where in the workshop each of the former is.
 */
function renaming(
  workshop: string,
  directory: string,
  placeOf: (file: string) => string,
): Site['inTree'] {
  const rename = (file: string) => {
    const place = placeOf(file);
    return place.startsWith(`${TREE}/`) ? posix.relative(TREE, place) : file;
  };
  const base = posix.join(workshop, directory);
  return (output) =>
    output
      .replaceAll(PLACE, (_, indent: string, file: string) => indent + rename(file))
      .replaceAll(ABSOLUTE, (path) =>
        path.startsWith(`${workshop}/`) ? rename(posix.relative(base, path)) : path,
      );
}
