/**
 * Builds a submission in a copy of its tree and keeps the result under the digest of that tree, so
 * that a thing is built once and the student's folder is never written to. A build that fails, hangs
 * or floods is the submission's failure, and is told in the compiler's own words.
 */

import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { openSession } from '../process/session.js';
import { describeExit, startProgram } from '../process/spawn.js';
import { isPartOfSubmission } from './digest.js';

export const BUILD_TIMEOUT_MS = 10 * 60_000;

export type BuildResult =
  { built: true; directory: string } | { built: false; reason: string; output: string };

/** Directory of the cache: `$XDG_CACHE_HOME/pblab`, or `~/.cache/pblab`. */
export function cacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'pblab');
}

/** A built copy of the tree at `source`, from the cache if there is one. */
export async function build(
  source: string,
  digest: string,
  command: string | undefined,
  timeoutMs = BUILD_TIMEOUT_MS,
): Promise<BuildResult> {
  const directory = join(cacheDirectory(), 'builds', digest);
  if (existsSync(directory)) return { built: true, directory };
  // Below the cache, so that the result can be moved into its place in one step.
  const base = join(cacheDirectory(), 'builds');
  await mkdir(base, { recursive: true });
  const session = await openSession(base);
  const workshop = join(session.directory, 'build');
  try {
    await cp(source, workshop, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => path === source || isPartOfSubmission(basename(path)),
    });
    const failure =
      command && (await runBuild(command, workshop, `${session.mark}build/`, timeoutMs));
    if (failure) return failure;
    // Two builds of one tree may race; either result is as good.
    await rename(workshop, directory).catch((error: unknown) => {
      if (!existsSync(directory)) throw error;
    });
    return { built: true, directory };
  } finally {
    await session.close();
  }
}

/** Removes a build from the cache. */
export async function forgetBuild(digest: string): Promise<void> {
  await rm(join(cacheDirectory(), 'builds', digest), { recursive: true, force: true });
}

async function runBuild(
  command: string,
  directory: string,
  mark: string,
  timeoutMs: number,
): Promise<BuildResult | undefined> {
  let reason: string | undefined;
  const stop = (why: string) => {
    reason ??= why;
    void program.kill();
  };
  const program = startProgram({
    argv: ['sh', '-c', command],
    directory,
    mark,
    environment: {},
    conversation: false,
    onFlood: () => stop('printed without end and was stopped'),
  });
  const timer = setTimeout(
    () => stop(`did not end within ${timeoutMs / 1000} s and was stopped`),
    timeoutMs,
  );
  const exit = await program.exited;
  clearTimeout(timer);
  await program.kill();
  if (reason === undefined && exit.kind === 'code' && exit.code === 0) return undefined;
  const ending = reason ?? `ended with ${describeExit(exit)}`;
  return {
    built: false,
    reason: `the build command "${command}" ${ending}`,
    output: program.output.text(),
  };
}
