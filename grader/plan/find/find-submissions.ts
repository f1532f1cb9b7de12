/**
 * Finds, reads and builds the submissions to be graded. Those of a class that cannot be graded are passed on with the
 * reason, and the rest are graded.
 */

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  directoryOf,
  isArchiveFile,
  openingArchives,
  UnfitSubmission,
  UsageError,
  withManifest,
  type ResolvedSubmission,
  type World,
} from '../../../harness/index.js';
import { refuseLacking } from './lacking-programs.js';
import { describeFound, resolveAloud } from './resolve-with-progress.js';
import { say } from '../../text/message.js';
import { folderOf, withoutRepeats } from './folder-of.js';
import { pathParts, shortestSuffixes } from './path-suffix.js';

/** The meaning of a word of the command line. */
export type Found =
  | { kind: 'gradable'; resolved: ResolvedSubmission }
  | { kind: 'ungradable'; name: string; spec: string; reason: string };

/** Interval between messages on how many are ready, in ms. */
const TOLD_EVERY_MS = 5000;

/** How the words are to be read. */
export interface FindOptions {
  /** A manifest for those of the directories that have none of their own. */
  manifest?: string | undefined;
  /** Whether archives are opened. */
  openArchives?: boolean | undefined;
  /** For which they are built; `processes` if absent. */
  world?: World | undefined;
  /** Whether there are others that can be graded already. */
  besideOthers?: boolean;
  /** Ids of the scenarios that each must be able to play, by the programs in its manifest. */
  mustPlay?: readonly string[];
}

/**
 * The submissions that these words name, in their order; if there are several words, files that are not archives are
 * left out. Some may be unfit as long as one can be graded.
 *
 * @throws UsageError for what is the caller's mistake or the machine's: all of them at once, since staff have to
 * correct each. So is a submission that cannot be graded if there is no other.
 */
export async function findSubmissions(
  specs: readonly string[],
  options: FindOptions = {},
): Promise<Found[]> {
  const named = specs.length > 1 ? withoutFiles(specs) : specs;
  const called = shortestSuffixes(named.map(pathParts));
  const found: Found[] = [];
  const complaints: UsageError[] = [];
  const unfit: UsageError[] = [];
  const tell = countAloud(named.length);
  for (const [at, spec] of named.entries()) {
    const name = specOf(spec, options);
    try {
      const resolved = await resolveAloud(name, options.world, called[at]);
      refuseLacking(resolved, options.mustPlay ?? []);
      describeFound(resolved, called[at]);
      found.push({ kind: 'gradable', resolved });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      (error instanceof UnfitSubmission ? unfit : complaints).push(error);
      found.push(ungradable(name, error));
    }
    tell(found.length);
  }
  const noneIsLeft = unfit.length === found.length && options.besideOthers !== true;
  if (complaints.length > 0 || noneIsLeft) throw joined([...complaints, ...unfit]);
  for (const one of found) if (one.kind === 'ungradable') tellOfUngradable(one);
  return found;
}

function tellOfUngradable({ name, reason }: Found & { kind: 'ungradable' }): void {
  say(reason.startsWith(`${name} `) ? reason : `${name}: ${reason}`);
}

/** Each folder once: naming it twice does not mean two students. */
export function eachOnce(specs: readonly string[]): string[] {
  const { once, repeats } = withoutRepeats(specs);
  if (repeats.length > 0) say(`given more than once, graded once: ${repeats.join(', ')}`);
  return once;
}

/** A folder of submissions often has something else in it, such as a list of them. An archive is a submission. */
function withoutFiles(specs: readonly string[]): string[] {
  const isFile = (spec: string) =>
    statSync(spec, { throwIfNoEntry: false })?.isDirectory() === false && !isArchiveFile(spec);
  const files = specs.filter(isFile);
  if (files.length > 0) say(`skipped (not directories): ${files.join(', ')}`);
  return specs.filter((spec) => !isFile(spec));
}

/** The specification of a submission that holds in every working directory. */
function specOf(spec: string, { manifest, openArchives }: FindOptions): string {
  const absolute = directoryOf(spec) === spec ? resolve(spec) : spec;
  const named = manifest === undefined ? absolute : withManifest(absolute, manifest);
  return openArchives === true ? openingArchives(named) : named;
}

/** A submission that cannot be run; `spec` is valid in every working directory. */
export function ungradable(spec: string, { message }: UnfitSubmission): Found {
  const name = folderOf(spec);
  // The student reads the reason, and does not know the folders of staff.
  return {
    kind: 'ungradable',
    name,
    spec,
    reason: message.replaceAll(directoryOf(spec) ?? spec, name).replaceAll('\n', '; '),
  };
}

function joined(complaints: readonly UsageError[]): UsageError {
  const [complaint, ...others] = complaints;
  if (complaint === undefined) {
    return new UsageError('nothing to grade', { expected: 'directories of submissions' });
  }
  if (others.length === 0) return complaint;
  const messages = new Set(complaints.map(({ message }) => message));
  return new UsageError([...messages].join('\n'), { cause: new AggregateError(complaints) });
}

/** Tells now and then how many of so many submissions are ready. */
function countAloud(total: number): (ready: number) => void {
  let toldAt = performance.now();
  return (ready) => {
    if (performance.now() - toldAt < TOLD_EVERY_MS) return;
    toldAt = performance.now();
    say(`${ready} of ${total} submissions are ready`);
  };
}
