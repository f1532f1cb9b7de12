/** What can be seen in the jail when the kit has ended. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { isAlive } from '../../support/survivors.js';
import { OUT, type Listener, type Place } from './place.js';

/** How the kit has ended. */
export interface KitEnding {
  /** Its exit code, or the name of the signal that ended it, or `late` if it had to be killed. */
  code: number | string;
  /** What it has printed on both streams. */
  output: string;
}

export interface Aftermath extends KitEnding {
  /** What the kit and all programs of the submission have printed, and the reasons of the verdicts. */
  printed: string;
  /** The verdict of each run, in order; of a command as its journal has them. */
  records: readonly SeenRecord[];
  /** Processes that are left, as command lines. */
  left: readonly string[];
  /** What was said to a port of the machine. */
  heard: string;
  /** The text of a file; empty if it is not there. */
  text(path: string): string;
  exists(path: string): boolean;
  /** Paths of all files below a directory with this name. */
  filesNamed(directory: string, name: string): string[];
  /** Bytes of all files below a directory. */
  bytesBelow(directory: string): number;
  /** Whether the directory of another grading is there. */
  hasSession: boolean;
  /** Whether a bystander lives; `stopped` if it lives and does not run. */
  bystander(name: string): 'lives' | 'stopped' | 'dead';
}

const SEEN_RECORD = z.object({
  verdict: z.string(),
  reason: z.string(),
  seed: z.string(),
  durationMs: z.number(),
  cpuMs: z.number(),
  incidents: z.array(z.object({ kind: z.string() })).optional(),
});

/** What is looked at in the record of a run. */
type SeenRecord = z.infer<typeof SEEN_RECORD>;

/** What stands before a record that a program of ours prints. */
export const RECORD_MARK = 'record of the kit: ';

export function lookAround(
  place: Place,
  { code, output }: KitEnding,
  { listener, left }: { listener: Listener; left: readonly string[] },
): Aftermath {
  const records = [...recordsOf(output), ...journalled()];
  const reasons = records.map(({ reason }) => reason);
  return {
    code,
    output,
    printed: [output, ...reasons, ...logsOf(join(OUT, 'evidence'))].join('\n'),
    records,
    left,
    heard: listener.heard(),
    text: textOf,
    exists: (path) => existsSync(path),
    filesNamed: (directory, name) =>
      filesBelow(directory).filter((path) => basename(path) === name),
    bytesBelow: (directory) => filesBelow(directory).reduce((sum, path) => sum + bytesOf(path), 0),
    hasSession: place.sessions.every(({ directory }) => existsSync(join(directory, 'owner'))),
    bystander(name) {
      const pid = place.bystanders.get(name) ?? 0;
      if (!isAlive(pid)) return 'dead';
      return stateOf(pid) === 'T' ? 'stopped' : 'lives';
    },
  };
}

/** Command lines of the living processes of the jail, without these. */
export function processesBeside(known: ReadonlySet<number>): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && !known.has(Number(name)) && isAlive(Number(name)))
    .map((pid) => textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim())
    .filter((words) => words !== '');
}

function recordsOf(output: string): SeenRecord[] {
  const lines = output.split('\n').filter((line) => line.startsWith(RECORD_MARK));
  return lines.map((line) => SEEN_RECORD.parse(JSON.parse(line.slice(RECORD_MARK.length))));
}

function journalled(): SeenRecord[] {
  const lines = textOf(join(OUT, 'journal.jsonl'))
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => z.object({ record: SEEN_RECORD }).parse(JSON.parse(line)).record);
}

/** What programs have printed, of all runs whose evidence is kept. */
function logsOf(evidence: string): string[] {
  return filesBelow(evidence)
    .filter((path) => path.includes('/logs/'))
    .map((path) => textOf(path));
}

function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The space of a file on the disk, which is counted in blocks of 512 bytes. */
function bytesOf(path: string): number {
  return (statSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * 512;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function stateOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).slice(0, 1);
}
