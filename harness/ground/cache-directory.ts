/** Where the kit keeps what it has made once, such as builds. */

import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * `$XDG_CACHE_HOME/pblab`, or `~/.cache/pblab`. Programs of root's kit run as other users; if those cannot enter its
 * home, it is `/var/cache/pblab` (Filesystem Hierarchy Standard 3.0, section 5.5).
 */
export function cacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? usualCache(), 'pblab');
}

function usualCache(): string {
  const home = homedir();
  return process.getuid?.() === 0 && !isOpenToAll(home) ? '/var/cache' : join(home, '.cache');
}

/** Whether every user may enter a folder and those above it, as far as they are there. */
export function isOpenToAll(folder: string): boolean {
  const status = statSync(folder, { throwIfNoEntry: false });
  if (status !== undefined && (status.mode & 0o001) === 0) return false;
  return folder === dirname(folder) || isOpenToAll(dirname(folder));
}
