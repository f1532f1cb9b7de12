/** What a relay adds to a call: caller, relay and callee are three processes, as in a run. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { jsonLines } from '../../harness/network/framing/json-lines.js';
import { createNetwork } from '../../harness/network/network.js';
import { randomFrom } from '../../harness/ground/seed.js';
import { summarise, type BenchResult } from './bench.js';
import { callInTurn, startServer, type Quantiles } from './fixtures/calls.js';
import { inScratch } from './fixtures/scratch.js';

/** The first round warms up and is not counted. */
const ROUNDS = 6;
const CALLS = 3000;

export function bench(): Promise<BenchResult[]> {
  return inScratch(async (directory) => {
    const direct = join(directory, 'echo');
    const relayed = join(directory, 'caller', 'echo');
    mkdirSync(join(directory, 'caller'));
    const network = relay(relayed, direct);
    const server = await startServer(direct);
    try {
      network.setUp('echo', true);
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const [ofDirect, ofRelayed] = await callInTurn([direct, relayed], CALLS);
        rounds.push({ direct: ofDirect, relayed: ofRelayed });
      }
      return report(rounds.slice(1));
    } finally {
      network.close();
      await server.stop();
    }
  });
}

type Round = { direct: Quantiles; relayed: Quantiles };

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
