/**
 * Submissions on their way to agents: archives in the list `sources`, in parts, under the digest of what they hold. So
 * each agent gets and builds a submission once, and the queue holds it once.
 */

import { createHash } from 'node:crypto';
import { chmod, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import {
  packSource,
  resolveSubmission,
  unpackSource,
  UsageError,
  type PackedSource,
  type Submission,
  type World,
} from '../../../harness/index.js';
import { submissionOf } from '../../plan/preparation.js';
import { LISTS, type OrderMessage, type Source } from './queue-messages.js';
import type { Engine } from './engine.js';

/** Characters of an archive in one job. */
const PART_LENGTH = 4 * 1024 ** 2;

/** How often it is tried again to get or to put what the queue has lost or refuses, in ms. */
const RETRY_MS = 500;

const PART = z.object({ text: z.string() });

/** A submission cannot be run on this machine, for a reason that is its own or that of the machine. */
export class Declined extends Error {
  override readonly name = 'Declined';
}

/** For a coordinator. */
export interface SourceShelf {
  /** Where agents get the submission with this spec from; puts it there once. */
  sourceOf(spec: string): Promise<Source>;
  /** Puts all of it there again, after the queue has lost what it held. */
  restore(): Promise<void>;
}

/** Until the signal is aborted, what the queue refuses is tried again. */
export function openShelf(engine: Engine, signal: AbortSignal): SourceShelf {
  const list = engine.list(LISTS.sources);
  const shelved = new Map<string, Promise<Source>>();
  const put = async (jobId: string, text: string): Promise<void> => {
    while (!signal.aborted) {
      try {
        await list.add('part', { text }, { jobId });
        return;
      } catch {
        // The coordinator reports it, since its orders are refused as well.
        await pause(RETRY_MS, undefined, { signal }).catch(() => {});
      }
    }
  };
  const shelve = async (spec: string): Promise<Source> => {
    const packed = await packSource(spec);
    if (packed.kind === 'kit') return packed;
    const text = packed.archive.toString('base64');
    const id = `s${createHash('sha256').update(text).digest('hex').slice(0, 31)}`;
    const parts = Math.max(1, Math.ceil(text.length / PART_LENGTH));
    for (let part = 0; part < parts; part += 1) {
      const slice = text.slice(part * PART_LENGTH, (part + 1) * PART_LENGTH);
      await put(partId(id, part), slice);
    }
    const { archive: _, ...rest } = packed;
    return { ...rest, id, parts };
  };
  return {
    sourceOf(spec) {
      const known = shelved.get(spec) ?? shelve(spec);
      shelved.set(spec, known);
      return known;
    },
    async restore() {
      for (const spec of shelved.keys()) await shelve(spec);
    },
  };
}

/** The part of an order that tells which submission it is for. */
type Sourced = Pick<OrderMessage, 'source' | 'submission'> & {
  run: Pick<OrderMessage['run'], 'world'>;
};

/** For an agent: gives the submission of an order, built on this machine, with its files below `directory`. */
export function openSources(
  engine: Engine,
  directory: string,
  signal: AbortSignal,
): (order: Sourced) => Promise<Submission> {
  const list = engine.list(LISTS.sources);
  const resolved = new Map<string, Promise<Submission>>();
  const textOf = async (id: string): Promise<string> => {
    for (;;) {
      const job = await list.getJob(id);
      if (job !== undefined) return PART.parse(job.data).text;
      // Where the queue has lost it, the coordinator puts it there again.
      await pause(RETRY_MS, undefined, { signal });
    }
  };
  const fetched = async (source: Source): Promise<PackedSource> => {
    if (source.kind === 'kit') return source;
    const { id, parts, ...rest } = source;
    const texts: string[] = [];
    for (let part = 0; part < parts; part += 1) texts.push(await textOf(partId(id, part)));
    return { ...rest, archive: Buffer.from(texts.join(''), 'base64') };
  };
  const build = async ({ source, submission, run }: Sourced): Promise<Submission> => {
    const folder = await mkdtemp(join(directory, 'source-'));
    // Builds run as another user, who has to get through.
    await chmod(folder, 0o755);
    const spec = await unpackSource(await fetched(source), folder);
    return readyToStart(spec, run.world, submission.digest);
  };
  return (order) => {
    const key = JSON.stringify([order.source, order.submission.digest]);
    const known = resolved.get(key) ?? build(order);
    resolved.set(key, known);
    // Something passing, such as a full disk, may not be there the next time.
    known.catch((error: unknown) => {
      if (!(error instanceof Declined)) resolved.delete(key);
    });
    return known;
  };
}

/** @throws Declined where it is not what the coordinator has, or cannot be built as it was built there. */
async function readyToStart(
  spec: string,
  world: World | undefined,
  digest: string,
): Promise<Submission> {
  const result = await resolveSubmission(spec, { world }).catch((error: unknown) => {
    throw error instanceof UsageError ? new Declined(error.message) : error;
  });
  const { digest: ours } = submissionOf(result);
  if (ours !== digest) {
    throw new Declined(
      `a submission is not the same here: got digest ${ours}, expected ${digest}; is the version of Go another one?`,
    );
  }
  if (result.kind === 'ready') return result.submission;
  throw new Declined(`a submission cannot be built here: ${result.failure.reason}`);
}

function partId(id: string, part: number): string {
  return `${id}-${part}`;
}
