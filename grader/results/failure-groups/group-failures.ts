/**
 * Puts like failures together, within each submission and across all of them: those with one signature in
 * whatever scenarios, and those with different signatures of which the same was said. One mistake shows in many
 * scenarios and in many submissions; staff should have to look at it only once.
 */

import { compareText } from '../../text/compare-text.js';
import { groupBy, type NonEmpty } from '../../ground/group-by.js';
import { joinBesides, runsIn } from '../../tally/besides-count.js';
import type { SubmissionResults } from '../results.js';
import { commentOn, ruleSentence } from './comment.js';
import { failuresOf, runsOf, type Failure } from './failure.js';
import type { FailureGroup } from './group.js';
import { joinAlike } from './join-alike.js';
import { normalise } from './normalise.js';
import { titleOf } from './title.js';

export interface GroupedFailures {
  /** Across all submissions: mistakes that hid what scenarios test, then those that most submissions have. */
  groups: FailureGroup[];
  /** Name of each submission → its own groups, as if there were no other, in the same order. */
  bySubmission: ReadonlyMap<string, FailureGroup[]>;
}

/**
 * Grades, where there are any, must be known already, because they tell which scenarios are hidden. Each group of
 * a submission is part of one across all of them, of the one that has its signatures.
 */
export function groupFailures(submissions: readonly SubmissionResults[]): GroupedFailures {
  const normalised = keeper();
  const found = submissions.map(failuresOf);
  const groupsOf = (failures: readonly Failure[]) => grouped(comparable(failures, normalised));
  return {
    groups: groupsOf(found.flat()),
    bySubmission: new Map(
      submissions.map(({ name }, index) => [name, groupsOf(found[index] ?? [])]),
    ),
  };
}

/** A failure with its keys: it shares one with each failure that is like it. */
interface Comparable extends Failure {
  keys: NonEmpty<string>;
}

/** Only a mistake that hid something in these failures is a key of its own. */
function comparable(
  failures: readonly Failure[],
  normalised: (text: string) => string,
): Comparable[] {
  const hiding = new Set(failures.flatMap((one) => (one.besides ? [mistakeIn(one)] : [])));
  return failures.map((failure) => {
    const [first, ...rest] = keysOf(failure, normalised);
    const mistake = mistakeIn(failure);
    return { ...failure, keys: [first, ...rest, ...(hiding.has(mistake) ? [mistake] : [])] };
  });
}

/** A mistake that hid what scenarios test is one, whatever was done to the cluster before it showed. */
function mistakeIn({ class: kind, parts }: Failure): string {
  return `mistake ${kind} ${parts.rule} ${parts.symptom}`;
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
  const besides = besidesOf(alike);
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
    ...(besides === undefined ? {} : { besides }),
    comment: commentOn(leading, scenarios),
  };
}

/** Of a mistake that hid what scenarios test, a scenario about it is the best example. */
function exampleOf(alike: Readonly<NonEmpty<Failure>>): Failure {
  const kept = alike.filter(({ artifacts }) => artifacts !== undefined);
  return kept.find(({ besides }) => besides === undefined) ?? kept[0] ?? alike[0];
}

function besidesOf(alike: readonly Failure[]): FailureGroup['besides'] {
  const joined = joinBesides(alike);
  if (joined === undefined) return undefined;
  const { passed, unknown, failures } = joined;
  const failing = alike.filter(({ besides }) => (besides?.failures.length ?? 0) > 0);
  return {
    passed,
    failed: runsIn(failures),
    unknown,
    failing: [...new Set(failing.map(({ scenario }) => scenario))],
  };
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
    Number(b.besides !== undefined) - Number(a.besides !== undefined) ||
    b.submissions.length - a.submissions.length ||
    b.failures - a.failures ||
    compareText(a.id, b.id)
  );
}
