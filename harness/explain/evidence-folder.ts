/**
 * The evidence folder of one run: the record, the history, the fault log, what became of processes
 * and views, what each process printed and said of its crash, the story in words, and the command that runs it again.
 */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { VIEW_SERVICE } from '../cluster/cluster.js';
import { describeStanding } from '../faults/standing-delay.js';
import { describeMs } from '../history/describe.js';
import { writeHistory } from '../history/format.js';
import type { Operation } from '../history/operation.js';
import type { TracedCall } from '../history/trace.js';
import type { TimelineEvent } from '../history/timeline.js';
import { invocation } from './invocation.js';
import type { Arrival } from '../process/arrivals.js';
import { RULES } from '../lab/rules.js';
import type { RunRecord } from '../record/record.js';
import { shellWord } from '../ground/shell-word.js';
import { describePlan } from '../scenarios/generated/stored-plan.js';
import { type PlanData } from '../scenarios/stage/plan-data.js';
import { tellExceptions } from './tell-exceptions.js';
import { explainValues } from './story/legend.js';
import { stacksFile, tellDoing } from './doing/tell-doing.js';
import { tellStory, TIME_WIDTH } from './story.js';
import type { Submission } from '../submission/submission.js';
import type { ProcessSymptoms } from '../printed/process-symptoms.js';
import type { RunTrace } from './errors/caller-reaction.js';
import { raceFiles, type EvidenceFile, symptomFiles, tellSymptoms } from './symptoms-met.js';
import type { Finding } from '../lab/verdict.js';
import { partedLines } from './parted/where-parted.js';

/** Most characters of stacks that are kept of one process, as much as of its output. */
const MOST_STACKS = 128 * 1024;

export interface RunEvidence {
  record: RunRecord;
  finding: Finding;
  submission: Submission;
  world: {
    operations(): Operation[];
    timeline: readonly TimelineEvent[];
    logs(): Map<string, string>;
    arrivals(): Map<string, Arrival[]>;
    symptoms(): ProcessSymptoms[];
  };
  /** What the runtimes of the programs have printed of their threads, by the names of processes. */
  stacks?: ReadonlyMap<string, string>;
  /** Why pblab itself could not explain more of the run. */
  trouble?: string;
  calls: readonly TracedCall[];
  /** The plan of a generated scenario, and when those of its moves began that did, in ms. */
  played?: { plan: PlanData; beganMs: ReadonlyMap<number, number> };
}

/** The content of `run.json` in an evidence folder. */
export interface StoredRun {
  format: 'pblab/run/1';
  /** The name of the submission on the command line. */
  spec: string;
  record: RunRecord;
  finding: Finding;
}

/**
 * Writes the folder at `directory`, replacing what an earlier attempt has left there. A run that passed
 * has only data races to prove, and may be one of thousands: it gets the record, the story and the races, unless
 * its record says that it is kept whole.
 */
export async function writeEvidence(directory: string, evidence: RunEvidence): Promise<void> {
  const { record, finding, submission, world } = evidence;
  await rm(directory, { recursive: true, force: true });
  const stored: StoredRun = { format: 'pblab/run/1', spec: submission.spec, record, finding };
  const files: EvidenceFile[] = [
    ['run.json', `${JSON.stringify(stored, null, 2)}\n`],
    ['story.txt', storyText(evidence, directory)],
    ...raceFiles(world.symptoms()),
    ...(finding.verdict === 'pass' && record.keptWhole !== true ? [] : whatHappened(evidence)),
  ];
  const folders = new Set(files.map(([name]) => dirname(name)));
  for (const folder of folders) await mkdir(join(directory, folder), { recursive: true });
  await Promise.all(files.map(([name, text]) => writeFile(join(directory, name), text)));
}

/** All that the kit has seen of the run. */
function whatHappened(evidence: RunEvidence): EvidenceFile[] {
  const { world, stacks = [] } = evidence;
  const isFault = ({ kind }: TimelineEvent) => kind === 'fault';
  return [
    ['history.jsonl', writeHistory(world.operations())],
    ['faults.jsonl', toLines(world.timeline.filter(isFault))],
    ['events.jsonl', toLines(world.timeline.filter((event) => !isFault(event)))],
    ['calls.jsonl', toLines(evidence.calls)],
    ...symptomFiles(world.symptoms(), traceOf(evidence)),
    ['arrivals.json', `${JSON.stringify(Object.fromEntries(world.arrivals()))}\n`],
    ...[...stacks].map(([name, text]): EvidenceFile => [
      stacksFile(name),
      text.slice(0, MOST_STACKS),
    ]),
    ...[...world.logs()].map(([name, log]): EvidenceFile => [join('logs', `${name}.log`), log]),
  ];
}

function storyText(evidence: RunEvidence, directory: string): string {
  const { record, finding, world, played } = evidence;
  const failure = finding.verdict === 'fail' ? finding.evidence : undefined;
  const rule = finding.verdict === 'fail' ? [`Rule of the lab: ${RULES[finding.rule]}`] : [];
  const legend = failure && explainValues(failure.operations);
  const events =
    failure === undefined ? [] : [...tellStory(failure), ...(legend ? [legend] : []), ''];
  const doing = tellDoing(failure?.doing);
  const parted = failure === undefined ? [] : partedLines(failure);
  const { standing = [] } = record;
  return [
    `${record.scenario}, seed ${record.seed}: ${record.verdict}`,
    ...standing.map((delay) => `Throughout the run, ${describeStanding(delay)}.`),
    finding.says,
    ...rule,
    '',
    ...tellPlan(evidence),
    ...events,
    ...(evidence.trouble === undefined
      ? []
      : [
          `pblab could not explain more of this run, by a mistake of its own: ${evidence.trouble}`,
          '',
        ]),
    ...(parted.length === 0 ? [] : [...parted, '']),
    ...(doing.length === 0 ? [] : [...doing, '']),
    ...tellExceptions(failure?.exceptions ?? []),
    ...tellSymptoms(world.symptoms(), traceOf(evidence), failure),
    `Run it again: ${replayCommand(directory)}`,
    ...(canBeShrunk(record, played !== undefined)
      ? [`Look for a smaller run: ${shrinkCommand(directory)}`]
      : []),
    ...(standing.length > 0 || record.plan !== undefined ? [] : [withoutFolder(record)]),
    '',
  ].join('\n');
}

/** The moves of the plan, and when each began; a run leaves out a move that is not possible at its time. */
function tellPlan({ played }: RunEvidence): string[] {
  if (played === undefined) return [];
  const { begins, moves } = describePlan(played.plan);
  const lines = moves.map((move, at) => {
    const beganMs = played.beganMs.get(at);
    const when = beganMs === undefined ? 'not done' : describeMs(Math.round(beganMs));
    return `${when.padStart(TIME_WIDTH)}  ${move}`;
  });
  return [`The kit began with ${begins}. Its moves:`, ...lines, ''];
}

/** Whether a run can be shrunk: it failed and `draws` its plan. A run with a given plan is the result of shrinking. */
export function canBeShrunk({ verdict, plan }: RunRecord, draws: boolean): boolean {
  return verdict === 'fail' && draws && plan === undefined;
}

function withoutFolder({ scenario, seed }: RunRecord): string {
  return `Without this folder: ${invocation()} replay ${scenario}@${seed} --submission DIR -k 20`;
}

function traceOf({ calls, world }: RunEvidence): RunTrace {
  const { timeline } = world;
  return { calls, operations: world.operations(), timeline, viewService: VIEW_SERVICE };
}

/** The command that repeats the run of an evidence folder, for pasting into a shell. */
export function replayCommand(directory: string, times = 20): string {
  return `${invocation()} replay ${shellWord(directory)} -k ${times}`;
}

/** The command that looks for a smaller run than that of an evidence folder, for pasting into a shell. */
export function shrinkCommand(directory: string): string {
  return `${invocation()} shrink ${shellWord(directory)}`;
}

function toLines(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}
