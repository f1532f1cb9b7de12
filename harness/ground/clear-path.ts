/** Makes room for what the kit puts among the files of a submission. */

import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, rmdirSync, unlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Removes the file or directory at `path`, unless a link has come into the place of its folder. A path that the
 * submission has locked against the kit stays: the submission has cut itself off, and the next dial fails.
 */
export function clearPath(path: string): void {
  try {
    if (lstatSync(dirname(path)).isSymbolicLink()) return;
    if (!lstatSync(path).isDirectory()) unlinkSync(path);
    else removeFolder(path);
  } catch {
    // Nothing that the kit could do better.
  }
}

/**
 * The program that owns it may still run, and put links in the place of folders while they are emptied. `rm` opens
 * each folder below the one that it has open, and follows no link; Node goes by paths, and would delete what they lead to.
 */
function removeFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    spawnSync('chmod', ['-R', 'u+rwx', '--', folder], { stdio: 'ignore' });
    spawnSync('rm', ['-rf', '--', folder], { stdio: 'ignore' });
  }
}

/**
 * Empties the folder of a program that does not run: all goes but the sockets and links of the kit under names that
 * `keeps` accepts. Its times are new, too, so that nothing of it is left that could be read.
 */
export function clearFolder(folder: string, keeps: (name: string) => boolean): void {
  try {
    for (const raw of readdirSync(folder, { encoding: 'buffer' })) {
      const name = raw.toString();
      const isPlain = Buffer.from(name).equals(raw);
      if (isPlain && keeps(name) && isLinkToPeer(join(folder, name))) continue;
      if (isPlain) clearPath(join(folder, name));
      else spawnSync('find', [folder, '-mindepth', '1', '-maxdepth', '1', ...NOT_PLAIN], QUIET);
    }
    utimesSync(folder, new Date(), new Date());
  } catch {
    // As above.
  }
}

/** What the kit puts there: a relay, or a link that leads nowhere. To follow that would look like a dial. */
function isLinkToPeer(path: string): boolean {
  const status = lstatSync(path);
  return status.uid === process.getuid?.() && (status.isSocket() || status.isSymbolicLink());
}

/** Names that are no text, which Node cannot pass on. */
const NOT_PLAIN = ['-regex', '.*[^ -~].*', '-exec', 'rm', '-rf', '--', '{}', '+'];

const QUIET = { stdio: 'ignore', env: { ...process.env, LC_ALL: 'C' } } as const;
