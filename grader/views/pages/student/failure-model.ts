/** The model of one failing scenario on a student's page. */

import { join } from 'node:path';
import {
  findScenario,
  RULES,
  TIERS,
  type Finding,
  type Doing,
  type RunRecord,
  type StoredRun,
} from '../../../../harness/index.js';
import { describePrevalence, prevalenceOf } from '../../../measured/prevalence.js';
import { asSentence } from '../../../text/sentence.js';
import { replayAtHome, gradeAtHome } from '../../../text/student-commands.js';
import { describeTally } from '../../../tally/describe-tally.js';
import { percent, percentRange } from '../../../text/count.js';
import { readKeptRun, type KeptRun } from '../../../campaign/evidence/kept-evidence.js';
import { groupBy } from '../../../ground/group-by.js';
import { howItWouldEnd } from '../../../results/failure-groups/root-cause.js';
import type { Results, SubmissionResults } from '../../../results/results.js';
import type { ScenarioGrade } from '../../../rubric/grade.js';
import { LENGTHS, type Clean, type CleanText } from '../../../text/clean-text.js';
import { cleaned, sanitize, sanitizeEvent, sanitizeLine } from '../../../text/sanitize.js';
import { joinBesides, runsIn } from '../../../tally/besides-count.js';
import { rateOf } from '../../../tally/tally.js';
import { type ScenarioTally, type SignatureCount } from '../../../tally/scenario-tally.js';
import type { Scene } from '../space-time/scene.js';
import { setScene } from '../space-time/set-scene.js';
import { counterpartOf } from './counterpart.js';
import { describeHome, type Home } from './home.js';
import { mergeLogs, type MergedLogs } from './logs.js';
import { valuesApart, type ValuesApart } from './values-apart.js';
import { briefestRun } from './briefest-run.js';

const CRASH_LENGTH = 4000;
const KINDS_SHOWN = 6;
const EXPLANATIONS_SHOWN = 8;

export interface FailurePart {
  scenario: CleanText;
  title: string;
  /** What the scenario stands on, and how many public submissions fail it, as sentences. */
  standing: string;
  /** How often it failed, as one sentence. */
  rate: string;
  /** How it would have ended without a failure that is not about it, as one sentence. */
  besides?: string;
  /** The rule that the shown run broke, in the words of the lab. */
  rule?: string;
  grade?: Clean<ScenarioGrade>;
  /** Whether its failures are alike, as the beginning of a sentence, and what kinds there are. */
  alike: string;
  kinds: readonly { says: CleanText; count: number }[];
  /** Undefined if no evidence was kept. */
  run?: FailingRun;
  replay: Replay;
  home: Home;
}

export interface FailingRun {
  /** Which run it is, such as `Run 7 of forward-lost-then-failover`. */
  name: string;
  /** The failure as one sentence. */
  says: CleanText;
  /** Where the data of the servers parted, as sentences; one that belongs to the sentence before it begins with spaces. */
  parted: readonly CleanText[];
  /** The two values that a person has to compare, if there are two. */
  apart?: ValuesApart;
  scene?: Scene;
  /** Whether the scene is drawn, or only described in words. */
  isDrawn: boolean;
  /** A run to compare it with. */
  passing?: { title: string; scene: Scene };
  /** What the processes were doing at its end, if something was overdue. */
  doing?: Clean<Doing>;
  logs: MergedLogs;
  crashes: readonly { process: CleanText; text: CleanText }[];
  /** Causes of the printed connection errors, in order of time. */
  explanations: readonly { atMs: number; says: CleanText; like: number }[];
}

interface Replay {
  command: CleanText;
  /** How likely it fails again, as a sentence. */
  chance: string;
}

interface FailureContext {
  tally: ScenarioTally;
  /** Results of this submission alone. */
  results: Results;
  directory: string;
  isDrawn: boolean;
}

export function tellFailure({ tally, results, directory, isDrawn }: FailureContext): FailurePart {
  const { scenario, signatures } = tally;
  const [one] = results.submissions;
  const kept = briefestRun(directory, signatures);
  const run = kept && tellRun(kept, { tally, results, directory, isDrawn });
  const finding = kept?.stored.finding;
  const points = one?.grade?.parts
    .flatMap((part) => part.scenarios)
    .find((each) => each.scenario === scenario);
  return {
    scenario: sanitizeLine(scenario, LENGTHS.name),
    title: findScenario(scenario)?.title ?? '',
    standing: describeStanding(tally),
    rate: sentence(describeTally(tally)),
    ...describeBesides(tally),
    ...(finding?.verdict === 'fail' ? { rule: RULES[finding.rule] } : {}),
    ...(points === undefined ? {} : { grade: cleaned(points) }),
    ...describeKinds(tally, one),
    ...(run === undefined ? {} : { run }),
    replay: describeReplay(tally, kept?.stored.record),
    home: describeHome(tally),
  };
}

function describeStanding({ tier, scenario }: ScenarioTally): string {
  const says = tier === undefined ? [] : [`${tier}: ${TIERS[tier]}`];
  return [...says, asSentence(describePrevalence(prevalenceOf(scenario)))].join(' ');
}

function describeBesides({ signatures }: ScenarioTally): Pick<FailurePart, 'besides'> {
  const joined = joinBesides(signatures);
  if (joined === undefined) return {};
  const [failure] = joined.failures;
  const reason = sanitizeLine(failure?.reason ?? '', LENGTHS.sentence);
  const besides = howItWouldEnd({ ...joined, failed: runsIn(joined.failures) }, reason);
  return besides === undefined ? {} : { besides };
}

/** Signatures may differ where the words do not. */
function describeKinds(
  { signatures, failed }: ScenarioTally,
  submission: SubmissionResults | undefined,
): Pick<FailurePart, 'alike' | 'kinds'> {
  const kinds = [...groupBy(signatures, (one) => describeKind(one, submission))].map(
    ([says, alike]) => ({ says, count: alike.reduce((sum, one) => sum + one.count, 0) }),
  );
  const shown = kinds.toSorted((a, b) => b.count - a.count).slice(0, KINDS_SHOWN);
  if (failed === 1) return { alike: 'It failed once:', kinds: shown };
  const all = failed === 2 ? 'Both failures' : `All ${failed} failures`;
  if (kinds.length === 1) return { alike: `${all} look the same:`, kinds: shown };
  return { alike: `There are ${kinds.length} kinds of failures:`, kinds: shown };
}

/** The words of the group that it belongs to, or its signature. */
function describeKind(one: SignatureCount, submission: SubmissionResults | undefined): CleanText {
  const group = submission?.groups?.find(({ signatures }) => signatures.includes(one.signature));
  return sanitizeLine(group?.title ?? `${one.class}: ${one.signature}`, LENGTHS.paragraph);
}

function tellRun(
  kept: KeptRun,
  { tally, results, directory, isDrawn }: FailureContext,
): FailingRun {
  const { finding, record } = kept.stored;
  const scene = sceneOf(kept);
  const apart = finding.verdict === 'fail' ? valuesApart(finding, kept.operations) : undefined;
  const passing = isDrawn && scene && passingRun(kept.stored, { tally, results, directory });
  return {
    name: `Run ${record.index} of ${sanitizeLine(record.scenario, LENGTHS.name)}, seed ${sanitizeLine(record.seed, LENGTHS.name)}`,
    says: sanitize(finding.says, LENGTHS.block),
    parted: partedOf(finding),
    ...(apart === undefined ? {} : { apart }),
    ...(scene === undefined ? {} : { scene }),
    isDrawn,
    ...(passing ? { passing } : {}),
    ...(finding.verdict === 'fail' && finding.evidence.doing
      ? { doing: cleaned(finding.evidence.doing) }
      : {}),
    logs: mergeLogs(kept, scene),
    crashes: kept.crashes.map(({ process, text }) => ({
      process: sanitizeLine(process, LENGTHS.name),
      text: sanitize(text, CRASH_LENGTH),
    })),
    explanations: explanationsOf(kept, scene),
  };
}

function partedOf(finding: Finding): CleanText[] {
  if (finding.verdict !== 'fail') return [];
  const { parted = [] } = finding.evidence;
  return parted.map((line) => sanitizeEvent(line, LENGTHS.paragraph));
}

/** The explanations of the stretch that is shown; if there are too many, the last ones. */
function explanationsOf(
  { explanations }: KeptRun,
  scene: Scene | undefined,
): FailingRun['explanations'] {
  const { fromMs = -Infinity, toMs = Infinity } = scene ?? {};
  return explanations
    .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
    .slice(-EXPLANATIONS_SHOWN)
    .map(({ says, ...rest }) => ({ ...rest, says: sanitizeLine(says, LENGTHS.paragraph) }));
}

function sceneOf({ stored: { finding }, dials, ...run }: KeptRun): Scene | undefined {
  if (finding.verdict !== 'fail') return undefined;
  const contradicting = finding.evidence.operations.map(({ id }) => id);
  return setScene(finding.evidence, run, { contradicting, dials });
}

/** A run that passed, of this submission or else of the reference, with the events that match the failing run's. */
function passingRun(
  failing: StoredRun,
  { tally, results, directory }: Omit<FailureContext, 'isDrawn'>,
): FailingRun['passing'] {
  const reference = results.control?.passingExamples?.find(
    ({ scenario }) => scenario === tally.scenario,
  );
  const examples = [
    { title: 'A run of yours that passed', of: tally.passingExample },
    { title: 'A run of the reference, which passed', of: reference },
  ];
  for (const { title, of } of examples) {
    const kept = of && readKeptRun(join(directory, of.artifacts));
    if (kept === undefined || failing.finding.verdict !== 'fail') continue;
    const scene = setScene(counterpartOf(failing.finding, kept), kept, {
      contradicting: [],
      dials: kept.dials,
    });
    if (scene !== undefined) return { title, scene };
  }
  return undefined;
}

function describeReplay(tally: ScenarioTally, record: RunRecord | undefined): Replay {
  const command =
    record === undefined
      ? gradeAtHome(tally.scenario, 20, tally.signatures[0]?.world)
      : replayAtHome(record, '.');
  return { command: sanitizeLine(command, LENGTHS.paragraph), chance: chanceOf(tally, record) };
}

function chanceOf({ signatures, failureRate }: ScenarioTally, record?: RunRecord): string {
  const like = signatures.find(({ signature }) => signature === record?.signature);
  if (like?.again !== undefined && like.again.usable > 0) {
    const { failed, usable } = like.again;
    const { low, high } = rateOf(failed, usable);
    const which = like.exampleRun === record?.key ? 'it' : 'another run that failed like it';
    return `Measured: run again with its seed, ${which} failed ${failed} of ${usable} times (95 % interval ${percentRange(low, high)}).`;
  }
  if (record?.world === 'virtual') {
    return 'It was not run again. In the virtual world a seed plays the same run, event by event.';
  }
  const { estimate, low, high } = failureRate;
  if (estimate === null) return 'How often it fails again was not measured.';
  return `It was not run again with this seed. Over all seeds the scenario fails ${percent(estimate)} % of its runs (95 % interval ${percentRange(low, high)}); a seed fixes the workload and the faults, but not how the operating system interleaves the processes.`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
