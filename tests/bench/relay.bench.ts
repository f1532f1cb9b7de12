/** What a relay adds to a call: caller, relay and callee are three processes, as in a run. */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { jsonLines } from '../../harness/network/framing/json-lines.js';
import { createNetwork } from '../../harness/network/network.js';
import { randomFrom } from '../../harness/seed.js';
import { summarise, type BenchResult } from './bench.js';
import { inScratch } from './fixtures/scratch.js';

/** The first round warms up and is not counted. */
const ROUNDS = 6;
const CALLS = 3000;

const ECHO_SERVER = join(import.meta.dirname, 'fixtures/echo-server.js');
const CALLER = join(import.meta.dirname, 'fixtures/alternating-caller.js');

export function bench(): Promise<BenchResult[]> {
  return inScratch(async (directory) => {
    const direct = join(directory, 'echo');
    const relayed = join(directory, 'caller', 'echo');
    mkdirSync(join(directory, 'caller'));
    const server = spawn(process.execPath, [ECHO_SERVER, direct], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const network = relay(relayed, direct);
    try {
      await once(server.stdout, 'data');
      network.setUp('echo', true);
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round += 1) rounds.push(await timeRound(direct, relayed));
      return report(rounds.slice(1));
    } finally {
      network.close();
      server.stdin.end();
      await once(server, 'exit');
    }
  });
}

function relay(relayPath: string, calleePath: string) {
  const network = createNetwork({
    framing: jsonLines,
    random: randomFrom('bench'),
    now: () => performance.now(),
    onFault: () => {},
    operationOf: () => undefined,
  });
  network.addLink({ from: 'caller', to: 'echo', relayPath, calleePath });
  return network;
}

/** What the caller prints: times in ms, of direct and of relayed calls. */
const TIMES = z.tuple([z.array(z.number()), z.array(z.number())]);

type Quantiles = { p50: number; p99: number };
type Round = { direct: Quantiles; relayed: Quantiles };

async function timeRound(direct: string, relayed: string): Promise<Round> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [CALLER, direct, relayed, String(CALLS)],
    { maxBuffer: 16 * 1024 * 1024 },
  );
  const [ofDirect, ofRelayed] = TIMES.parse(JSON.parse(stdout));
  return { direct: quantiles(ofDirect), relayed: quantiles(ofRelayed) };
}

function quantiles(times: readonly number[]): Quantiles {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

function report(rounds: readonly Round[]): BenchResult[] {
  const note = `${CALLS} calls a round`;
  const row = (name: string, figure: (round: Round) => number, more = note) =>
    summarise(name, 'ms', rounds.map(figure), more);
  return [
    row('direct call, p50', ({ direct }) => direct.p50),
    row('direct call, p99', ({ direct }) => direct.p99),
    row('relayed call, p50', ({ relayed }) => relayed.p50),
    row('relayed call, p99', ({ relayed }) => relayed.p99),
    row(
      'added by the relay, p50',
      (round) => round.relayed.p50 - round.direct.p50,
      'bound 0.15 ms',
    ),
    row('added by the relay, p99', (round) => round.relayed.p99 - round.direct.p99, 'bound 1 ms'),
  ];
}
