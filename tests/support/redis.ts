/** A real Redis for tests: on a port of its own, with its files in a directory of its own, killed and started again at will. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './eventually.js';

/** Why tests that need it are skipped, as a clause. */
export const NO_REDIS = 'there is no redis-server on the PATH';

export interface RedisServer {
  /** `redis://127.0.0.1:PORT`. */
  readonly address: string;
  readonly port: number;
  /** For what a test itself asks it. */
  readonly client: Redis;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again, on the same port with the same files; resolves when it answers. */
  start(): Promise<void>;
  /** Ends it, and removes its files. */
  stop(): Promise<void>;
}

export interface RedisChoice {
  /** Whether it still has what it held when it is started again. */
  isDurable?: boolean;
  /** Further words of its command line; `directory` is that of its files. */
  words?: (directory: string) => string[];
}

export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0;
}

/** Starts one, which has to be stopped. */
export async function startRedis({
  isDurable = false,
  words = () => [],
}: RedisChoice = {}): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'pblab-redis-'));
  const port = await freePort();
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
  const durable = isDurable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
  const client = new Redis({ port, maxRetriesPerRequest: null, retryStrategy: () => 20 });
  // It is away while it is killed.
  client.on('error', () => {});
  let child: ChildProcess | undefined;
  const server: RedisServer = {
    address: `redis://127.0.0.1:${port}`,
    port,
    client,
    async kill() {
      await ended(child, 'SIGKILL');
    },
    async start() {
      child = spawn('redis-server', [...args, ...durable, ...words(directory)], {
        stdio: 'ignore',
      });
      const started = child;
      await eventually('Redis to listen', () => {
        if (started.exitCode !== null) throw new Error('redis-server does not start');
        return isListening(port);
      });
      await client.ping();
    },
    async stop() {
      client.disconnect();
      await ended(child, 'SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
