/** Go submissions for tests: built once for a suite, in a cache of its own. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  resolveSubmission,
  type BuildFailure,
  type Submission,
} from '../../harness/submission/submission.js';
import { submissionPath } from './programs.js';
import { useSharedDirectory } from './temporary.js';

/** What a build of Go may take on a machine that has never built any, and is busy with others. */
export const GO_PATIENCE_MS = 180_000;

/** Call it inside `describe`: builds go into a cache that the suite shares; gives its directory. */
export function useBuildCache(): () => string {
  const cacheHome = process.env['XDG_CACHE_HOME'];
  const directory = useSharedDirectory();
  before(() => (process.env['XDG_CACHE_HOME'] = directory()));
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
