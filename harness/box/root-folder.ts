/**
 * The folder that is `/` in the boxes of a session. It holds what would cost a mount each otherwise: device nodes, the
 * files of /etc that programs need, and a list of users with one entry. Boxes see it read-only.
 */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { VisiblePath } from './visible-paths.js';

const DEVICES = ['null', 'zero', 'full', 'random', 'urandom'].map((name) => `/dev/${name}`);

/** Links that programs expect there. */
const DEVICE_LINKS = {
  fd: '/proc/self/fd',
  stdin: '/proc/self/fd/0',
  stdout: '/proc/self/fd/1',
  stderr: '/proc/self/fd/2',
};

/** Hundreds of links to tools such as Java, which only programs follow that use tools. */
export const ALTERNATIVES = '/etc/alternatives';

export interface RootFolder {
  folder: string;
  /** Whether it has devices that work; they need a user who may make them, and a file system that lets them work. */
  hasDevices: boolean;
}

/** Makes the folder for programs of a user, with those of the paths that are copied. */
export function makeRootFolder(
  folder: string,
  user: number,
  paths: readonly VisiblePath[],
): RootFolder {
  for (const name of ['', 'etc', 'dev', 'dev/shm', 'proc', 'tmp']) {
    mkdirSync(join(folder, name), { recursive: true });
    // Whatever the caller lets others see of its files.
    chmodSync(join(folder, name), 0o755);
  }
  mkdirSync(join(folder, 'var'));
  chmodSync(join(folder, 'var'), 0o755);
  symlinkSync('/tmp', join(folder, 'var/tmp'));
  const copied = paths.filter((path) => isCopied(path));
  const settings = copied.map(({ target }) => target).filter((target) => isSetting(target));
  const devices = process.getuid?.() === 0 ? DEVICES : [];
  // As they are, links included; what cannot be read is not for programs either.
  spawnSync('cp', ['-a', '--parents', ...settings, ...devices, folder], { stdio: 'ignore' });
  for (const { source, target } of copied.filter((path) => !isSetting(path.target))) {
    symlinkSync(source, join(folder, target));
  }
  const users = [`root:x:0:0:root:/:/bin/sh`, `program:x:${user}:${user}:program:/tmp:/bin/sh`];
  writeFileSync(join(folder, 'etc/passwd'), `${users.join('\n')}\n`);
  writeFileSync(join(folder, 'etc/group'), `root:x:0:\nprogram:x:${user}:\n`);
  for (const name of ['passwd', 'group']) chmodSync(join(folder, 'etc', name), 0o644);
  return { folder, hasDevices: devices.length > 0 && areDevices(join(folder, 'dev')) };
}

/** Whether a path is copied into the folder instead of being mounted: settings, and links such as /bin. */
export function isCopied({ source, target }: VisiblePath): boolean {
  if (isSetting(target)) return target !== ALTERNATIVES && !isCertificate({ target });
  return dirname(target) === '/' && source !== target;
}

function isSetting(target: string): boolean {
  return target.startsWith('/etc/');
}

/** Whether it is of use only for connections to other machines. */
export function isCertificate({ target }: Pick<VisiblePath, 'target'>): boolean {
  return /^\/etc\/(?:ssl|pki|ca-certificates|crypto-policies)\b/.test(target);
}

/** Whether the devices that were copied work; the links beside them are made, too. */
function areDevices(folder: string): boolean {
  try {
    for (const [name, target] of Object.entries(DEVICE_LINKS))
      symlinkSync(target, join(folder, name));
    closeSync(openSync(join(folder, 'null'), 'r+'));
    return DEVICES.every((path) => existsSync(join(folder, basename(path))));
  } catch {
    return false;
  }
}
