/**
 * Builds a submission in a copy of its tree and keeps the result under the digest of that tree, so
 * that a thing is built once and the student's folder is never written to. A build that fails, hangs
 * or floods is the submission's failure, and is told in the compiler's own words.
 */

import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from '../errors.js';
import { openSession } from '../process/session.js';
import type { ShownFolder } from '../process/shown-folders.js';
import { describeExit, startProgram } from '../process/spawn.js';
import { isPartOfSubmission } from './digest.js';

export const BUILD_TIMEOUT_MS = 10 * 60_000;

export type BuildResult = { built: true; directory: string } | BuildFailed;

interface BuildFailed {
  built: false;
  reason: string;
  output: string;
}

/** Directory of the cache: `$XDG_CACHE_HOME/pblab`, or `~/.cache/pblab`. */
export function cacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'pblab');
}

/** What a build does, besides being kept. */
export interface Recipe {
  /** Puts what is built into an empty directory; gives the command to be run then, if any. */
  layOut(workshop: string): Promise<BuildCommand | undefined>;
  /** What is kept: a directory below the workshop; all of it if absent. */
  product?: string;
}

interface BuildCommand {
  argv: readonly string[];
  /** How it is called in words, such as `the build command "make"`. */
  called: string;
  /** Where it is run, absolute. */
  directory: string;
  environment: Record<string, string>;
  /** Folders that are called something else in what it prints. */
  folders?: readonly ShownFolder[];
  /** Makes what it has printed readable where the student's folder is. */
  explain?: (output: string) => string;
  /**
   * Builds in the same way something that is right. It is tried after a failure: where it fails as well, as on
   * a full disk, the machine is at fault, and no submission.
   */
  control?: BuildCommand;
}

/** A built copy of the tree at `source`, from the cache if there is one. */
export function build(
  source: string,
  digest: string,
  command: string | undefined,
  timeoutMs = BUILD_TIMEOUT_MS,
): Promise<BuildResult> {
  return buildOnce(digest, copyAndRun(source, command), timeoutMs);
}

/** What a recipe makes, from the cache if there is one. */
export async function buildOnce(
  digest: string,
  recipe: Recipe,
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
    await mkdir(workshop);
    const command = await recipe.layOut(workshop);
    const run = (what: BuildCommand) => runBuild(what, `${session.mark}build/`, timeoutMs);
    const failure = command && (await run(command));
    if (failure) {
      if (command.control !== undefined) assertWorks(command.called, await run(command.control));
      return failure;
    }
    // Two builds of one tree may race; either result is as good.
    await rename(join(workshop, recipe.product ?? ''), directory).catch((error: unknown) => {
      if (!existsSync(directory)) throw error;
    });
    return { built: true, directory };
  } finally {
    await session.close();
  }
}

/** Throws `UsageError` if even what is right could not be built. */
function assertWorks(called: string, failure: BuildFailed | undefined): void {
  if (failure === undefined) return;
  throw new UsageError(`${called} does not work on this machine, whatever it builds`, {
    got: failure.output.trim().split('\n').at(-1) || failure.reason,
    hint: 'no submission is charged for it',
  });
}

/**
 * Copies a submission, without what is no part of it and the names that `keeps` refuses. `source` may be a
 * link to a directory. The folders of the copy can be written whatever those of the source allow, so that
 * there can be built in them, and they can be removed.
 */
export async function copyTree(
  source: string,
  target: string,
  keeps: (name: string) => boolean = () => true,
): Promise<void> {
  await mkdir(target, { recursive: true });
  const entries = await readdir(source, { withFileTypes: true });
  for (const entry of entries.filter(({ name }) => isPartOfSubmission(name) && keeps(name))) {
    const from = join(source, entry.name);
    const to = join(target, entry.name);
    if (entry.isDirectory()) await copyTree(from, to, keeps);
    else if (entry.isSymbolicLink()) await symlink(await readlink(from), to);
    // Sockets, pipes and devices have no content, and a test may have left them behind.
    else if (entry.isFile()) await copyFile(from, to);
  }
}

/** The build of a manifest: a copy of the tree, and a command of a shell in it. */
function copyAndRun(source: string, command: string | undefined): Recipe {
  return {
    async layOut(workshop) {
      await copyTree(source, workshop);
      if (command === undefined) return undefined;
      return {
        argv: ['sh', '-c', command],
        called: `the build command "${command}"`,
        directory: workshop,
        environment: {},
        folders: [
          [workshop, '.'],
          [dirname(workshop), '..'],
        ],
      };
    },
  };
}

/** Removes a build from the cache. */
export async function forgetBuild(digest: string): Promise<void> {
  await rm(join(cacheDirectory(), 'builds', digest), { recursive: true, force: true });
}

async function runBuild(
  {
    argv,
    called,
    directory,
    environment,
    folders = [],
    explain = (output) => output,
  }: BuildCommand,
  mark: string,
  timeoutMs: number,
): Promise<BuildFailed | undefined> {
  let reason: string | undefined;
  const stop = (why: string) => {
    reason ??= why;
    void program.kill();
  };
  const program = startProgram({
    argv,
    directory,
    mark,
    environment,
    folders,
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
  if (exit.kind === 'not-started') throw new Error(`${called} ${describeExit(exit)}`);
  if (reason === undefined && exit.kind === 'code' && exit.code === 0) return undefined;
  const ending = reason ?? `ended with ${describeExit(exit)}`;
  return {
    built: false,
    reason: `${called} ${ending}`,
    output: explain(program.output.text()),
  };
}
