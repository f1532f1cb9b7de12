/**
 * Go submissions for tests. A test of what is built takes it from the user's cache, where it is built once for all such
 * tests; a test of building uses a cache of its own.
 */

import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import {
  resolveSubmission,
  type BuildFailure,
  type Submission,
} from '../../harness/submission/submission.js';
import { cacheDirectory } from '../../harness/ground/cache-directory.js';
import { submissionPath } from './programs.js';
import { useSharedDirectory } from './temporary.js';

/** What a build of Go may take on a machine that has never built any, and is busy with others. */
export const GO_PATIENCE_MS = 400_000;

/** That of the user who runs the tests. */
const SHARED_LIBRARY = join(cacheDirectory(), 'go');

/** Gives a cache of a test what Go has compiled of its library for all tests; `cacheHome` is its XDG_CACHE_HOME. */
export function shareGoLibrary(cacheHome: string): void {
  mkdirSync(SHARED_LIBRARY, { recursive: true });
  const library = join(cacheHome, 'pblab', 'go');
  mkdirSync(dirname(library), { recursive: true });
  if (!existsSync(library)) symlinkSync(SHARED_LIBRARY, library);
}

/** Call it inside `describe`: builds go into a cache that the suite shares; gives its directory. */
export function useBuildCache(): () => string {
  const cacheHome = process.env['XDG_CACHE_HOME'];
  const directory = useSharedDirectory();
  before(() => {
    shareGoLibrary(directory());
    process.env['XDG_CACHE_HOME'] = directory();
  });
  after(() => {
    if (cacheHome === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = cacheHome;
  });
  return directory;
}

/** The submission at `spec`, which must be built. */
export async function built(spec: string): Promise<Submission> {
  const resolved = await resolveSubmission(spec);
  if (resolved.kind === 'ready') return resolved.submission;
  const { reason, output } = resolved.failure;
  return expect.fail(`${reason}\n${output}`);
}

/** The failure of the build at `spec`, which must not be built. */
export async function notBuilt(spec: string): Promise<BuildFailure> {
  const resolved = await resolveSubmission(spec);
  return resolved.kind === 'ready' ? expect.fail('it was built') : resolved.failure;
}

/** The text of a package of go-single, which is one file. */
export function goSingle(name: 'viewservice' | 'pbservice'): string {
  return readFileSync(join(submissionPath('go-single', 'src', name), `${name}.go`), 'utf8');
}
