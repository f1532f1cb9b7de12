/**
 * The independent set: wrong implementations whose authors have not seen the scenarios (`tests/independent/`). Each is
 * a patch to a correct service. To be run they are laid out as folders below the directory of a calibration, and stay
 * there, so that it can be resumed.
 */

import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { cp, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../../../harness/index.js';
import { matches } from '../../text/glob.js';

/** Where the set is in a checkout; the compiled kit is below its `dist`. */
const INDEPENDENT = join(import.meta.dirname, '../../../../tests/independent');

const CORRECT = 'correct';
const FOLDERS = ['design', 'circumstance'];
const PATCH = '.patch';

/** Where they are laid out, below the directory of a calibration. */
const LAID_OUT = 'independent';

export interface IndependentSet {
  /** The folder of the correct service. */
  correct: string;
  /** The wrong ones, by folder and then by name. */
  wrong: Wrong[];
}

interface Wrong {
  /** Such as `design/NAME`. */
  name: string;
  /** The file that makes the correct service wrong. */
  patch: string;
}

/**
 * Those of the set that any of the globs means, by its name with or without the folder; all if there is no glob.
 *
 * @throws UsageError where there is no such set, or nothing in it that a glob means.
 */
export function chooseIndependent(globs: readonly string[], place = INDEPENDENT): IndependentSet {
  if (!existsSync(join(place, CORRECT))) {
    throw new UsageError('the independent set is not part of the package', {
      expected: 'pblab in a checkout of its repository, which has tests/independent',
    });
  }
  const all = FOLDERS.flatMap((folder) => patchesIn(place, folder));
  const isMeant = ({ name }: Wrong, glob: string) =>
    matches(name, glob) || matches(basename(name), glob);
  for (const glob of globs) {
    if (all.some((one) => isMeant(one, glob))) continue;
    throw new UsageError('no such implementation in the independent set', {
      got: `"${glob}"`,
      expected: 'a name without .patch, such as design/NAME or NAME, or a pattern with *',
      hint: 'their files are in tests/independent',
    });
  }
  const wrong = all.filter((one) => globs.length === 0 || globs.some((glob) => isMeant(one, glob)));
  return { correct: join(place, CORRECT), wrong };
}

function patchesIn(place: string, folder: string): Wrong[] {
  return readdirSync(join(place, folder))
    .filter((file) => file.endsWith(PATCH))
    .toSorted()
    .map((file) => ({
      name: `${folder}/${basename(file, PATCH)}`,
      patch: join(place, folder, file),
    }));
}

/** The folders in which they are laid out, the correct one first. */
export function independentSpecs({ wrong }: IndependentSet, directory: string): string[] {
  return [CORRECT, ...wrong.map(({ name }) => name)].map((name) => join(directory, LAID_OUT, name));
}

/** The name of one of them in its set, from the folder in which it is laid out. */
export function independentName(spec: string): string {
  return `${basename(dirname(spec))}/${basename(spec)}`;
}

/**
 * Lays them out below a directory, in the place of any that are there. All of them appear at once, so that an
 * interruption leaves nothing half done.
 *
 * @throws UsageError without git, which applies the patches.
 */
export async function layOutIndependent(set: IndependentSet, directory: string): Promise<void> {
  const place = join(directory, LAID_OUT);
  const partial = `${place}.partial`;
  await rm(partial, { recursive: true, force: true });
  await cp(set.correct, join(partial, CORRECT), { recursive: true });
  for (const { name, patch } of set.wrong) {
    await cp(set.correct, join(partial, name), { recursive: true });
    await applyPatch(patch, join(partial, name));
  }
  await rm(place, { recursive: true, force: true });
  await rename(partial, place);
}

async function applyPatch(patch: string, folder: string): Promise<void> {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  // In a repository, git would apply the patch only to files that are below its root.
  const outside = { ...env, GIT_CEILING_DIRECTORIES: dirname(await realpath(folder)) };
  try {
    await promisify(execFile)('git', ['apply', '--whitespace=nowarn', patch], {
      cwd: folder,
      env: outside,
    });
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (!isMissing) throw new Error(`${patch} could not be applied`, { cause });
    throw new UsageError('git is needed to lay out the independent set, and was not found', {
      hint: 'install it, or put it on the PATH',
      cause,
    });
  }
}
