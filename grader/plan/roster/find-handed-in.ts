/**
 * Which submission a cell of a roster means. People write the folder, the path that tells it apart, or the folder
 * above it, as in `alice` for `handed-in/alice/lab2`.
 */

import { withoutArchiveEnding } from '../../../harness/index.js';
import type { PlannedSubmission } from '../plan.js';
import { lastParts, partsOf, pathParts } from '../find/path-suffix.js';

/** Gives the submissions that a cell may mean: one, none, or several that it does not tell apart. */
export type FindHandedIn = (cell: string) => PlannedSubmission[];

interface Candidate {
  submission: PlannedSubmission;
  /** The parts of the path by which it was handed in. */
  parts: string[];
  /** The parts that are not common to all submissions. */
  own: string[];
}

/** Whether a path in a roster may mean a submission. */
type Reading = (wanted: readonly string[], candidate: Candidate) => boolean;

/** From what is surely meant to what may be; the first that means anything holds. */
const READINGS: readonly Reading[] = [
  (wanted, { submission }) => wanted.length === 1 && wanted[0] === submission.name,
  (wanted, { parts }) => isSame(lastParts(parts, wanted.length), wanted),
  (wanted, { parts }) => isSame(withoutArchiveEnding(lastParts(parts, wanted.length)), wanted),
  (wanted, { own }) => isAmong(wanted, own),
  // The only folder in what was handed in is entered, and people may write it as well.
  (wanted, { submission: { note }, parts }) =>
    wanted.some(
      (_, at) =>
        at > 0 &&
        isSame(lastParts(parts, at), wanted.slice(0, at)) &&
        note?.endsWith(` ${wanted.slice(at).join('/')}`) === true,
    ),
];

export function handedInAmong(submissions: readonly PlannedSubmission[]): FindHandedIn {
  const candidates = candidatesOf(submissions);
  const loose = candidates.map(lowered);
  return (cell) => {
    const wanted = partsOf(cell.replaceAll('\\', '/'));
    if (wanted.length === 0) return [];
    const exact = firstMeaning(wanted, candidates);
    return exact.length > 0 ? exact : firstMeaning(wanted.map(lower), loose);
  };
}

function firstMeaning(
  wanted: readonly string[],
  candidates: readonly Candidate[],
): PlannedSubmission[] {
  for (const reading of READINGS) {
    const meant = candidates.filter((one) => reading(wanted, one));
    if (meant.length > 0) return meant.map(({ submission }) => submission);
  }
  return [];
}

function candidatesOf(submissions: readonly PlannedSubmission[]): Candidate[] {
  const paths = submissions.map(({ spec }) => pathParts(spec));
  const [first = [], ...others] = paths;
  const fork = first.findIndex((part, at) => others.some((parts) => parts[at] !== part));
  return submissions.map((submission, at) => {
    const parts = paths[at] ?? [];
    // For a single submission, all folders above it are common to all submissions.
    return { submission, parts, own: parts.slice(fork === -1 ? -1 : fork) };
  });
}

function lowered({ submission, parts, own }: Candidate): Candidate {
  return { submission, parts: parts.map(lower), own: own.map(lower) };
}

function lower(text: string): string {
  return text.toLowerCase();
}

function isSame(path: string, wanted: readonly string[]): boolean {
  return path === wanted.join('/');
}

function isAmong(wanted: readonly string[], own: readonly string[]): boolean {
  return own.some((_, at) => isSame(own.slice(at, at + wanted.length).join('/'), wanted));
}
