/**
 * One grader a directory. The lock is a file that names its holder; a holder that is gone has lost it.
 * It keeps two gradings apart, not two people with bad intentions.
 */

import { randomUUID } from 'node:crypto';
import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { inspectProcess, readTextIfPresent, UsageError } from '../../harness/index.js';

export const LOCK_FILE = 'grading.lock';

/** Each failed try means that another process moved; after so many something else is wrong. */
const TRIES = 100;

const LIMIT_BYTES = 64 * 1024;

const HOLDER = z.object({
  /** Tells this taking of the lock from every other. */
  token: z.string(),
  pid: z.int().min(1),
  /** Where the system tells it: see the harness. */
  startTicks: z.string().exactOptional(),
  host: z.string(),
  /** When the lock was taken; ISO 8601, UTC. */
  since: z.string(),
});

type Holder = z.infer<typeof HOLDER>;

export interface Lock {
  /** Gives the lock up; a second call does nothing. It also happens when the process exits. */
  release(): void;
}

/**
 * Takes the lock of an existing directory, over from a dead process if need be.
 *
 * @throws UsageError when a living process holds it, or one on another machine, of which no process here
 * can tell whether it lives.
 */
export function acquireLock(dir: string): Lock {
  const file = join(dir, LOCK_FILE);
  const me = describeMyself();
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (create(file, me)) return heldLock(file, me);
    const text = read(file);
    if (text === undefined) continue;
    const holder = parseHolder(text);
    if (holder !== undefined && mayBeAlive(holder)) throw inUse(dir, file, holder);
    removeStale(file, text);
  }
  throw new Error(`could not take the lock ${file}: other processes keep taking it`);
}

/** Who is at work in a directory. */
export type LockHolder = Pick<Holder, 'pid' | 'host' | 'since'> & {
  /** False where it is on another machine, so that it may be gone. */
  isKnownToLive: boolean;
};

/** The process that holds the lock of this directory; undefined if none does, or if it is gone. Nothing is written. */
export function lockHolder(dir: string): LockHolder | undefined {
  const text = read(join(dir, LOCK_FILE));
  const holder = text === undefined ? undefined : parseHolder(text);
  if (holder === undefined || !mayBeAlive(holder)) return undefined;
  const { pid, host, since } = holder;
  return { pid, host, since, isKnownToLive: host === hostname() };
}

/** @throws UsageError when a living process may hold the lock of this directory. Nothing is written. */
export function assertNotLocked(dir: string): void {
  const file = join(dir, LOCK_FILE);
  const text = read(file);
  const holder = text === undefined ? undefined : parseHolder(text);
  if (holder !== undefined && mayBeAlive(holder)) throw inUse(dir, file, holder);
}

function describeMyself(): Holder {
  const state = inspectProcess(process.pid);
  return {
    token: randomUUID(),
    pid: process.pid,
    ...(state.kind === 'running' && state.startTicks ? { startTicks: state.startTicks } : {}),
    host: hostname(),
    since: new Date().toISOString(),
  };
}

/** The file is written first and linked then: the lock appears with its content, so no process reads half of it. */
function create(file: string, me: Holder): boolean {
  const draft = `${file}.${me.token}`;
  writeFileSync(draft, JSON.stringify(me));
  try {
    return linkIfFree(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function linkIfFree(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function mayBeAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  const state = inspectProcess(holder.pid);
  if (state.kind === 'gone') return false;
  const comparable = state.startTicks !== undefined && holder.startTicks !== undefined;
  return !comparable || state.startTicks === holder.startTicks;
}

/**
 * Removes the lock file if it still holds the stale text. Two processes may find the same stale lock;
 * the slower one must not remove the faster one's new lock. So the file is moved aside, looked at
 * again, and put back if it is not the one that was stale.
 */
export function removeStale(file: string, staleText: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== staleText) linkIfFree(aside, file);
  rmSync(aside, { force: true });
}

function heldLock(file: string, me: Holder): Lock {
  const release = () => {
    process.removeListener('exit', release);
    const text = read(file);
    if (text !== undefined && parseHolder(text)?.token === me.token) rmSync(file, { force: true });
  };
  process.once('exit', release);
  return { release };
}

function read(file: string): string | undefined {
  const hint = `delete ${file} if no other pblab works on that directory`;
  return readTextIfPresent(file, { limitBytes: LIMIT_BYTES, called: 'the lock', hint });
}

/** A lock that cannot be read was not written by a grader that lives: those write whole ones. */
function parseHolder(text: string): Holder | undefined {
  try {
    return HOLDER.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function inUse(dir: string, file: string, holder: Holder): UsageError {
  const elsewhere = holder.host === hostname() ? '' : ` on ${holder.host}`;
  const remove = elsewhere === '' ? '' : `, or delete ${file} if that one is gone`;
  return new UsageError(
    `another pblab (pid ${holder.pid}${elsewhere}, started ${holder.since}) is grading into ${dir}`,
    { hint: `wait for it or choose another --out${remove}` },
  );
}
