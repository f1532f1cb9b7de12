/**
 * Which folders belong to a program, judged by the folder that it lies in: its libraries beside `bin`, but never a
 * folder in which people keep their own files.
 */

import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { readTextIfPresent, UnreadableFile } from '../ground/read-regular-file.js';

/** Folders that hold installations, and much else. */
const TOO_WIDE =
  /^\/(?:boot|data|dev|etc|home|media|mnt|nix|opt|proc|root|run|srv|sys|tmp|usr|var)?$/;

const HOME_OF_A_USER = /^\/home\/[^/]+$/;

/** Drives of Windows, as its subsystem for Linux puts them on the PATH: slow, and of no use in a box. */
const WINDOWS_DRIVE = /^\/mnt\/[a-z](?:\/|$)/;

/** Hidden folders that are whole installations, and hold no credentials. */
const KNOWN_HIDDEN = new Set([
  ...names('.asdf .bun .deno .dotnet .ghcup .goenv .jenv .juliaup .nodenv .npm-global .nvm'),
  ...names('.opam .pyenv .rbenv .rustup .sdkman .volta'),
]);

/** Folders of settings and data, in which each program has its own. */
const OF_SETTINGS = /\/\.config(?:\/|$)|\/\.local\/share$/;

/** Names of folders of programs. */
const OF_PROGRAMS = names('bin sbin shims');

/** What lies beside the `bin` of an installation. */
const PARTS = names('conf include jre lib lib64 libexec share');

/** Signs that people keep their own files in a folder: a working copy, credentials, a course. */
const PERSONAL = [
  ...names('.git .hg .svn pblab.yaml rubric.yaml .env .netrc .npmrc .ssh auth.json config.json'),
  ...names('credentials credentials.json credentials.toml'),
];

/** What programs below a folder need that lies beside that folder. */
const COMPANIONS: Readonly<Record<string, string>> = {
  '.asdf': '.tool-versions',
  '.cargo': '.rustup',
};

/** The file at the top of a virtual environment of Python (PEP 405). */
const VIRTUAL_ENVIRONMENT = 'pyvenv.cfg';

/**
 * What programs need that lie in `folder`, as files and folders: their installation if `folder` is the `bin` or the
 * `shims` of one, else the folder itself. Empty for a folder that is too wide to be shown to programs, such as the
 * home. Both paths are absolute. A folder that a link leads to is looked at under both names.
 */
export function installationOf(folder: string, home: string): string[] {
  const found = underBothNames(folder).flatMap((each) => aroundPrograms(each, home));
  const bases = found.flatMap((each) => baseOfEnvironment(each));
  const around = bases.flatMap(underBothNames).flatMap((each) => aroundPrograms(each, home));
  return [...new Set([...found, ...around])];
}

/** Where a path leads; undefined if it leads nowhere. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Whether a path is a folder or lies below it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

function underBothNames(folder: string): string[] {
  return [...new Set([folder, realPath(folder) ?? folder])];
}

function aroundPrograms(folder: string, home: string): string[] {
  if (isTooWide(folder, home)) return [];
  const parent = dirname(folder);
  const whole = isInstallation(folder, home) ? parent : folder;
  if (whole === folder && !isOfPrograms(folder) && isPersonal(folder)) return [];
  const companion = COMPANIONS[basename(parent)];
  return companion === undefined ? [whole] : [whole, join(dirname(parent), companion)];
}

/** Whether all of the folder around a folder of programs belongs to them. */
function isInstallation(folder: string, home: string): boolean {
  const parent = dirname(folder);
  if (!isOfPrograms(folder) || isTooWide(parent, home)) return false;
  if (KNOWN_HIDDEN.has(basename(parent))) return true;
  // Managers of versions are often working copies.
  if (basename(folder) === 'shims') return !isOfSettings(parent);
  return PARTS.some((part) => existsSync(join(parent, part))) && !isPersonal(parent);
}

function isOfPrograms(folder: string): boolean {
  return OF_PROGRAMS.includes(basename(folder));
}

/** Whether people keep their own files in a folder. */
function isPersonal(folder: string): boolean {
  if (KNOWN_HIDDEN.has(basename(folder))) return false;
  return isOfSettings(folder) || PERSONAL.some((sign) => existsSync(join(folder, sign)));
}

/** Whether it is one of the hidden folders in which programs keep their settings, and often credentials. */
function isOfSettings(folder: string): boolean {
  const isHidden =
    basename(folder).startsWith('.') && !existsSync(join(folder, VIRTUAL_ENVIRONMENT));
  return isHidden || OF_SETTINGS.test(folder);
}

/** Whether a folder, or what a link in its place leads to, holds far more than programs. */
function isTooWide(folder: string, home: string): boolean {
  const homes = underBothNames(home);
  return underBothNames(folder).some(
    (each) =>
      [TOO_WIDE, HOME_OF_A_USER, WINDOWS_DRIVE].some((pattern) => pattern.test(each)) ||
      homes.some((one) => isWithin(each, one)),
  );
}

/** The folder of the Python that a virtual environment is made from; none for any other folder. */
function baseOfEnvironment(folder: string): string[] {
  const settings = settingsOf(join(folder, VIRTUAL_ENVIRONMENT)).split('\n');
  const [, base = ''] = settings.map((line) => line.split('=')).find(isHome) ?? [];
  return isAbsolute(base.trim()) ? [base.trim()] : [];
}

function isHome([key = '']: readonly string[]): boolean {
  return key.trim() === 'home';
}

/** The text of a file; empty if it is not there, or cannot be read. */
function settingsOf(file: string): string {
  try {
    return readTextIfPresent(file, { links: 'followed' }) ?? '';
  } catch (error) {
    if (error instanceof UnreadableFile) return '';
    throw error;
  }
}

/** Short names in a row, with blanks between them. */
function names(text: string): string[] {
  return text.split(' ');
}
