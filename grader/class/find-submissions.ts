/**
 * Finds, reads and builds what is to be graded. Of a class, what cannot be graded stops nobody else: it is passed
 * on with the reason.
 */

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  UnfitSubmission,
  UsageError,
  withManifest,
  type ResolvedSubmission,
} from '../../harness/index.js';
import { describeFound, resolveAloud } from '../resolve-aloud.js';
import { sanitizeLine } from '../sanitize.js';
import { directoryOf, folderOf } from './folder-of.js';

/** What a word of the command line turned out to be. */
export type Found =
  | { kind: 'gradable'; resolved: ResolvedSubmission }
  | { kind: 'ungradable'; name: string; spec: string; reason: string };

/** How often it is told how many are ready, in ms. */
const TOLD_EVERY_MS = 5000;

const LINE_LENGTH = 1000;

/**
 * What these words name, in their order, without the files among several. Several may be unfit as long as one
 * can be graded.
 *
 * @throws UsageError for what is the caller's mistake or the machine's: all of it at once, since whoever grades
 * a class has to mend each of them. So is a submission that cannot be graded if there is no other.
 */
export async function findSubmissions(
  specs: readonly string[],
  manifest?: string,
): Promise<Found[]> {
  const named = specs.length > 1 ? withoutFiles(specs) : specs;
  const found: Found[] = [];
  const complaints: UsageError[] = [];
  const unfit: UsageError[] = [];
  const tell = countAloud(named.length);
  for (const spec of named) {
    try {
      const resolved = await resolveAloud(spec, manifest);
      describeFound(resolved);
      found.push({ kind: 'gradable', resolved });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      (error instanceof UnfitSubmission ? unfit : complaints).push(error);
      found.push(ungradable(nameOf(spec, manifest), error));
    }
    tell(found.length);
  }
  const noneIsLeft = unfit.length === found.length;
  if (complaints.length > 0 || noneIsLeft) throw joined([...complaints, ...unfit]);
  for (const one of found) if (one.kind === 'ungradable') say(`${one.name}: ${one.reason}`);
  return found;
}

/** A folder of submissions often has something else in it, such as the archive that they came from. */
function withoutFiles(specs: readonly string[]): string[] {
  const isFile = (spec: string) =>
    statSync(spec, { throwIfNoEntry: false })?.isDirectory() === false;
  const files = specs.filter(isFile);
  if (files.length > 0) say(`left out, since they are no directories: ${files.join(', ')}`);
  return specs.filter((spec) => !isFile(spec));
}

/** What a submission is named by from anywhere. */
function nameOf(spec: string, manifest: string | undefined): string {
  return manifest === undefined ? resolve(spec) : withManifest(spec, manifest);
}

/** Nothing of it can be run; `spec` names it from anywhere. */
export function ungradable(spec: string, { message }: UnfitSubmission): Found {
  const name = folderOf(spec);
  // The student, who is told the reason, knows no folder of ours.
  return {
    kind: 'ungradable',
    name,
    spec,
    reason: message.replaceAll(directoryOf(spec) ?? spec, name),
  };
}

function joined(complaints: readonly UsageError[]): UsageError {
  const [complaint, ...others] = complaints;
  if (complaint === undefined) {
    return new UsageError('there is nothing to grade', { expected: 'directories of submissions' });
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

function say(text: string): void {
  process.stderr.write(`${sanitizeLine(text, LINE_LENGTH)}\n`);
}
