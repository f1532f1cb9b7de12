/** The arguments of bubblewrap (bwrap(1)) for one box. */

import { dirname } from 'node:path';
import type { RootFolder } from './root-folder.js';
import type { VisiblePath } from './visible-paths.js';

export interface BoxPlan {
  /** The program `bwrap`. */
  bubblewrap: string;
  root: RootFolder;
  /** Seen read-only. */
  visible: readonly VisiblePath[];
  /** Folders that it may write, absolute. */
  writable: readonly string[];
  /** Its working directory. */
  directory: string;
  /** The size of its /tmp, in bytes. */
  temporaryBytes: number;
  /** The size of its /dev/shm, in bytes. */
  sharedMemoryBytes: number;
  /** Whether it has the network of the machine. */
  network: boolean;
  /** The user as whom the program runs, if this process is root; otherwise it has a user namespace of its own. */
  user: number | undefined;
  /** Descriptor to which bubblewrap writes what becomes of it. */
  statusDescriptor: number;
  /** Descriptor of the filter of system calls, if there is one. */
  filterDescriptor: number | undefined;
}

/**
 * The words that start `argv` in a box.
 *
 * Root makes the mounts itself and then becomes an unprivileged user: such a user could not see a build below
 * /root, which is where caches and many toolchains are. `unshare` (util-linux) does no more here than change the user;
 * it starts in half the time that `setpriv` takes.
 */
export function boxWords(plan: BoxPlan, argv: readonly string[]): string[] {
  const { user, filterDescriptor } = plan;
  return [
    plan.bubblewrap,
    '--die-with-parent',
    '--new-session',
    '--unshare-pid',
    '--unshare-ipc',
    '--unshare-uts',
    ...(plan.network ? [] : ['--unshare-net']),
    ...mounts(plan),
    '--chdir',
    plan.directory,
    '--json-status-fd',
    String(plan.statusDescriptor),
    ...(filterDescriptor === undefined ? [] : ['--seccomp', String(filterDescriptor)]),
    '--cap-drop',
    'ALL',
    ...(user === undefined
      ? ['--unshare-user', '--']
      : [
          '--cap-add',
          'CAP_SETUID',
          '--cap-add',
          'CAP_SETGID',
          '--',
          BECOME_USER,
          '--setgid',
          String(user),
          '--setuid',
          String(user),
          '--',
        ]),
    ...argv,
  ];
}

export const BECOME_USER = '/usr/bin/unshare';

/** Bubblewrap would make the folders above a mount itself, but so that only root may enter them. */
function foldersAbove(paths: readonly string[]): string[] {
  const folders = new Set(paths.flatMap((path) => ancestors(dirname(path))));
  return [...folders].flatMap((folder) => ['--dir', folder]);
}

/** A folder and those above it, the outermost first, without `/`. */
function ancestors(folder: string): string[] {
  return folder === '/' ? [] : [...ancestors(dirname(folder)), folder];
}

/** From the outside in: what is mounted later covers what is there. */
function mounts({
  root,
  user,
  visible,
  writable,
  temporaryBytes,
  sharedMemoryBytes,
}: BoxPlan): string[] {
  const shared = ['--perms', '1777', '--size', String(sharedMemoryBytes), '--tmpfs', '/dev/shm'];
  return [
    '--dev-bind',
    root.folder,
    '/',
    ...(root.hasDevices ? [] : ['--dev', '/dev']),
    ...shared,
    '--proc',
    '/proc',
    '--perms',
    '1777',
    '--size',
    String(temporaryBytes),
    '--tmpfs',
    '/tmp',
    ...foldersAbove([...visible.map(({ target }) => target), ...writable]),
    ...visible.flatMap(({ source, target }) => ['--ro-bind', source, target]),
    ...writable.flatMap((path) => ['--bind', path, path]),
    // What belongs to root, other users cannot write; and this would take the devices away.
    ...(user === undefined ? ['--remount-ro', '/'] : []),
  ];
}
