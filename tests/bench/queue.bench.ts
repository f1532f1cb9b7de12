/**
 * Whether a grading over a queue loses or doubles a run when its parts are killed again and again: `kill -9` of agents, of
 * the coordinator, and of a Redis with and without a file of what it holds, 25 times each. Runs are made up and take
 * 20 ms; all else is real. It takes some minutes, so it runs only when named.
 */

import { afterShares, goOnAfterKill, restartAfterKill } from '../grader/campaign/queue/kills.js';
import { complaints, leftOf, openStand, type Stand } from '../grader/campaign/queue/stand.js';
import { eventually } from '../support/eventually.js';
import { startRedis, type RedisServer } from '../support/redis.js';
import { summarise, type BenchResult } from './bench.js';
import { inScratch } from './fixtures/scratch.js';

export const onlyWhenNamed = true;

const KILLS = 25;
const SIZE = { submissions: 10, scenarios: 4, runs: 60 };
const LEASE_MS = 1000;

interface Fault {
  name: string;
  /** Whether Redis has a file of what it holds. */
  isDurable: boolean;
  /** Kills and starts again; gives how long it took until the work went on, in ms. */
  kill: (stand: Stand, redis: RedisServer) => Promise<number>;
}

const FAULTS: Fault[] = [
  {
    name: 'agent, until another has begun its run',
    isDurable: false,
    kill: (stand) => restartAfterKill(stand),
  },
  {
    name: 'coordinator, until the next record',
    isDurable: false,
    kill: (stand) => untilNextRecord(stand, () => goOnAfterKill(stand)),
  },
  { name: 'Redis with AOF, until the next record', isDurable: true, kill: killRedis },
  { name: 'Redis that loses all, until the next record', isDurable: false, kill: killRedis },
];

export async function bench(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const fault of FAULTS) results.push(await measure(fault));
  return results;
}

function measure({ name, isDurable, kill }: Fault): Promise<BenchResult> {
  return inScratch(async (directory) => {
    const redis = await startRedis({ isDurable });
    const { address } = redis;
    const stand = await openStand({ address, directory, size: SIZE, leaseMs: LEASE_MS });
    try {
      stand.startCoordinator();
      for (const agent of ['a', 'b', 'c']) stand.startAgent(agent);
      const figures = await afterShares(stand, KILLS, () => kill(stand, redis));
      const code = await stand.finished();
      const wrong = complaints(stand);
      const left = await leftOf(redis);
      const note =
        wrong.length === 0 && code === 0
          ? `${stand.records().length} records, 0 lost, 0 doubled, the same decisions; ${left.length} keys left`
          : `exit code ${code}; WRONG: ${wrong.slice(0, 3).join('; ')}`;
      return summarise(`kill -9 of ${name}`, 'ms', figures, note);
    } finally {
      await stand.close();
      await redis.stop();
    }
  });
}

function killRedis(stand: Stand, redis: RedisServer): Promise<number> {
  return untilNextRecord(stand, async () => {
    await redis.kill();
    await redis.start();
  });
}

async function untilNextRecord(stand: Stand, work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  const before = stand.records().length;
  await eventually(
    'another record',
    () => stand.coordinator.hasEnded || stand.records().length > before,
  );
  return performance.now() - startMs;
}
