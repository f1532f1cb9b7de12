/**
 * Builds a submission in a copy of its tree and keeps the result under the digest of that tree, so
 * that a thing is built once and the student's folder is never written to. A build that fails, hangs
 * or floods is the submission's failure, and is reported in the compiler's own words.
 */

import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { UnfitSubmission, UsageError } from '../ground/errors.js';
import { openSession } from '../process/session.js';
import type { ShownFolder } from '../process/shown-folders.js';
import { describeExit, startProgram } from '../process/spawn.js';
import { openRegularFile, UnreadableFile } from '../ground/read-regular-file.js';
import { startDigest, treeEntries, type TreeEntry } from './digest.js';

export const BUILD_TIMEOUT_MS = 10 * 60_000;

/** How long a program that has just been built may take to describe itself. */
const INQUIRY_TIMEOUT_MS = 10_000;

export type BuildResult = { built: true; directory: string } | BuildFailed;

interface BuildFailed {
  built: false;
  reason: string;
  output: string;
  /** It was built, and a program of it cannot be started. */
  unstartable?: true;
}

/** Directory of the cache: `$XDG_CACHE_HOME/pblab`, or `~/.cache/pblab`. */
export function cacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'pblab');
}

/** The files of a submission, and the digest that was made of them. */
export interface Tree {
  /** Absolute; may be a link. */
  directory: string;
  digest: string;
}

/** The work of a build, without its cache. */
export interface Recipe {
  /** Puts what is built into an empty directory; gives the command to be run then, if any. */
  layOut(workshop: string): Promise<BuildCommand | undefined>;
  /** The directory below the workshop that is kept; all of it if absent. */
  product?: string;
}

export interface BuildCommand {
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
  /** Tells a mistake of the submission from a submission that our own part cannot be built for. */
  ownPart?: OwnPart;
  /** Asks the built programs for their description, after a success. A missing answer is not a failure of the build. */
  inquiry?: BuildCommand;
}

interface OwnPart {
  /** Builds the submission without it. */
  without: BuildCommand;
  /** The error for what the compiler says of our part, when all else can be built. */
  complain(output: string): UnfitSubmission;
}

/** A built copy of a tree, from the cache if there is one under `digest`, which covers the command too. */
export function build(
  tree: Tree,
  digest: string,
  command: string | undefined,
  timeoutMs = BUILD_TIMEOUT_MS,
): Promise<BuildResult> {
  return buildOnce(digest, copyAndRun(tree, command), timeoutMs);
}

/** The result of a recipe, from the cache if possible. */
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
    const run = (what: BuildCommand, allowedMs = timeoutMs) =>
      runBuild(what, `${session.mark}build/`, allowedMs);
    const failure = command && (await run(command));
    if (failure) {
      if (command.control !== undefined) assertWorks(command.called, await run(command.control));
      if (command.ownPart !== undefined && (await run(command.ownPart.without)) === undefined) {
        throw command.ownPart.complain(failure.output);
      }
      return failure;
    }
    if (command?.inquiry !== undefined) await run(command.inquiry, INQUIRY_TIMEOUT_MS);
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
  throw new UsageError(`${called} cannot build anything on this machine`, {
    got: failure.output.trim().split('\n').at(-1) || failure.reason,
    hint: 'this is not a fault of any submission',
  });
}

/**
 * Copies a submission, without files that do not belong to it and files whose names `keeps` refuses. Links lead to
 * the same part of the copy. The folders of the copy can be written whatever those of the source allow, so that
 * there can be built in them, and they can be removed; of the permissions of a file only stays whether it can be
 * executed, because that is what the digest covers.
 *
 * @throws UnfitSubmission if the source is not what its digest says any more.
 */
export async function copyTree(
  { directory, digest }: Tree,
  target: string,
  keeps: (name: string) => boolean = () => true,
): Promise<void> {
  const changed = (cause?: unknown) =>
    new UnfitSubmission(`${directory} changed while it was being copied`, {
      hint: 'run the command again when nothing writes to it',
      cause,
    });
  const copied = await copyAndDigest(directory, target, keeps).catch((error: unknown) => {
    throw isGone(error) ? changed(error) : error;
  });
  if (copied !== digest) throw changed();
}

/** Whether something was not there any more, or was something else. */
function isGone(error: unknown): boolean {
  if (error instanceof UnreadableFile && error.code !== 'EACCES') return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return ['ENOENT', 'ENOTDIR', 'EINVAL', 'EISDIR'].some((each) => each === code);
}

/** Gives the digest of what was copied, and of what was left out. */
async function copyAndDigest(
  source: string,
  target: string,
  keeps: (name: string) => boolean,
): Promise<string> {
  const digest = startDigest();
  await mkdir(target, { recursive: true });
  for await (const entry of treeEntries(source)) {
    const from = join(source, entry.path);
    const to = join(target, entry.path);
    const isKept = entry.kind === 'folder' || keeps(basename(entry.path));
    if (isKept) await copyEntry(entry, from, to);
    await digest.add(entry, isKept ? to : from);
  }
  return digest.end();
}

async function copyEntry(entry: TreeEntry, from: string, to: string): Promise<void> {
  if (entry.kind === 'folder') await mkdir(to, { recursive: true });
  else if (entry.kind === 'link') await symlink(entry.text, to);
  else if (entry.kind === 'file') {
    await copyRegularFile(from, to);
    await chmod(to, entry.isExecutable ? 0o755 : 0o644);
  }
}

/** Something else may have come into the place of a file since it was seen there. */
async function copyRegularFile(from: string, to: string): Promise<void> {
  const file = await openRegularFile(from);
  try {
    await writeFile(to, file.createReadStream({ autoClose: false }));
  } finally {
    await file.close();
  }
}

/** The build of a manifest: a copy of the tree, and a command of a shell in it. */
function copyAndRun(tree: Tree, command: string | undefined): Recipe {
  return {
    async layOut(workshop) {
      await copyTree(tree, workshop);
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
