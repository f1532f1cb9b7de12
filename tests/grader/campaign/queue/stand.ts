/** A grading over a queue, all of it real processes: the coordinator and agents, which can be killed and started again. */

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { foldRecords } from '../../../../grader/campaign/fold.js';
import { JOURNAL_FILE, readRecords } from '../../../../grader/campaign/journal/journal.js';
import { MAX_ATTEMPTS } from '../../../../grader/campaign/scheduler.js';
import type { Plan } from '../../../../grader/plan/plan.js';
import { inOrder, plannedCells } from '../../../../grader/plan/run-cells.js';
import type { RunRecord } from '../../../../harness/index.js';
import type { RedisServer } from '../../../support/redis.js';
import { madeUpPlan, madeUpRecord, type Size } from './made-up-runs.js';
import type { AgentChoice } from './made-up-workers.js';
import type { CoordinatorChoice } from './programs/coordinator.js';

/** How long a grading of a test may take, in ms. */
const PATIENCE_MS = 150_000;

/** A program of this folder. */
export interface Running {
  readonly child: ChildProcess;
  /** To its exit code or the name of the signal that ended it. */
  readonly ended: Promise<number | string | null>;
  readonly hasEnded: boolean;
  /** All it has written by now. */
  readonly stdout: string;
  readonly stderr: string;
  /** `kill -9`, unless said otherwise; resolves when it has ended. */
  end(signal?: NodeJS.Signals): Promise<number | string | null>;
}

export function startProgram(
  name: 'agent' | 'coordinator',
  choice: object,
  env: NodeJS.ProcessEnv = {},
): Running {
  const file = join(import.meta.dirname, 'programs', `${name}.js`);
  const child = spawn(process.execPath, [file, JSON.stringify(choice)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  let hasEnded = false;
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => {
      hasEnded = true;
      resolve(code ?? signal);
    });
  });
  return {
    child,
    ended,
    get hasEnded() {
      return hasEnded;
    },
    get stdout() {
      return texts.stdout;
    },
    get stderr() {
      return texts.stderr;
    },
    end(signal = 'SIGKILL') {
      child.kill(signal);
      return ended;
    },
  };
}

export interface StandOptions {
  address: string;
  /** Where the grading is put. */
  directory: string;
  size: Size;
  leaseMs?: number;
  /** Further variables of the programs' environment. */
  env?: NodeJS.ProcessEnv;
}

export interface Stand {
  readonly plan: Plan;
  /** The directory of the grading. */
  readonly grading: string;
  /** The coordinator by now, once it was started. */
  readonly coordinator: Running;
  /** The agents by name. */
  readonly agents: ReadonlyMap<string, Running>;
  startCoordinator(): Running;
  /** Starts an agent, again if there was one of this name. */
  startAgent(name: string, choice?: Partial<AgentChoice>): Running;
  /** Resolves when the coordinator has ended, to its exit code; rejects with what everybody said when it takes too long. */
  finished(): Promise<number | string | null>;
  records(): RunRecord[];
  /** Ends all that was started and has not ended. */
  close(): Promise<void>;
}

export async function openStand(options: StandOptions): Promise<Stand> {
  const { address, directory, size, leaseMs = 1000, env } = options;
  const plan = await madeUpPlan(size);
  const planFile = join(directory, 'plan.json');
  writeFileSync(planFile, JSON.stringify(plan));
  const grading = join(directory, 'grading');
  const agents = new Map<string, Running>();
  const all: Running[] = [];
  let coordinator: Running | undefined;
  const kept = (one: Running) => {
    all.push(one);
    return one;
  };
  const stand: Stand = {
    plan,
    grading,
    agents,
    get coordinator() {
      if (coordinator === undefined) throw new Error('the coordinator was not started');
      return coordinator;
    },
    startCoordinator() {
      const choice: CoordinatorChoice = { directory: grading, plan: planFile, address, leaseMs };
      coordinator = kept(startProgram('coordinator', choice, env));
      return coordinator;
    },
    startAgent(name, choice = {}) {
      const one = kept(startProgram('agent', { address, name, jobs: 4, ...choice }, env));
      agents.set(name, one);
      return one;
    },
    async finished() {
      const late = pause(PATIENCE_MS, 'late' as const, { ref: false });
      const ending = await Promise.race([stand.coordinator.ended, late]);
      if (ending === 'late') throw new Error(`the grading takes too long\n${saidBy(all)}`);
      return ending;
    },
    records: () => [...readRecords(join(grading, JOURNAL_FILE))],
    async close() {
      await Promise.all(all.filter(({ hasEnded }) => !hasEnded).map((one) => one.end()));
    },
  };
  return stand;
}

function saidBy(all: readonly Running[]): string {
  return all.map(({ child, stderr }) => `${child.spawnargs.at(-1)}:\n${stderr}`).join('\n');
}

/** What is wrong with a grading that has ended, one sentence each. */
export function complaints({ plan, grading, records }: Stand): string[] {
  const found: string[] = [];
  if (!existsSync(join(grading, 'ended'))) found.push('the grading has not ended');
  const attempts = new Set<string>();
  const lines = records().filter(({ submission }) => submission.name !== 'control');
  for (const { key, attempt } of lines) {
    const name = `${key}#${attempt}`;
    if (attempts.has(name)) found.push(`${name} has two records`);
    attempts.add(name);
  }
  const counted = new Map(foldRecords(lines).map((record) => [record.key, record]));
  for (const expected of expectedRecords(plan)) {
    const { key } = expected;
    const record = counted.get(key);
    counted.delete(key);
    const is = comparable(record);
    if (is !== comparable(expected)) found.push(`${key} is ${is}, not ${comparable(expected)}`);
    const { artifacts } = record ?? {};
    if (artifacts !== undefined && !hasStory(join(grading, artifacts), key)) {
      found.push(`the evidence of ${key} is not there`);
    }
  }
  for (const key of counted.keys()) found.push(`${key} was not planned`);
  return found;
}

function hasStory(folder: string, key: string): boolean {
  const file = join(folder, 'story.txt');
  return existsSync(file) && readFileSync(file, 'utf8') === `the story of ${key}\n`;
}

/** How the runs of the plan end where nothing goes wrong, one record each. */
export function expectedRecords(plan: Plan): RunRecord[] {
  return [...inOrder(plannedCells(plan))].map((run) => {
    for (let attempt = 0; ; attempt += 1) {
      const record = madeUpRecord({ ...run, attempt });
      if (record.verdict !== 'unknown' || attempt + 1 === MAX_ATTEMPTS) return record;
    }
  });
}

function comparable(record: RunRecord | undefined): string {
  if (record === undefined) return 'missing';
  return `${record.verdict} in attempt ${record.attempt}${record.cause === undefined ? '' : ` (${record.cause})`}`;
}

/** Keys of a campaign that are still in the queue; settings of lists, and checks of idle agents, are no part of it. */
export async function leftOf({ client }: RedisServer): Promise<string[]> {
  const keys = await client.keys('pb:*');
  return keys.filter(
    (key) =>
      !key.startsWith('pb:hosts:') && !/^pb:(?:runs[^:]*:stalled-check|[^:]+:meta)$/.test(key),
  );
}
