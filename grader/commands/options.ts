/** Options that several commands take, each described once, and the readers of their values. */

import { Argument, InvalidArgumentError, Option } from 'commander';
import type { IsolationLevel, World } from '../../harness/index.js';
import { submissionWord } from '../files/submission-word.js';

/** As the harness has them, repeated here because help does not load the harness. */
const ISOLATION_LEVELS: readonly IsolationLevel[] = ['full', 'weak', 'none'];
const WORLDS: readonly World[] = ['processes', 'virtual'];

export const scenarios = () =>
  new Option(
    '-s, --scenario <glob...>',
    'only these scenarios, or those of a stock test such as TestBasicFail; * and ? are wildcards',
  ).default([], 'all');

export const step = () =>
  new Option(
    '--step <number>',
    'only the scenarios of this step of the lab, or of several, such as 1-5',
  ).conflicts('scenario');

export const manifest = () =>
  new Option(
    '-m, --manifest <file>',
    'manifest for directories that have no pblab.yaml, or what boxes let in (key: box)',
  );

export const openArchives = () =>
  new Option('--open-archives', 'open zip and tar files that were handed in, outside their folder');

export const jobs = () =>
  new Option(
    '-j, --jobs <count>',
    'runs at once (default: twice the processors; in the virtual world as many as processors)',
  ).argParser(count);

export const queue = () =>
  new Option(
    '--queue <address>',
    'share the runs with machines that run pblab work: redis://HOST:PORT, rediss://... or postgres://...',
  ).env('PBLAB_QUEUE');

export const isolation = () =>
  new Option(
    '--isolation <level>',
    'how submissions are kept apart from this machine (default: the best there is)',
  ).choices(ISOLATION_LEVELS);

export const world = () =>
  new Option(
    '--world <world>',
    'processes: real time; virtual: a clock that moves only while every process waits (default: processes)',
  ).choices(WORLDS);

/** For commands that repeat a run. */
export const worldOfRun = () =>
  new Option(
    '--world <world>',
    'play it in this world, processes or virtual (default: the world of the run)',
  ).choices(WORLDS);

export const seed = () =>
  new Option('--seed <text>', 'seed of the plan (default: a random one, which is printed)');

export const out = () =>
  new Option('-o, --out <dir>', 'directory for results (default: pblab-out/TIME)');

export const rosterFile = () =>
  new Option(
    '--roster <file>',
    'table of students (submission, name, id), or an export of GitHub Classroom, Canvas or Moodle',
  );

export const rosterColumns = () =>
  new Option(
    '--roster-columns <columns>',
    'which column is which, as submission=COLUMN,name=COLUMN+COLUMN,id=COLUMN,email=COLUMN',
  );

export const otherRubric = () =>
  new Option('--rubric <file>', 'use this rubric instead of the one the grading has');

export const noReport = () =>
  new Option('--no-report', 'write only the results, no pages and no files for course systems');

export const otherSubmission = () =>
  new Option('--submission <spec>', 'the submission to run (default: the recorded one)').argParser(
    submissionWord,
  );

export const json = () => new Option('--json', 'print JSON, for programs');

/** `-n` with what it counts; `preset` is shown as the default and used if there is no such option. */
export const runs = (description: string, preset?: number) =>
  new Option('-n, --runs <count>', description).argParser(count).default(preset);

/** `-k` with what is repeated. */
export const times = (description: string, preset?: number) =>
  new Option('-k, --times <count>', description).argParser(count).default(preset);

/** The submission that a command takes. */
export const submission = (description: string) =>
  new Argument('<submission>', description).argParser(submissionWord);

/** All the submissions that a command takes; `name` is as in the usage. */
export const submissions = (name: '<submission...>' | '[submission...]', description: string) =>
  new Argument(name, description).argParser((word, before: readonly string[] | undefined) => [
    ...(before ?? []),
    submissionWord(word),
  ]);

/** The run that a command takes, for its argument. */
export const RUN_ARGUMENT = 'the evidence folder of a run, or SCENARIO@SEED with --submission';

/** Makes an action of what resolves to an exit code; it is loaded when it is asked for, so that help stays quick. */
export function exits<Given extends unknown[]>(
  load: () => Promise<(...given: Given) => number | Promise<number>>,
): (...given: Given) => Promise<void> {
  return async (...given) => {
    const act = await load();
    process.exitCode = await act(...given);
  };
}

/** A whole number from 1. */
export function count(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError('Expected a whole number from 1.');
}

/** A whole number from 0. */
export function countFromZero(text: string): number {
  return text === '0' ? 0 : count(text);
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

/** In ms; a number without a unit is in seconds. */
export function duration(text: string): number {
  const [, amount = '', unit = 's'] = /^(\d+(?:\.\d+)?)\s*([a-z]+)?$/.exec(text) ?? [];
  const ms = Math.round(Number(amount) * (UNITS_MS[unit] ?? NaN));
  if (Number.isSafeInteger(ms) && ms > 0) return ms;
  throw new InvalidArgumentError(
    'Expected a time above 0 in seconds, such as 60, or with a unit: 90s, 30m, 2h.',
  );
}
