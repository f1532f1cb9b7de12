/**
 * The queue between a coordinator and its agents: BullMQ, on Redis or on Postgres. It is an optional dependency, loaded
 * when a queue is asked for. All that the rest of this folder knows of it is `Engine`.
 */

import { isIP } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { UsageError } from '../../../harness/index.js';
import { isInTime } from '../../ground/in-time.js';
import { reasonOf } from '../../ground/reason-of.js';

/** Before all keys, so that an agent's user can be confined to them. */
const PREFIX = 'pb';

/** How long the first connection may take, in ms; later ones are waited for as long as it takes. */
const FIRST_CONNECTION_MS = 10_000;

/** How long a connection that is closed by force may take for it, in ms; a server that is away would never answer. */
const CLOSE_MS = 500;

/** How long after a lost connection a taker looks again, in ms. */
const RETRY_MS = 1000;

/** How often a taker that closes looks whether its work is done, in ms. */
const POLL_MS = 10;

/** The longest that a timer can wait, in ms. */
const FOREVER_MS = 2 ** 31 - 1;

const PROTOCOLS = ['redis:', 'rediss:', 'postgres:', 'postgresql:'];

/** A list of jobs that programs on several machines take from. */
export interface JobList {
  /** Adds a job; one whose id is there already is not added again. */
  add(name: string, data: object, options: { jobId: string }): Promise<unknown>;
  getJob(id: string): Promise<ListedJob | undefined>;
  /** `unknown` for a job that is not there. */
  getJobState(id: string): Promise<string>;
  getJobs(states: ('waiting' | 'prioritized' | 'delayed')[]): Promise<(ListedJob | undefined)[]>;
  remove(id: string): Promise<unknown>;
  /** Lets jobs be taken again, where a program was killed while it removed the list. */
  resume(): Promise<void>;
  /** Removes the list and all in it. */
  obliterate(options: { force: boolean }): Promise<void>;
}

export interface ListedJob {
  readonly data: unknown;
  /** Why it has failed, if it has. */
  readonly failedReason?: string;
  updateData(data: object): Promise<void>;
}

/** Takes jobs from a list; how many at once can be changed. */
export interface Taker {
  concurrency: number;
  /** Waits for work under way unless `force` is true. */
  close(force?: boolean): Promise<void>;
}

/** How a taker takes jobs; times in ms. */
export interface Taking {
  /** Jobs at once. */
  atOnce: number;
  /** A taker that is silent for so long has lost its job, which goes back to the list. */
  leaseMs: number;
  /** How often a job may lose its taker before it counts as failed. */
  losses: number;
}

export interface Engine {
  /** Its address, without a password. */
  readonly address: string;
  list(name: string): JobList;
  /** Takes jobs from a list; `work` gets the data of each. A job is gone when its work is done. */
  taker(name: string, taking: Taking, work: (data: unknown) => Promise<void>): Taker;
  /** Closes the lists and takers that are open; `force` waits neither for work under way nor for a server that is away. */
  close(force?: boolean): Promise<void>;
}

/** The two classes of BullMQ that are used, over either kind of connection. */
interface Backend {
  list(name: string, options: object): Closable & JobList;
  taker(
    name: string,
    work: (job: { data: unknown }) => Promise<void>,
    options: object,
  ): Closable & RawTaker;
}

/** A taker of BullMQ: where its connection is lost, it does not close unless that is forced. */
interface RawTaker extends Taker {
  /** Takes no further jobs; true does not wait for those under way. */
  pause(doesNotWait: boolean): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'completed' | 'failed', listener: () => void): unknown;
}

interface Closable {
  close(force?: boolean): Promise<void>;
  disconnect(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** @throws UsageError for an invalid address, a missing package, or a queue that cannot be reached. */
export async function openEngine(
  address: string,
  firstConnectionMs = FIRST_CONNECTION_MS,
): Promise<Engine> {
  const url = readAddress(address);
  const backend = await load(url);
  const open: Closable[] = [];
  let lastError: Error | undefined;
  let isClosed = false;
  const kept = <T extends Closable>(one: T): T => {
    // Commands wait until a lost connection is back.
    one.on('error', (error) => (lastError = error));
    open.push(one);
    return one;
  };
  const engine: Engine = {
    address: shown(url),
    list: (name) =>
      kept(
        backend.list(name, { defaultJobOptions: { removeOnComplete: true, removeOnFail: false } }),
      ),
    taker(name, taking, work) {
      let atWork = 0;
      const perform = async ({ data }: { data: unknown }) => {
        atWork += 1;
        try {
          await work(data);
        } finally {
          atWork -= 1;
        }
      };
      return gentle(kept(backend.taker(name, perform, optionsOf(taking))), () =>
        isClosed ? 0 : atWork,
      );
    },
    async close(force = false) {
      // A taker that waits for work which waits for a queue that is away.
      isClosed = force;
      await Promise.all(open.splice(0).map((one) => closed(one, force)));
    },
  };
  await assertReachable(engine, firstConnectionMs, () => lastError);
  return engine;
}

/** The same taker; unless it is forced, it closes when its work is done and the queue knows of that. */
function gentle(taker: RawTaker, atWork: () => number): Taker {
  let untold = 0;
  const isUntold = () => untold > 0;
  const told = () => void (untold -= 1);
  taker.on('completed', told);
  taker.on('failed', told);
  const finished = async () => {
    untold = atWork();
    await taker.pause(true);
    while (atWork() > 0) await pause(POLL_MS);
    // The queue may be away, or have given the job to another.
    const giveUpMs = performance.now() + CLOSE_MS;
    while (isUntold() && performance.now() < giveUpMs) await pause(POLL_MS);
  };
  return {
    get concurrency() {
      return taker.concurrency;
    },
    set concurrency(most) {
      taker.concurrency = most;
    },
    async close(force = false) {
      if (!force) await finished();
      await taker.close(true);
    },
  };
}

async function closed(one: Closable, force: boolean): Promise<void> {
  if (await isInTime(one.close(force), force ? CLOSE_MS : FOREVER_MS)) return;
  await isInTime(one.disconnect(), CLOSE_MS);
}

function optionsOf({ atOnce, leaseMs, losses }: Taking) {
  return {
    concurrency: atOnce,
    lockDuration: leaseMs,
    // A job is back in the list at most so long after its lease has ended.
    stalledInterval: Math.min(400, leaseMs / 4),
    maxStalledCount: losses - 1,
    // A closing taker that waits for a job would wait so long, in s.
    drainDelay: 1,
    runRetryDelay: RETRY_MS,
    removeOnComplete: { count: 0 },
  };
}

function readAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && isUsable(url)) return url;
  throw new UsageError('this is not the address of a queue', {
    got: `"${url === undefined ? address : shown(url)}"`,
    expected: 'redis://HOST:PORT, rediss://HOST:PORT with TLS, or postgres://HOST/DATABASE',
  });
}

function isUsable({ protocol, hostname, pathname, username, password }: URL): boolean {
  if (!PROTOCOLS.includes(protocol) || hostname === '') return false;
  const hasDatabase = protocol.startsWith('postgres') || /^\/?\d*$/.test(pathname);
  return hasDatabase && [username, password].every(isEncoded);
}

/** A lone `%` is none of an encoded character. */
function isEncoded(text: string): boolean {
  return !/%(?![\dA-Fa-f]{2})/.test(text);
}

function shown(url: URL): string {
  const copy = new URL(url);
  if (copy.password !== '') copy.password = '...';
  return copy.href;
}

/** An address without its password. */
export function shownAddress(address: string): string {
  return shown(readAddress(address));
}

async function load(url: URL): Promise<Backend> {
  try {
    const bull = await import('bullmq');
    if (url.protocol.startsWith('postgres')) {
      const { Queue, Worker } = bull.withBackend(bull.createPostgresBackend);
      const connection = { connectionString: url.href, migrate: true, schema: PREFIX };
      return {
        list: (name, options) => new Queue<object>(name, { connection, ...options }),
        taker: (name, work, options) => new Worker(name, work, { connection, ...options }),
      };
    }
    const common = { connection: redisConnection(url), prefix: PREFIX };
    return {
      list: (name, options) => new bull.Queue<object>(name, { ...common, ...options }),
      taker: (name, work, options) => new bull.Worker(name, work, { ...common, ...options }),
    };
  } catch (cause) {
    throw new UsageError('the package for queues is not installed', {
      expected: 'bullmq with ioredis, or with pg for Postgres',
      hint: 'install pblab with its optional dependencies: npm ci --include=optional',
      cause,
    });
  }
}

function redisConnection(url: URL): object {
  const part = (text: string) => decodeURIComponent(text);
  // An IPv6 address is in brackets.
  const host = url.hostname.replaceAll(/^\[|\]$/g, '');
  const tls = isIP(host) === 0 ? { servername: host } : {};
  return {
    host,
    port: Number(url.port || 6379),
    ...(url.username === '' ? {} : { username: part(url.username) }),
    ...(url.password === '' ? {} : { password: part(url.password) }),
    ...(url.pathname.length > 1 ? { db: Number(url.pathname.slice(1)) } : {}),
    ...(url.protocol === 'rediss:' ? { tls } : {}),
    // Commands wait for a connection that was lost, however long that takes.
    maxRetriesPerRequest: null,
    retryStrategy: (attempts: number) => Math.min(1000, attempts * 50),
  };
}

async function assertReachable(
  engine: Engine,
  mostMs: number,
  lastError: () => Error | undefined,
): Promise<void> {
  try {
    const answer = engine.list('campaign').getJobState('none');
    if (!(await isInTime(answer, mostMs))) throw lastError() ?? new Error('no answer');
    await answer;
  } catch (cause) {
    await engine.close(true);
    throw new UsageError(`the queue at ${engine.address} cannot be used`, {
      got: reasonOf(cause),
      hint: 'is it running, and may this user use it?',
      cause,
    });
  }
}
