/**
 * Whether the box shows what the commands of a submission start. This is checked once, before any run: in a run a
 * missing interpreter is just a program that ends at once.
 */

import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { currentIsolation } from '../box/current-isolation.js';
import { missingFromBox, type Missing } from '../box/missing-from-box.js';
import { visiblePaths } from '../box/visible-paths.js';
import { UnfitSubmission, UsageError } from '../ground/errors.js';
import { isOpenToAll } from '../ground/cache-directory.js';
import { findProgram } from '../ground/program-file.js';
import { commandWords } from './command-words.js';
import type { Manifest } from './manifest.js';

/** Throws `UsageError` for a path that staff allow and that does not exist. */
export function assertAllowed(paths: readonly string[]): void {
  const missing = paths.find((path) => !existsSync(path));
  if (missing === undefined) return;
  throw new UsageError(`box.readonly names ${missing}, which is not on this machine`, {
    expected: 'absolute paths of files and folders that exist',
  });
}

/** Throws `UnfitSubmission` for a program that is on this machine and not in the box: staff decide whether it may be. */
export async function refuseUnseen(
  root: string,
  { run }: Manifest,
  allowed: readonly string[],
): Promise<void> {
  const { level } = await currentIsolation();
  if (level === 'none') return;
  const path = process.env['PATH'] ?? '';
  const home = homedir();
  const visible = visiblePaths({ path, home, allowed });
  const paths = [...visible, { source: root, target: root }];
  for (const [role, command = ''] of Object.entries(run)) {
    const [word = ''] = commandWords(command, root, {});
    const program = word.includes('/') ? resolve(root, word) : findProgram(word, path);
    if (program === undefined) continue;
    if (level === 'weak') {
      if (!isOpenToAll(dirname(realPathOf(program)))) throw unreachable(role, word);
      continue;
    }
    const missing = missingFromBox(program, { paths, home, path });
    if (missing) throw unseen(role, word, missing);
  }
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function unreachable(role: string, word: string): UnfitSubmission {
  return new UnfitSubmission(`run.${role} starts ${word}, which other users cannot reach`, {
    got: 'isolation weak, in which each program runs as a user of its own',
    expected: 'a program in a folder that every user may enter',
    hint: 'install it for all users, or use --isolation full or none',
  });
}

function unseen(role: string, word: string, { path, allow }: Missing): UnfitSubmission {
  return new UnfitSubmission(`run.${role} starts ${word}, which is outside of its box`, {
    ...(word === path ? {} : { got: path }),
    expected: 'a program of the system, of the submission, or of an installation on the PATH',
    hint: `staff can allow it by --manifest FILE with "box: { readonly: [${allow.join(', ')}] }" in that file`,
  });
}
