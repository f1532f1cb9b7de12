/** What a campaign needs of a queue: its pool, and what becomes known of hosts, in the directory of the campaign. */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { currentIsolation, invocation, shellWord, type RunRecord } from '../../../harness/index.js';
import { JOURNAL_FILE } from '../journal/journal.js';
import { voidRecords } from '../journal/void-records.js';
import { kitVersion, planScenario } from '../../plan/preparation.js';
import type { Plan } from '../../plan/plan.js';
import { count } from '../../text/count.js';
import { say } from '../../text/message.js';
import { shownAddress } from './engine.js';
import { VOIDED_FOLDER, voidedFile, voidedHosts } from './host-facts.js';
import { readHosts, writeHosts, type KnownHost } from './hosts-file.js';
import { HOST } from './queue-messages.js';
import { openQueuePool, type QueuePool, type QueueState } from './queue-pool.js';

/** How a campaign uses a queue. */
export interface QueueChoice {
  /** Such as `redis://HOST:PORT`. */
  address: string;
  /** An agent that is silent for so long has lost its runs, in ms; default `LEASE_MS`. */
  leaseMs?: number;
}

const LEASE_MS = 5000;

/** Without an agent for so long, it is said how to start one, in ms. */
const LONELY_MS = 5000;

/** The pool of a queue, and what is known of its agents. */
export interface Coordination {
  pool: QueuePool;
  /** Agents that take runs, such as `3 hosts, 12 slots`. */
  capacity: () => string;
}

/**
 * Opens the pool of a queue for the runs of a plan, some of which may be in the journal already. If there is no agent for
 * some seconds, it says once how to start one.
 */
export async function coordinate(
  { address, leaseMs = LEASE_MS }: QueueChoice,
  directory: string,
  plan: Plan,
  recorded: readonly RunRecord[],
  tell: (line: string) => void = say,
): Promise<Coordination> {
  const scenarios = plan.scenarios.map(({ id }) => [id, planScenario(id).version ?? ''] as const);
  const late = readHosts(directory)?.late ?? { same: 0, other: 0 };
  const lonely = adviseIfLonely(address, tell);
  const unsafe = unsafeHosts(directory);
  let working: readonly KnownHost[] = [];
  const pool = await openQueuePool({
    address,
    campaign: {
      id: campaignId(plan),
      kit: kitVersion(),
      scenarios: Object.fromEntries(scenarios),
      isolation: await currentIsolation(),
      leaseMs,
    },
    control: plan.control?.submission.name,
    recorded,
    unsafe,
    keepState: (state) => {
      working = workingHosts(state.hosts);
      lonely(working.length);
      return keepHosts(directory, withEarlier(state, late), unsafe);
    },
    say: tell,
  });
  return { pool, capacity: () => describeCapacity(working) };
}

/** Hosts whose agents live and take runs. */
function workingHosts(hosts: readonly KnownHost[]): readonly KnownHost[] {
  return hosts.filter(
    ({ isLive, refuses, unsafe }) => isLive && refuses === undefined && unsafe === undefined,
  );
}

function describeCapacity(working: readonly KnownHost[]): string {
  const slots = working.reduce((sum, one) => sum + one.slots, 0);
  return `${count(working.length, 'host')}, ${count(slots, 'slot')}`;
}

/** Gets the number of agents again and again. */
function adviseIfLonely(address: string, tell: (line: string) => void): (agents: number) => void {
  const sinceMs = performance.now();
  let isOver = false;
  return (agents) => {
    if (agents > 0) isOver = true;
    if (isOver || performance.now() - sinceMs < LONELY_MS) return;
    isOver = true;
    const command = `${invocation()} work --queue ${shellWord(shownAddress(address))}`;
    tell(`no agent takes runs yet; start one on each machine with: ${command}`);
  };
}

/** With the late results that were counted before the campaign was resumed. */
function withEarlier(state: QueueState, { same, other }: QueueState['late']): QueueState {
  return { ...state, late: { same: state.late.same + same, other: state.late.other + other } };
}

/** The hosts on which a control run has failed, with the reason as a clause. */
export function unsafeIn(
  { control }: Plan,
  records: readonly RunRecord[],
): ReadonlyMap<string, string> {
  const failed = records.flatMap(({ verdict, host, submission, scenario, reason }) => {
    const isControl = control !== undefined && submission.name === control.submission.name;
    if (!isControl || verdict !== 'fail' || host === undefined) return [];
    return [[host, `the control run of ${scenario} failed there: ${reason}`] as const];
  });
  return new Map(failed.toReversed());
}

/** Takes the records of a host out of the journal, which nobody has open. */
export async function voidHost(directory: string, host: string): Promise<void> {
  const taken = await voidRecords(
    join(directory, JOURNAL_FILE),
    voidedFile(directory, host),
    (record) => record.host === host,
  );
  if (taken.length === 0) return;
  say(
    `${host}: ${count(taken.length, 'record')} in ${VOIDED_FOLDER}/${host}.jsonl, to be done again elsewhere`,
  );
}

/** Hosts of which nothing counts, with the reason. */
export function unsafeHosts(directory: string): Map<string, string> {
  const names = voidedHosts(directory).filter((name) => HOST.shape.name.safeParse(name).success);
  const unsafe = new Map(names.map((name) => [name, 'a control run failed there']));
  for (const { name, unsafe: why } of readHosts(directory)?.hosts ?? []) {
    if (why !== undefined) unsafe.set(name, why);
  }
  return unsafe;
}

/** Hosts that have not been seen since it was resumed stay. */
async function keepHosts(
  directory: string,
  { hosts, ...state }: QueueState,
  unsafe: ReadonlyMap<string, string>,
): Promise<void> {
  const seen = new Set(hosts.map(({ name }) => name));
  const earlier = readHosts(directory)?.hosts.filter(({ name }) => !seen.has(name)) ?? [];
  await writeHosts(directory, {
    format: 'pblab/hosts/1',
    at: new Date().toISOString(),
    ...state,
    hosts: [
      ...earlier.map((one) => {
        const why = unsafe.get(one.name);
        return { ...one, isLive: false, ...(why === undefined ? {} : { unsafe: why }) };
      }),
      ...hosts,
    ],
  });
}

/** The same when the campaign is resumed, whatever was revised. */
function campaignId({ createdAt, seed }: Plan): string {
  return createHash('sha256').update(`${createdAt}\n${seed}`).digest('hex').slice(0, 16);
}
