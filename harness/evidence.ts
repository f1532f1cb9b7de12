/**
 * The evidence folder of one run: the record, the history, the fault log, what became of processes
 * and views, what each process printed, the story in words, and the command that runs it again.
 */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeStanding } from './faults/standing-delay.js';
import { writeHistory } from './history/format.js';
import type { Operation } from './history/operation.js';
import type { TimelineEvent } from './history/timeline.js';
import { invocation } from './invocation.js';
import { RULES } from './rules.js';
import type { RunRecord } from './run-record.js';
import { tellStory } from './story.js';
import type { Submission } from './submission/submission.js';
import type { Finding } from './verdict.js';

export interface RunEvidence {
  record: RunRecord;
  finding: Finding;
  submission: Submission;
  world: {
    operations(): Operation[];
    timeline: readonly TimelineEvent[];
    logs(): Map<string, string>;
  };
}

/** What `run.json` of an evidence folder holds. */
export interface StoredRun {
  format: 'pblab/run/1';
  /** What the submission was named by on the command line. */
  spec: string;
  record: RunRecord;
  finding: Finding;
}

/** Writes the folder at `directory`, replacing what an earlier attempt has left there. */
export async function writeEvidence(directory: string, evidence: RunEvidence): Promise<void> {
  const { record, finding, submission, world } = evidence;
  await rm(directory, { recursive: true, force: true });
  await mkdir(join(directory, 'logs'), { recursive: true });
  const stored: StoredRun = { format: 'pblab/run/1', spec: submission.spec, record, finding };
  const isFault = ({ kind }: TimelineEvent) => kind === 'fault';
  const files: [string, string][] = [
    ['run.json', `${JSON.stringify(stored, null, 2)}\n`],
    ['history.jsonl', writeHistory(world.operations())],
    ['faults.jsonl', toLines(world.timeline.filter(isFault))],
    ['events.jsonl', toLines(world.timeline.filter((event) => !isFault(event)))],
    ['story.txt', storyText(evidence, directory)],
    ...[...world.logs()].map(([name, log]): [string, string] => [join('logs', `${name}.log`), log]),
  ];
  await Promise.all(files.map(([name, text]) => writeFile(join(directory, name), text)));
}

function storyText({ record, finding }: RunEvidence, directory: string): string {
  const rule = finding.verdict === 'fail' ? [`Rule of the lab: ${RULES[finding.rule]}`] : [];
  const events = finding.verdict === 'fail' ? tellStory(finding.evidence) : [];
  const { standing = [] } = record;
  return [
    `${record.scenario}, seed ${record.seed}: ${record.verdict}`,
    ...standing.map((delay) => `Throughout the run, ${describeStanding(delay)}.`),
    finding.says,
    ...rule,
    '',
    ...events,
    '',
    `Run it again: ${replayCommand(directory)}`,
    ...(standing.length > 0 ? [] : [withoutFolder(record)]),
    '',
  ].join('\n');
}

function withoutFolder({ scenario, seed }: RunRecord): string {
  return `Without this folder: ${invocation()} replay ${scenario}@${seed} --submission DIR -k 20`;
}

/** The command that repeats the run of an evidence folder, for pasting into a shell. */
export function replayCommand(directory: string): string {
  const quoted = `'${directory.replaceAll("'", String.raw`'\''`)}'`;
  return `${invocation()} replay ${/^[\w./-]+$/.test(directory) ? directory : quoted} -k 20`;
}

function toLines(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}
