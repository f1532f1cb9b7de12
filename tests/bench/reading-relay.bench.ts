/**
 * What it costs a call of net/rpc that the relay reads it, arguments and result included, against a relay
 * that takes a connection for one call and reads nothing. Caller and callee are processes of their own.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectionFraming } from '../../harness/network/framing/connection.js';
import type { Framing } from '../../harness/network/framing/framing.js';
import { netRpc } from '../../harness/network/framing/net-rpc.js';
import { createNetwork, type Network } from '../../harness/network/network.js';
import { randomFrom } from '../../harness/ground/seed.js';
import { recordedSession } from '../harness/network/framing/recordings.js';
import { summarise, type BenchResult } from './bench.js';
import { callInTurn, startServer, type Quantiles } from './fixtures/calls.js';
import { inScratch } from './fixtures/scratch.js';

/** The first round warms up and is not counted. */
const ROUNDS = 6;
const CALLS = 3000;

export function bench(): Promise<BenchResult[]> {
  const { requests, replies } = recordedSession('one call');
  return inScratch(async (directory) => {
    const calleePath = join(directory, 'callee');
    const server = await startServer(calleePath, replies);
    const relays = [connectionFraming, netRpc].map((framing) => relay(directory, framing));
    try {
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const paths = [pathIn(directory, connectionFraming), pathIn(directory, netRpc)] as const;
        const [unread, read] = await callInTurn(paths, CALLS, requests);
        rounds.push({ unread, read });
      }
      return report(rounds.slice(1));
    } finally {
      for (const network of relays) network.close();
      await server.stop();
    }
  });
}

type Round = { unread: Quantiles; read: Quantiles };

function pathIn(directory: string, { name }: Framing): string {
  return join(directory, name, 'callee');
}

/** A relay that looks at all that it can read. */
function relay(directory: string, framing: Framing): Network {
  mkdirSync(join(directory, framing.name));
  const network = createNetwork({
    framing,
    random: randomFrom('bench'),
    now: () => performance.now(),
    onFault: () => {},
    operationOf: () => undefined,
    onDelivered: (_from, _to, { args }) => void args,
    onReplied: ({ answered }) => void answered.result,
  });
  network.addLink({
    from: framing.name,
    to: 'callee',
    relayPath: pathIn(directory, framing),
    calleePath: join(directory, 'callee'),
  });
  network.setUp('callee', true);
  return network;
}

function report(rounds: readonly Round[]): BenchResult[] {
  const row = (name: string, figure: (round: Round) => number, note: string) =>
    summarise(name, 'ms', rounds.map(figure), note);
  return [
    row('call through a relay that reads nothing, p50', ({ unread }) => unread.p50, ''),
    row('call through a relay that reads nothing, p99', ({ unread }) => unread.p99, ''),
    row('call through a relay that reads, p50', ({ read }) => read.p50, ''),
    row('call through a relay that reads, p99', ({ read }) => read.p99, ''),
    row(
      'added by reading, p50',
      ({ unread, read }) => read.p50 - unread.p50,
      `${CALLS} calls a round`,
    ),
    row('added by reading, p99', ({ unread, read }) => read.p99 - unread.p99, 'bound 0.3 ms'),
  ];
}
