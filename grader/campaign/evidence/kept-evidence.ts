/**
 * Reads the whole evidence folder of a run, for pages that draw it. The harness wrote it, but a full disk may have cut
 * it off, or a person may have changed it: an unreadable part counts as absent.
 */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  CALL_ENDINGS,
  readHistory,
  readRegularText,
  type Operation,
  type StoredRun,
  type TimelineEvent,
  type TracedCall,
} from '../../../harness/index.js';
import { readStoredRun } from './stored-run.js';

export interface KeptRun {
  stored: StoredRun;
  operations: Operation[];
  /** Faults included, in order of time. */
  timeline: TimelineEvent[];
  calls: TracedCall[];
  logs: KeptLog[];
  /** Reports of processes on their own crashes, with all stacks. */
  crashes: { process: string; text: string }[];
  /** The connection errors that were printed and joined with calls, as sentences. */
  explanations: Explanation[];
  /** Connections that could not be made, as programs have printed it, in order of time. */
  dials: FailedDial[];
}

export interface FailedDial {
  process: string;
  peer: string;
  /** Such as `no such socket`. */
  phrase: string;
  atMs: number;
}

export interface KeptLog {
  process: string;
  text: string;
  /** Pairs of a position in `text`, in bytes, and the time in ms at which what stands from there on came. */
  arrivals: readonly (readonly [number, number])[];
}

interface Explanation {
  atMs: number;
  says: string;
  /** How many errors it stands for. */
  like: number;
}

const LOGS = 'logs';

const SYMPTOMS = z.looseObject({
  explanations: z.array(z.object({ atMs: z.number(), says: z.string(), like: z.number() })),
  errors: z.array(
    z.looseObject({
      process: z.string(),
      phrase: z.string(),
      atMs: z.number(),
      peer: z.string().optional(),
      call: z.number().optional(),
    }),
  ),
});
const ARRIVALS = z.record(z.string(), z.array(z.tuple([z.number(), z.number()])));

/** Undefined if there is no run that can be read. */
export function readKeptRun(folder: string): KeptRun | undefined {
  const stored = readStoredRun(folder);
  if (stored === undefined) return undefined;
  return {
    stored,
    operations: orNothing(() => readHistory(read(folder, 'history.jsonl'))),
    timeline: [...eventsIn(folder, 'events.jsonl'), ...eventsIn(folder, 'faults.jsonl')].toSorted(
      (a, b) => a.atMs - b.atMs,
    ),
    calls: linesOf(folder, 'calls.jsonl', isCall),
    logs: logsIn(folder),
    crashes: crashesIn(folder),
    ...symptomsIn(folder),
  };
}

function symptomsIn(folder: string): Pick<KeptRun, 'explanations' | 'dials'> {
  const [symptoms] = orNothing(() => [SYMPTOMS.parse(JSON.parse(read(folder, 'symptoms.json')))]);
  return {
    explanations: symptoms?.explanations ?? [],
    // With a call there was a connection.
    dials: (symptoms?.errors ?? []).flatMap(({ process, peer, phrase, atMs, call }) =>
      peer === undefined || call !== undefined ? [] : [{ process, peer, phrase, atMs }],
    ),
  };
}

function eventsIn(folder: string, file: string): TimelineEvent[] {
  return linesOf(folder, file, isEvent);
}

/** By hand, since a class has hundreds of thousands of them. */
function isEvent(value: unknown): value is TimelineEvent {
  return has(value, 'atMs', 'number') && has(value, 'kind', 'string');
}

function isCall(value: unknown): value is TracedCall {
  return (
    has(value, 'from', 'string') &&
    has(value, 'to', 'string') &&
    has(value, 'number', 'number') &&
    has(value, 'startMs', 'number') &&
    ENDINGS.has(value['ending'])
  );
}

const ENDINGS: ReadonlySet<unknown> = new Set(CALL_ENDINGS);

function has(
  value: unknown,
  key: string,
  type: 'number' | 'string',
): value is Record<string, unknown> {
  const object: Record<string, unknown> = Object(value);
  return typeof object[key] === type;
}

/** The lines of a file of JSON lines that are what they should be. */
function linesOf<T>(folder: string, file: string, is: (value: unknown) => value is T): T[] {
  return orNothing(() => read(folder, file).split('\n')).flatMap((line) =>
    line === '' ? [] : orNothing(() => [JSON.parse(line)]).filter(is),
  );
}

function logsIn(folder: string): KeptLog[] {
  const arrivals = arrivalsIn(folder);
  return namesIn(join(folder, LOGS), '.log').flatMap((process) =>
    orNothing(() => [
      {
        process,
        text: read(folder, join(LOGS, `${process}.log`)),
        arrivals: arrivals[process] ?? [],
      },
    ]),
  );
}

function arrivalsIn(folder: string): z.infer<typeof ARRIVALS> {
  const [arrivals = {}] = orNothing(() => [
    ARRIVALS.parse(JSON.parse(read(folder, 'arrivals.json'))),
  ]);
  return arrivals;
}

function crashesIn(folder: string): KeptRun['crashes'] {
  return namesIn(folder, '.txt')
    .filter((name) => name.startsWith('crash-'))
    .flatMap((name) =>
      orNothing(() => [
        { process: name.slice('crash-'.length), text: read(folder, `${name}.txt`) },
      ]),
    );
}

/** Names of files that end so, without that end. */
function namesIn(folder: string, end: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => name.slice(0, -end.length))
    .toSorted();
}

function read(folder: string, file: string): string {
  return readRegularText(join(folder, file));
}

function orNothing<T>(work: () => T[]): T[] {
  try {
    return work();
  } catch {
    return [];
  }
}
