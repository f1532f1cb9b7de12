/**
 * The content of a student's page, made from redacted results and the evidence folders that they name: so it contains
 * nothing about hidden scenarios or other students. All texts are harmless; student-page.tsx draws them.
 */

import { join } from 'node:path';
import { findScenario, type Tier } from '../../../harness/index.js';
import { readBuildLog } from '../../campaign/evidence/build-log.js';
import { asSentence } from '../../text/sentence.js';
import { joinRaces } from '../../tally/data-races.js';
import { byTier, endOf, type Ended } from '../../tally/tier-counts.js';
import { describeTally } from '../../tally/describe-tally.js';
import { groupBy } from '../../ground/group-by.js';
import {
  isRootCause,
  whatIsBesides,
  whatItDecided,
} from '../../results/failure-groups/root-cause.js';
import { guessMistakes, type LikelyMistakes } from '../../results/likely-mistakes/guess-mistake.js';
import type { Results, SubmissionResults } from '../../results/results.js';
import type { ScenarioGrade, SubmissionGrade } from '../../rubric/grade.js';
import { peopleOf } from '../../plan/roster/roster.js';
import { LENGTHS, type Clean, type CleanText } from '../../text/clean-text.js';
import { cleaned, sanitizeEvent, sanitizeLine } from '../../text/sanitize.js';
import type { FailureRate, ScenarioTally, TallyWord } from '../../tally/scenario-tally.js';
import { whyUngradable, type Status } from '../../tally/ungradable.js';
import { anchorOf } from './student/anchor.js';
import { describeControl, describeDangers } from './student/control.js';
import { tellFailure, type FailurePart } from './student/failure-model.js';
import { readRaces, type RacePart } from './student/race-model.js';

/** Failing scenarios that are drawn; the rest are only described in words, so that a page stays small. */
export const DRAWN = 5;

export interface StudentPage {
  name: CleanText;
  /** As the course system knows the student; none for several, whose numbers are not each other's business. */
  id?: CleanText;
  /** Where in what was handed in the submission is, as a sentence; absent where it is all of that. */
  note?: string;
  kit: CleanText;
  createdAt: string;
  seed: CleanText;
  grade?: Clean<SubmissionGrade>;
  /** Why nothing of it can be graded, as a sentence. */
  ungradable?: string;
  status?: Status['kind'];
  /** Output of the compiler, if the build failed. */
  build?: readonly CleanText[];
  /** The failing ones first, in the order of their sections. */
  scenarios: readonly ScenarioRow[];
  leftOut: readonly CleanText[];
  /** Mistakes that decided the results of several scenarios about something else; they are told before all failures. */
  rootCauses: readonly RootCause[];
  /** A guess from the failures; absent where they do not tell, or cannot be relied on. */
  likely?: Clean<LikelyMistakes>;
  /** By tier from asked to beyond, and in it the worst first. */
  failures: readonly FailurePart[];
  /** Results of runs without a failure, each with its scenarios. */
  sound: readonly { says: string; scenarios: readonly CleanText[] }[];
  races: readonly RacePart[];
  /** Why nothing here can be relied on, as sentences; none where it can. */
  dangers: readonly string[];
  /** Sentences about the control runs; none without any. */
  control: readonly string[];
}

export interface RootCause {
  /** The scenarios and the mistake, as a sentence. */
  says: string;
  /** The failure that was seen in one run. */
  seen: CleanText;
  /** The rule, in the words of the lab. */
  rule?: string;
  /** What its scenarios show besides, as sentences. */
  besides: string;
}

export interface ScenarioRow {
  scenario: CleanText;
  title: string;
  /** What it stands on; absent in results of a kit that had no tiers. */
  tier?: Tier;
  word: TallyWord;
  rate: FailureRate;
  usable: number;
  failed: number;
  unknown: number;
  /** How all its runs ended, also if there was none. */
  end: Ended['end'];
  /** Link to the section of its failure; absent without one. */
  anchor?: string;
  grade?: Clean<ScenarioGrade>;
}

/** `results` are those of one submission, after `redactFor`; `directory` is the directory of the grading. */
export function makeStudentPage(results: Results, directory: string): StudentPage {
  const [one] = results.submissions;
  if (one === undefined || results.submissions.length !== 1) {
    throw new Error('a student page is made from the results of one submission');
  }
  const { students = [], ungradable, status, grade, tallies, leftOut = [] } = one;
  const [student, ...others] = students;
  const build = buildLogOf(status, directory);
  const dangers = describeDangers(results);
  const likely = dangers.length > 0 ? undefined : guessMistakes(tallies);
  return {
    name: peopleOf(one, LENGTHS.name),
    ...(student === undefined || others.length > 0
      ? {}
      : { id: sanitizeLine(student.id, LENGTHS.name) }),
    ...(one.note === undefined
      ? {}
      : { note: asSentence(sanitizeLine(one.note, LENGTHS.sentence)) }),
    kit: sanitizeLine(results.kit, LENGTHS.name),
    createdAt: results.createdAt,
    seed: sanitizeLine(results.seed, LENGTHS.name),
    ...(grade === undefined ? {} : { grade: cleaned(grade) }),
    ...(ungradable === undefined
      ? {}
      : {
          ungradable: asSentence(
            sanitizeLine(whyUngradable(ungradable, status), LENGTHS.paragraph),
          ),
        }),
    ...(status === undefined ? {} : { status: status.kind }),
    ...(build === undefined ? {} : { build }),
    scenarios: [
      ...worstFirst(tallies),
      ...tallies.filter(({ failed }) => failed === 0).toSorted(byTier),
    ].map((tally) => rowOf(tally, one)),
    leftOut: leftOut.map((id) => sanitizeLine(id, LENGTHS.name)),
    rootCauses: rootCausesOf(one),
    ...(likely === undefined ? {} : { likely: cleaned(likely) }),
    failures: worstFirst(tallies).map((tally, index) =>
      tellFailure({ tally, results, directory, isDrawn: index < DRAWN }),
    ),
    sound: soundOnes(tallies),
    races: readRaces(joinRaces(tallies.flatMap(({ races }) => races ?? [])), directory),
    dangers,
    control: describeControl(results),
  };
}

function rootCausesOf({ groups = [], tallies }: SubmissionResults): RootCause[] {
  return groups.filter(isRootCause).flatMap(({ besides, title, scenarios, says, rule }) => {
    if (besides === undefined) return [];
    const what = whatItDecided(scenarios.length, tallies.length);
    const failing = sanitizeLine(besides.failing.join(', '), LENGTHS.paragraph);
    return [
      {
        says: asSentence(`${what}: ${sanitizeLine(title, LENGTHS.sentence)}`),
        seen: sanitizeLine(says, LENGTHS.paragraph),
        ...(rule === undefined ? {} : { rule }),
        besides: whatIsBesides(besides, failing),
      },
    ];
  });
}

function rowOf(tally: ScenarioTally, { grade }: SubmissionResults): ScenarioRow {
  const { scenario, tier, word, failureRate, passed, failed, unknown } = tally;
  const scenarios = grade?.parts.flatMap((part) => part.scenarios);
  const points = scenarios?.find((each) => each.scenario === scenario);
  return {
    scenario: sanitizeLine(scenario, LENGTHS.name),
    title: findScenario(scenario)?.title ?? '',
    ...(tier === undefined ? {} : { tier }),
    word,
    rate: failureRate,
    usable: passed + failed,
    failed,
    unknown,
    end: endOf(tally).end,
    ...(failed > 0 ? { anchor: anchorOf(scenario) } : {}),
    ...(points === undefined ? {} : { grade: cleaned(points) }),
  };
}

/** The scenarios that have failed: by tier, and in it by the proven failure rate. */
function worstFirst(tallies: readonly ScenarioTally[]): ScenarioTally[] {
  return tallies
    .filter(({ failed }) => failed > 0)
    .toSorted(
      (a, b) =>
        byTier(a, b) ||
        b.failureRate.low - a.failureRate.low ||
        a.passed + a.unknown - b.passed - b.unknown,
    );
}

/** Undefined where no build has failed, or it said nothing. */
function buildLogOf(status: Status | undefined, directory: string): CleanText[] | undefined {
  if (status?.kind !== 'not-built') return undefined;
  const { artifacts, printed } = status;
  const log = artifacts === undefined ? undefined : readBuildLog(join(directory, artifacts));
  // The first line says how the build ended, which the page already shows.
  return log?.slice(1) ?? printed?.split('\n').map((one) => sanitizeEvent(one, LENGTHS.paragraph));
}

function soundOnes(tallies: readonly ScenarioTally[]): StudentPage['sound'] {
  const sound = tallies.filter(({ failed, runs }) => failed === 0 && runs > 0);
  return [...groupBy(sound, describeTally)].map(([says, group]) => ({
    says: `${says.slice(0, 1).toUpperCase()}${says.slice(1)}.`,
    scenarios: group.map(({ scenario }) => sanitizeLine(scenario, LENGTHS.name)),
  }));
}
