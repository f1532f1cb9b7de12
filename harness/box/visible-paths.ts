/**
 * Which paths of this machine a boxed program may see, and only read, beside its build and its own directory: the
 * system, and the installations of the programs on the PATH. Nothing else of a home is seen.
 */

import { readdirSync } from 'node:fs';
import { delimiter, isAbsolute, join, normalize } from 'node:path';
import { installationOf, isWithin, realPath } from './program-installation.js';

/** A file or folder in a box. */
export interface VisiblePath {
  /** What is seen: a path of this machine without links. */
  source: string;
  /** Where it is seen in the box; it differs from `source` if a link leads there on this machine. */
  target: string;
}

export interface Sight {
  /** The value of PATH. */
  path: string;
  /** The home of the user who runs the kit; absolute. */
  home: string;
  /** Files and folders that staff allow, whatever they hold; absolute. */
  allowed: readonly string[];
}

const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

/** Systems that keep all programs in one store, NixOS and Guix, and the way to those that are current. */
const STORES = ['/nix/store', '/gnu/store', '/run/current-system'];

/** Settings below /etc that programs and their libraries read; nothing that is secret, or that names people. */
const SETTINGS = Object.values({
  loading: ['ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'alternatives'],
  // /etc/passwd and /etc/group are made for the box.
  names: ['gai.conf', 'host.conf', 'hosts', 'nsswitch.conf', 'protocols', 'services'],
  place: ['localtime', 'timezone', 'mime.types', 'os-release', 'terminfo'],
  // Certificates of authorities, as Debian, Arch and Fedora have them, without private keys.
  certificates: ['ssl/certs', 'ssl/openssl.cnf', 'ca-certificates/extracted', 'crypto-policies'],
  ofFedora: ['pki/ca-trust/extracted', 'pki/java', 'pki/tls/certs', 'pki/tls/openssl.cnf'],
  languages: ['perl', 'php', 'mono', 'dotnet'],
}).flat();

/** Settings whose names vary. */
const SETTINGS_OF_VERSIONS = /^(?:java-|python3|locale|ld-musl-)/;

/**
 * The paths, in the order of their targets. Links count under their own names and under those of what they lead to;
 * what does not exist is left out, and so is a path below another one.
 */
export function visiblePaths({ path, home, allowed }: Sight): VisiblePath[] {
  const system = [...SYSTEM, ...STORES, ...settings()].flatMap(withTarget);
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  const installations = folders
    .map(withoutSlash)
    .filter((folder) => !system.some(({ target }) => isWithin(target, folder)))
    .flatMap((folder) => installationOf(folder, withoutSlash(home)));
  const others = [...installations, ...allowed.map(withoutSlash)];
  return merged([...system, ...others.flatMap(withTarget)]);
}

function settings(): string[] {
  const versions = namesIn('/etc').filter((name) => SETTINGS_OF_VERSIONS.test(name));
  return [...SETTINGS, ...versions].map((name) => join('/etc', name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A path under its own name, and what it leads to; nothing if that does not exist. */
function withTarget(path: string): VisiblePath[] {
  const source = realPath(path);
  if (source === undefined) return [];
  return [...new Set([path, source])].map((target) => ({ source, target }));
}

/** Without those that are below another one: through that one they are seen as they are, links included. */
function merged(paths: readonly VisiblePath[]): VisiblePath[] {
  const unique = [...new Map(paths.map((one) => [one.target, one])).values()];
  return unique
    .filter(
      ({ target }) =>
        !unique.some((other) => other.target !== target && isWithin(other.target, target)),
    )
    .toSorted((one, other) => (one.target < other.target ? -1 : 1));
}

function withoutSlash(path: string): string {
  const clean = normalize(path);
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean;
}
