/**
 * Reads the shards of a grading and checks that they belong together. Nothing is written. Records stay in their
 * journals until the check is over: of each shard only what the check needs is kept.
 */

import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import {
  invocation,
  shellWord,
  UsageError,
  type IsolationLevel,
  type RunRecord,
} from '../../../harness/index.js';
import { foldRecords } from '../../campaign/fold.js';
import { createSharer } from '../../campaign/journal/share-parts.js';
import { JOURNAL_FILE, readRecords } from '../../campaign/journal/journal.js';
import { assertNotLocked } from '../../files/lock.js';
import { isolationOf } from '../../plan/isolation-of-plan.js';
import type { Plan, Shard } from '../../plan/plan.js';
import { readPlan } from '../../plan/plan-file.js';
import { shardName, wholePlan } from '../../plan/shard.js';
import { keptText } from '../../results/kept-files.js';
import { firstDifference } from './first-difference.js';
import { isFinished, namesOfUnbuilt } from './is-finished.js';

export interface ShardDirectory {
  directory: string;
  plan: Plan;
  shard: Shard;
}

/** A shard with the content of its journal. */
export interface ReadShard extends ShardDirectory {
  /** All attempts, in their order. */
  attempts: RunRecord[];
  /** The texts of whole lines that hold no record. */
  damaged: string[];
}

/**
 * The shards in these directories, in the order of their indexes.
 *
 * @throws UsageError when they are not the shards of one grading, each of them once and finished. With `partial`, shards
 * and runs may be missing.
 */
export function readShards(
  directories: readonly string[],
  { partial }: { partial: boolean },
): ReadShard[] {
  assertDistinct(directories);
  const shards = directories.map(readShardPlan);
  const [first, ...others] = shards;
  if (first === undefined) throw new Error('there must be a directory');
  for (const one of others) assertSameGrading(one, first);
  const inOrder = shards.toSorted((a, b) => a.shard.index - b.shard.index);
  assertEachOnce(inOrder, partial);
  for (const { directory } of inOrder) assertNotLocked(directory);
  const read = inOrder.map(readShard);
  if (!partial) for (const one of read) assertFinished(one);
  assertBuiltAlike(read);
  return read;
}

function assertDistinct(directories: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const directory of directories) {
    const real = realPath(directory);
    const before = seen.get(real);
    if (before !== undefined) {
      throw new UsageError('a directory is given twice', {
        got: before === directory ? directory : `${before} and ${directory}`,
        expected: 'each shard once',
      });
    }
    seen.set(real, directory);
  }
}

/** What is not there is reported when its plan is read. */
function realPath(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return directory;
  }
}

function readShardPlan(directory: string): ShardDirectory {
  const plan = readPlan(directory);
  const { shard } = plan;
  if (shard !== undefined) return { directory, plan, shard };
  throw new UsageError(`${directory} is not a shard`, {
    got: 'a grading of its own',
    expected: 'a directory written by `pblab grade --shard K/N`',
    hint: 'only shards of one grading can be merged: gradings that were begun separately may have runs with the same keys',
  });
}

function assertSameGrading(one: ShardDirectory, first: ShardDirectory): void {
  const found = firstDifference(comparable(one), comparable(first));
  if (found === undefined) return;
  const { path, got, expected } = found;
  throw new UsageError(`${one.directory} and ${first.directory} differ in ${path}`, {
    got: `${got} in ${one.directory}`,
    expected: `${expected}, as in ${first.directory}`,
    hint: hintFor(path),
  });
}

/** All that shards have in common: not when and on which machine, but the level of isolation. */
function comparable({ directory, plan, shard }: ShardDirectory): object {
  const { createdAt: _createdAt, machine: _machine, ...rest } = wholePlan(plan);
  const { level }: { level: IsolationLevel } = isolationOf(plan);
  return {
    ...rest,
    isolation: { level },
    shard: { of: shard.of, runMs: shard.runMs },
    rubric: keptText(directory, 'rubric'),
    roster: keptText(directory, 'roster'),
  };
}

function hintFor(path: string): string {
  if (path.startsWith('shard.runMs')) {
    return 'the kits on these machines have different calibrations (see `pblab calibrate --save`), so they have dealt out the runs differently';
  }
  return 'grade all shards with the same kit, the same submissions and the same options, apart from --shard and --out';
}

function assertEachOnce(shards: readonly ShardDirectory[], partial: boolean): void {
  for (const [at, one] of shards.entries()) {
    const before = shards[at - 1];
    if (before?.shard.index !== one.shard.index) continue;
    throw new UsageError(`${shardName(one.shard)} is given twice`, {
      got: `${before.directory} and ${one.directory}`,
      expected: 'each shard once',
    });
  }
  const of = shards[0]?.shard.of ?? 0;
  const there = new Set(shards.map(({ shard }) => shard.index));
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((k) => !there.has(k));
  if (missing.length === 0 || partial) return;
  const names = missing.map((index) => `${index}/${of}`).join(', ');
  throw new UsageError('shards are missing', {
    got: `${shards.length} of ${of}`,
    expected: `also ${names}`,
    hint: `grade them with the same words and seed and \`--shard ${missing[0]}/${of}\`, or pass --partial to merge without them`,
  });
}

function readShard(one: ShardDirectory): ReadShard {
  const share = createSharer();
  const damaged: string[] = [];
  const lines = readRecords(join(one.directory, JOURNAL_FILE), (_damage, { text, isEnded }) => {
    // A line without its end was never acknowledged.
    if (isEnded) damaged.push(text);
  });
  const attempts = Array.from(lines, (record) => share(record));
  return { ...one, attempts, damaged };
}

function assertFinished({ directory, plan, shard, attempts }: ReadShard): void {
  if (isFinished(plan, attempts)) return;
  throw new UsageError(`${shardName(shard)} in ${directory} is not finished`, {
    got: 'runs that are not done',
    expected: 'all runs of the shard',
    hint: `finish it with \`${invocation()} resume ${shellWord(directory)}\`, or pass --partial to merge what there is`,
  });
}

/** A submission that was built on one machine is not to blame where its build fails on another one. */
function assertBuiltAlike(shards: readonly ReadShard[]): void {
  const builtIn = new Map<string, string>();
  const failedIn = new Map<string, string>();
  for (const { directory, attempts } of shards) {
    const records = foldRecords(attempts);
    const unbuilt = namesOfUnbuilt(records);
    for (const { submission } of records) {
      const { name } = submission;
      (unbuilt.has(name) ? failedIn : builtIn).set(name, directory);
    }
  }
  for (const [name, failed] of failedIn) {
    const built = builtIn.get(name);
    if (built === undefined) continue;
    throw new UsageError(`${name} could not be built in ${failed}, but was built in ${built}`, {
      hint: `find out what is missing on that machine, then \`${invocation()} resume ${shellWord(failed)}\``,
    });
  }
}
