/**
 * Finds the folder with the programs in an uploaded submission. Course systems put one folder into another, with junk
 * of other systems beside it, or hand over the uploaded archive unopened.
 */

import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { UnfitSubmission } from '../ground/errors.js';
import { archiveKind, isArchiveName } from './archives/archive-kind.js';
import { openArchive } from './archives/open-archive.js';
import { isPartOfSubmission } from './digest.js';
import { looksLikeGoLab, PACKAGES } from './go-lab/find-packages.js';
import { MANIFEST_NAME } from './manifest.js';
import { nothingIn, type Place } from './place.js';

/** Folders nested deeper than this are not packaging. */
const MOST_FOLDERS = 12;

/** Files that Windows, macOS, editors and version control leave behind. */
const JUNK =
  /^(__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\.idea|\.vscode|\.git(ignore|attributes|keep)|\._.*)$/s;

export interface Entered {
  /** Absolute: where the manifest and the files of the submission are. */
  directory: string;
  /** The way to the folder, as a clause, if it is not the uploaded folder itself. */
  note?: string;
  /** The name of that folder for people, who know the archive and not its place in the cache. */
  shownAs: string;
}

/** Whether a folder may be packaging and not what a manifest from elsewhere asks for; by its name. */
type MayEnter = (folder: string) => boolean;

/**
 * Goes through folders that hold nothing but the next one, as far as a submission is in there. Throws `UnfitSubmission`
 * for an archive that was not to be opened or cannot be, and where there is nothing that could be graded.
 */
export async function enter(place: Place, mayEnter: MayEnter): Promise<Entered> {
  const { directory, opensArchives } = place;
  const archive = archiveAt(place);
  if (archive === undefined) {
    const inner = folderOfPrograms(directory, place.manifestFile !== undefined, mayEnter);
    if (inner === undefined) throw nothingIn(directory);
    return { directory: inner, shownAs: inner, ...noteOf(directory, inner) };
  }
  if (!opensArchives) throw notOpened(directory, archive);
  const [file = '', ...others] = archive;
  if (others.length > 0) throw several(directory, archive);
  const shownAs = join(directory, relative(directory, file));
  const opened = await openArchive(file, shownAs);
  const inner = folderOfPrograms(opened, place.manifestFile !== undefined, mayEnter);
  if (inner === undefined) throw nothingIn(opened, shownAs);
  const inside = relative(opened, inner);
  const note = `the submission is in the archive ${basename(file)}${inside === '' ? '' : `, in its only folder ${inside}`}`;
  return { directory: inner, shownAs: join(shownAs, inside), note };
}

function noteOf(directory: string, inner: string): Pick<Entered, 'note'> {
  const path = relative(directory, inner);
  return path === '' ? {} : { note: `the submission is in its only folder ${path}` };
}

/** The folder below this one in which there is something to grade; undefined if there is none. */
function folderOfPrograms(
  directory: string,
  hasManifest: boolean,
  mayEnter: MayEnter,
): string | undefined {
  const folders = nestedFolders(directory);
  const own = folders.find((folder) => existsSync(join(folder, MANIFEST_NAME)));
  if (own !== undefined) return own;
  const isLab = looksLikeGoLab(directory);
  if (!isLab && !hasManifest) return undefined;
  const stop = folders.findIndex((folder, at) => at > 0 && !mayEnterAs(folder, isLab, mayEnter));
  return folders.at(stop === -1 ? -1 : stop - 1);
}

/** The folder src and the packages belong to the layout of the Go lab, and are not packaging. */
function mayEnterAs(folder: string, isLab: boolean, mayEnter: MayEnter): boolean {
  const name = basename(folder);
  return mayEnter(name) && !(isLab && [...PACKAGES, 'src'].includes(name));
}

/** This folder, the only one in it, the only one in that, and so on. */
function nestedFolders(directory: string): string[] {
  const folders = [directory];
  while (folders.length <= MOST_FOLDERS) {
    const outer = folders.at(-1) ?? directory;
    const [only, ...others] = contentOf(outer).filter((entry) => !isArchive(entry));
    if (only === undefined || others.length > 0 || !only.isDirectory()) break;
    folders.push(join(outer, only.name));
  }
  return folders;
}

/** The archives that are handed in instead of a submission, absolute; undefined if there are none. */
function archiveAt({ directory, manifestFile }: Place): string[] | undefined {
  if (!statSync(directory).isDirectory()) return [directory];
  const folder = nestedFolders(directory).at(-1) ?? directory;
  const entries = contentOf(folder);
  const archives = entries.filter(isArchive);
  if (archives.length === 0) return undefined;
  const isAlone = archives.length === entries.length;
  // Beside other files it is an archive of something else, unless nothing of them can be run.
  const isAnything = manifestFile !== undefined || existsSync(join(folder, MANIFEST_NAME));
  if (!isAlone && (isAnything || looksLikeGoLab(directory))) return undefined;
  return archives.map(({ name }) => join(folder, name));
}

/** The entries of a folder, without junk. None if it cannot be read: the digest of the tree reports that. */
function contentOf(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter(({ name }) => isPartOfSubmission(name) && !JUNK.test(name));
  } catch {
    return [];
  }
}

/** By its name; by its first bytes where the name has no ending that says anything. */
function isArchive(entry: Dirent): boolean {
  if (!entry.isFile()) return false;
  if (isArchiveName(entry.name)) return true;
  return !entry.name.includes('.') && archiveKind(join(entry.parentPath, entry.name)) !== undefined;
}

function notOpened(directory: string, archives: readonly string[]): UnfitSubmission {
  const names = archives.map((file) => relative(directory, file)).filter((name) => name !== '');
  const noun = names.length > 1 ? 'archives that were' : 'an archive that was';
  const problem =
    names.length === 0
      ? `${directory} is an archive that was not opened`
      : `${directory} contains ${noun} not opened: ${names.join(', ')}`;
  return new UnfitSubmission(problem, { hint: 'unpack it, or let staff pass --open-archives' });
}

function several(directory: string, archives: readonly string[]): UnfitSubmission {
  const names = archives.map((file) => relative(directory, file)).join(', ');
  return new UnfitSubmission(`${directory} contains several archives`, {
    got: names,
    expected: 'one',
    hint: 'unpack the one you mean',
  });
}
