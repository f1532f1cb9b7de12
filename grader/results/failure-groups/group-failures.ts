/**
 * Puts like failures together, within each submission and across all of them: those with one signature in
 * whatever scenarios, and those with different signatures of which the same was said. One mistake shows in many
 * scenarios and in many submissions; staff should have to look at it only once.
 */

import { compareText } from '../../text/compare-text.js';
import { groupBy, type NonEmpty } from '../../ground/group-by.js';
import type { SubmissionResults } from '../results.js';
import { commentOn, ruleSentence } from './comment.js';
import { failuresOf, runsOf, type Failure } from './failure.js';
import type { FailureGroup } from './group.js';
import { joinAlike } from './join-alike.js';
import { normalise } from './normalise.js';
import { titleOf } from './title.js';

export interface GroupedFailures {
  /** Across all submissions; those that most submissions have first. */
  groups: FailureGroup[];
  /** Name of each submission → its own groups, as if there were no other; the most frequent first. */
  bySubmission: ReadonlyMap<string, FailureGroup[]>;
}

/**
 * Grades, where there are any, must be known already, because they tell which scenarios are hidden. Each group of
 * a submission is part of one across all of them, of the one that has its signatures.
 */
export function groupFailures(submissions: readonly SubmissionResults[]): GroupedFailures {
  const normalised = keeper();
  const failures = submissions.map((one) =>
    failuresOf(one).map((failure) => ({ ...failure, keys: keysOf(failure, normalised) })),
  );
  return {
    groups: grouped(failures.flat()),
    bySubmission: new Map(
      submissions.map(({ name }, index) => [name, grouped(failures[index] ?? [])]),
    ),
  };
}

/** A failure with its keys: it shares one with each failure that is like it. */
interface Comparable extends Failure {
  keys: NonEmpty<string>;
}

function grouped(failures: readonly Comparable[]): FailureGroup[] {
  return joinAlike(failures, ({ keys }) => keys)
    .map(describe)
    .toSorted(byWeight);
}

function keysOf(
  { signature, class: kind, parts, reason }: Failure,
  normalised: (text: string) => string,
): NonEmpty<string> {
  const text = normalised(reason);
  const bySignature = `signature ${kind} ${signature}`;
  // One sentence may tell of two symptoms: a value that was not read may be lost, or only late.
  return text === '' ? [bySignature] : [bySignature, `text ${kind} ${parts.symptom} ${text}`];
}

/** `normalise` for many texts, many of them equal. */
function keeper(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text) ?? normalise(text);
    known.set(text, found);
    return found;
  };
}

function describe(alike: Readonly<NonEmpty<Failure>>): FailureGroup {
  const example = exampleOf(alike);
  const leading = mostFrequentFirst(alike);
  const signatures = ranked(alike, ({ signature }) => signature);
  const scenarios = ranked(alike, ({ scenario }) => scenario);
  const rule = ruleSentence(alike);
  return {
    id: signatures[0] ?? leading[0].signature,
    class: leading[0].class,
    title: titleOf(leading),
    signatures,
    scenarios,
    submissions: [...groupBy(alike, ({ submission }) => submission)]
      .map(([name, own]) => ({
        name,
        failures: runsOf(own),
        scenarios: ranked(own, ({ scenario }) => scenario),
      }))
      .toSorted((a, b) => b.failures - a.failures || compareText(a.name, b.name)),
    failures: runsOf(alike),
    exampleRun: example.exampleRun,
    says: example.reason,
    ...(example.artifacts === undefined ? {} : { artifacts: example.artifacts }),
    ...(rule === undefined ? {} : { rule }),
    comment: commentOn(leading, scenarios),
  };
}

function exampleOf(alike: Readonly<NonEmpty<Failure>>): Failure {
  return alike.find(({ artifacts }) => artifacts !== undefined) ?? alike[0];
}

/** Failures with the most frequent signature first, in their order. */
function mostFrequentFirst(alike: Readonly<NonEmpty<Failure>>): NonEmpty<Failure> {
  const [first] = ranked(alike, ({ signature }) => signature);
  const [leader, ...others] = alike.filter(({ signature }) => signature === first);
  const rest = alike.filter(({ signature }) => signature !== first);
  return leader === undefined ? [...alike] : [leader, ...others, ...rest];
}

/** The values that a failure may have, those of the most runs first. */
function ranked(failures: readonly Failure[], valueOf: (failure: Failure) => string): string[] {
  return [...groupBy(failures, valueOf)]
    .map(([value, some]) => ({ value, runs: runsOf(some) }))
    .toSorted((a, b) => b.runs - a.runs || compareText(a.value, b.value))
    .map(({ value }) => value);
}

function byWeight(a: FailureGroup, b: FailureGroup): number {
  return (
    b.submissions.length - a.submissions.length ||
    b.failures - a.failures ||
    compareText(a.id, b.id)
  );
}
