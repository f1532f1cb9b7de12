/**
 * Builds a submission in a copy of its tree and keeps the result under the digest of that tree, so
 * that a thing is built once and the student's folder is never written to. A build that fails, hangs
 * or floods is the submission's failure, and is reported in the compiler's own words.
 */

import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { boxOf } from '../../box/session-box.js';
import { UnfitSubmission, UsageError } from '../../ground/errors.js';
import { openSession, type Session } from '../../process/session.js';
import { runBuild, type BuildCommand, type BuildFailed } from './build-command.js';
import { copyAndDigest, copyTree, type Tree } from './copy-tree.js';
import { findKept, keepBuild, shelfFolder, type Shelf } from './kept-builds.js';

export const BUILD_TIMEOUT_MS = 10 * 60_000;

/** The folder of the copy where the workshop holds more than that. */
const BESIDE_SUPPLIES = 'submission';

/** How long a program that has just been built may take to describe itself. */
const INQUIRY_TIMEOUT_MS = 10_000;

export type BuildResult = { built: true; directory: string } | BuildFailed;

/** The work of a build, without its cache. */
export interface Recipe {
  /** Puts what is built into an empty directory; gives the command to be run then, if any. */
  layOut(workshop: string): Promise<BuildCommand | undefined>;
  /** The directory below the workshop that is kept; all of it if absent. */
  product?: string;
  /** Where in the cache it is kept; default `builds`. */
  shelf?: Shelf;
}

/** What a build may use beside its workshop and the tools of the machine. */
export interface BuildMeans {
  /** For each command; default `BUILD_TIMEOUT_MS`. */
  timeoutMs?: number;
  /** Paths that it may read, absolute. */
  readable?: readonly string[];
  /** Whether it may use the network; not if absent. */
  network?: boolean;
}

/**
 * Puts what a build starts from into the workshop, beside the copy of the tree; gives settings for its environment. It is
 * not kept.
 */
export type Supply = (workshop: string) => Promise<Record<string, string>>;

/** A built copy of a tree, from the cache if there is one under `digest`, which covers the command too. */
export function build(
  tree: Tree,
  digest: string,
  command: string | undefined,
  { supply, ...means }: BuildMeans & { supply?: Supply } = {},
): Promise<BuildResult> {
  return buildOnce(digest, copyAndRun(tree, command, supply), means);
}

/** The result of a recipe, from the cache if possible. */
export async function buildOnce(
  digest: string,
  recipe: Recipe,
  means: BuildMeans = {},
): Promise<BuildResult> {
  const { shelf = 'builds' } = recipe;
  const kept = await findKept(digest, shelf);
  if (kept !== undefined) return { built: true, directory: kept };
  // Below the cache, so that the result can be moved into its place in one step.
  await mkdir(shelfFolder(shelf), { recursive: true });
  const session = await openSession(shelfFolder(shelf));
  try {
    const workshop = join(session.directory, 'build');
    await mkdir(workshop);
    const command = await recipe.layOut(workshop);
    const failure = command && (await runAll(command, workshop, session, means));
    if (failure) return failure;
    const product = join(workshop, recipe.product ?? '');
    const own = command === undefined ? product : await copyOut(product, session);
    return { built: true, directory: await keepBuild(own, digest, shelf) };
  } finally {
    await session.close();
  }
}

/** Runs the command of a build and, where that fails, what tells whose failure it is. */
async function runAll(
  command: BuildCommand,
  workshop: string,
  session: Session,
  { timeoutMs = BUILD_TIMEOUT_MS, ...means }: BuildMeans,
): Promise<BuildFailed | undefined> {
  const box = await boxOf(session);
  const lodging = box.lodge(workshop);
  await lodging.handOver();
  const site = { box, lodging, mark: `${session.mark}build/`, ...means };
  const run = (what: BuildCommand, allowedMs = timeoutMs) => runBuild(what, site, allowedMs);
  const failure = await run(command);
  if (failure === undefined) {
    if (command.inquiry !== undefined) await run(command.inquiry, INQUIRY_TIMEOUT_MS);
    return undefined;
  }
  if (command.control !== undefined) assertWorks(command.called, await run(command.control));
  if (command.ownPart !== undefined && (await run(command.ownPart.without)) === undefined) {
    throw command.ownPart.complain(failure.output);
  }
  return failure;
}

/** A build may leave anything, with any permissions and to any user; what is kept is a copy that belongs to the kit. */
async function copyOut(product: string, { directory }: Session): Promise<string> {
  const copy = join(directory, 'product');
  await copyAndDigest(product, copy, () => true).catch((error: unknown) => {
    throw isOfNames(error) ? notKept(error) : error;
  });
  return copy;
}

/** No program is left that could take files away: those that are "not there" have names that cannot be read as text. */
function isOfNames(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENAMETOOLONG';
}

function notKept(cause: unknown): UnfitSubmission {
  return new UnfitSubmission('what the build has made cannot be kept', {
    got: 'a name that is not UTF-8, or a path of more than 4095 bytes',
    expected: 'names and paths that programs can open',
    cause,
  });
}

/** Throws `UsageError` if even what is right could not be built. */
function assertWorks(called: string, failure: BuildFailed | undefined): void {
  if (failure === undefined) return;
  throw new UsageError(`${called} cannot build anything on this machine`, {
    got: failure.output.trim().split('\n').at(-1) || failure.reason,
    hint: 'this is not a fault of any submission',
  });
}

/** The build of a manifest: a copy of the tree, and a command of a shell in it. */
function copyAndRun(tree: Tree, command: string | undefined, supply: Supply | undefined): Recipe {
  const product = supply === undefined ? '' : BESIDE_SUPPLIES;
  return {
    product,
    async layOut(workshop) {
      const directory = join(workshop, product);
      await mkdir(directory, { recursive: true });
      await copyTree(tree, directory);
      if (command === undefined) return undefined;
      return {
        argv: ['sh', '-c', command],
        called: `the build command "${command}"`,
        directory,
        environment: (await supply?.(workshop)) ?? {},
        folders: [
          [directory, '.'],
          [dirname(directory), '..'],
        ],
      };
    },
  };
}
