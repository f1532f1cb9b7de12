/** The symptoms in the evidence folder of a run: whole crash and race reports, and a part of its story. */

import type { Evidence } from '../lab/verdict.js';
import type { RunTrace } from './errors/caller-reaction.js';
import { explain, explainErrors } from './errors/explain-error.js';
import type { ProcessSymptoms } from '../printed/process-symptoms.js';
import { describeRace, mergeRaces, raceFile, type RunRace } from '../printed/race-report.js';
import { tellErrors } from './errors/tell-errors.js';

/** A name below the folder, and the content. */
export type EvidenceFile = [name: string, text: string];

/** Lines of a crash in the story: the announcement and the first functions. */
const CRASH_LINES_SHOWN = 16;

/**
 * Files for a run that did not pass: the crash reports of each process, with all stacks, and the
 * printed connection errors, with the calls that they belong to.
 */
export function symptomFiles(
  symptoms: readonly ProcessSymptoms[],
  trace: RunTrace,
): EvidenceFile[] {
  const { counts, errors } = explainErrors(symptoms, trace);
  const shown = {
    counts,
    errors: errors.map(({ call, ...error }) => ({ ...error, call: call?.number })),
    explanations: explain(errors, trace).map(({ says, ...one }) => ({
      ...one,
      says: says.join('; '),
    })),
  };
  const file: EvidenceFile = ['symptoms.json', `${JSON.stringify(shown, null, 2)}\n`];
  return [...crashFiles(symptoms), ...(counts.length === 0 ? [] : [file])];
}

function crashFiles(symptoms: readonly ProcessSymptoms[]): EvidenceFile[] {
  return symptoms
    .filter(({ crashes }) => crashes.length > 0)
    .map(({ process, crashes }) => [crashFile(process), crashes.join('\n')]);
}

/** Files for any run: one report of each kind of race, with both stacks. */
export function raceFiles(symptoms: readonly ProcessSymptoms[]): EvidenceFile[] {
  return racesOf(symptoms).map((race, index) => [
    raceFile(index),
    `${describeRace(race)}\n\n${race.text}`,
  ]);
}

/** Data races of all processes together. */
export function racesOf(symptoms: readonly ProcessSymptoms[]): RunRace[] {
  return mergeRaces(symptoms.flatMap(({ races }) => races));
}

/**
 * The symptoms in a story, as lines with an empty one after each section. A run without `evidence` has
 * not failed; its connection errors mean nothing and are left out.
 */
export function tellSymptoms(
  symptoms: readonly ProcessSymptoms[],
  trace: RunTrace,
  evidence: Evidence | undefined,
): string[] {
  const crashes = symptoms.flatMap(({ process, crashes: [first] }) =>
    first === undefined ? [] : tellCrash(process, first),
  );
  const races = racesOf(symptoms).map(
    (race, index) => `  ${describeRace(race)}, see ${raceFile(index)}`,
  );
  return [
    ...crashes,
    ...(evidence === undefined ? [] : tellErrors(explainErrors(symptoms, trace), trace, evidence)),
    ...(races.length === 0 ? [] : ['Data races (they do not change the verdict):', ...races, '']),
  ];
}

function tellCrash(process: string, text: string): string[] {
  const lines = text.trimEnd().split('\n');
  const more = lines.length > CRASH_LINES_SHOWN ? ['    ...'] : [];
  return [
    `Crash report of ${process} (in full: ${crashFile(process)}):`,
    ...lines.slice(0, CRASH_LINES_SHOWN).map((line) => `    ${line}`.trimEnd()),
    ...more,
    '',
  ];
}

function crashFile(process: string): string {
  return `crash-${process}.txt`;
}
