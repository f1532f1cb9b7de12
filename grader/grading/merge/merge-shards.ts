/**
 * Makes one grading of its shards. Until all of it is written it stands in a temporary directory beside the place where
 * it belongs, so no reader ever finds half a grading.
 */

import { randomUUID } from 'node:crypto';
import { constants, existsSync, lstatSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError, type RunRecord } from '../../../harness/index.js';
import { createDirectory } from '../../campaign/campaign.js';
import { JOURNAL_FILE } from '../../campaign/journal/journal.js';
import { encodeLine } from '../../campaign/journal/journal-line.js';
import { syncFolder, writeFileAtomically } from '../../files/write-file-atomically.js';
import type { Plan } from '../../plan/plan.js';
import { writePlan } from '../../plan/plan-file.js';
import { wholePlan } from '../../plan/shard.js';
import { keepFiles, keptText } from '../../results/kept-files.js';
import { compareText } from '../../text/compare-text.js';
import { readShards, type ReadShard } from './read-shards.js';

const EVIDENCE_FOLDER = 'evidence';

/** Lines of the journal that are written at once. */
const LINES_AT_ONCE = 1000;

export interface MergeRequest {
  /** Whether shards and runs may be missing. */
  partial: boolean;
  signal: AbortSignal;
}

/**
 * Writes the grading of these shards into `out`, which must not exist; it has no results yet. False if it was stopped
 * before, and then nothing is left of it.
 *
 * @throws UsageError when they are not the shards of one grading; nothing is written then.
 */
export async function mergeShards(
  directories: readonly string[],
  out: string,
  { partial, signal }: MergeRequest,
): Promise<boolean> {
  assertFree(out);
  const shards = readShards(directories, { partial });
  createDirectory(dirname(out));
  const draft = join(dirname(out), `.${basename(out)}.${randomUUID()}.merging`);
  try {
    await mkdir(draft);
    for (const one of shards) if (!signal.aborted) await copyEvidence(one.directory, draft);
    if (signal.aborted) return false;
    await writeGrading(shards, draft);
    assertFree(out);
    await rename(draft, out);
    await syncFolder(dirname(out));
    return true;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function assertFree(out: string): void {
  if (!existsSync(out)) return;
  throw new UsageError(`${out} exists already`, {
    expected: 'a directory that does not exist yet',
    hint: 'choose another --out',
  });
}

async function writeGrading(shards: readonly ReadShard[], draft: string): Promise<void> {
  const [first] = shards;
  if (first === undefined) throw new Error('there must be a shard');
  const plan = mergedPlan(shards, first);
  const rubric = keptText(first.directory, 'rubric');
  const roster = keptText(first.directory, 'roster');
  await keepFiles(draft, {
    ...(rubric === undefined ? {} : { rubric }),
    ...(roster === undefined ? {} : { roster }),
  });
  await writeFileAtomically(join(draft, JOURNAL_FILE), journalText(shards, plan));
  await writePlan(draft, plan);
}

/** The plan of the first shard, made when the earliest of them was. */
function mergedPlan(shards: readonly ReadShard[], { plan }: ReadShard): Plan {
  const [createdAt = plan.createdAt] = shards
    .map((one) => one.plan.createdAt)
    .toSorted(compareText);
  return { ...wholePlan(plan), createdAt };
}

/** All records in an order that depends on nothing but them, then the lines that cannot be read, as they are. */
function* journalText(shards: readonly ReadShard[], plan: Plan): Generator<string> {
  const records = inPlanOrder(
    shards.flatMap(({ attempts }) => attempts),
    plan,
  );
  for (let at = 0; at < records.length; at += LINES_AT_ONCE) {
    yield records
      .slice(at, at + LINES_AT_ONCE)
      .map(encodeLine)
      .join('');
  }
  for (const { damaged } of shards) for (const text of damaged) yield `${text}\n`;
}

/**
 * Records by repetition, scenario and submission, as a plan has its runs, then by key and attempt. Of records of one
 * attempt, the earlier stays the earlier: it counts.
 */
export function inPlanOrder(records: readonly RunRecord[], plan: Plan): RunRecord[] {
  const scenarios = new Map(plan.scenarios.map(({ id }, at) => [id, at]));
  const submissions = new Map(plan.submissions.map(({ name }, at) => [name, at]));
  const place = (known: ReadonlyMap<string, number>, name: string) => known.get(name) ?? known.size;
  return records.toSorted(
    (a, b) =>
      a.index - b.index ||
      place(scenarios, a.scenario) - place(scenarios, b.scenario) ||
      place(submissions, a.submission.name) - place(submissions, b.submission.name) ||
      compareText(a.key, b.key) ||
      a.attempt - b.attempt,
  );
}

/** Runs belong to one shard each; of a build that failed, the log of the first shard stays. Links are left out. */
async function copyEvidence(directory: string, draft: string): Promise<void> {
  const folder = join(directory, EVIDENCE_FOLDER);
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  await cp(folder, join(draft, EVIDENCE_FOLDER), {
    recursive: true,
    force: false,
    mode: constants.COPYFILE_FICLONE,
    filter(source) {
      const entry = lstatSync(source);
      return entry.isFile() || entry.isDirectory();
    },
  });
}
