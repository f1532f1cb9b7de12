/** A real PostgreSQL for tests, in a directory and on a port of its own. */

import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { freePort } from './redis.js';

/** Where Debian has the programs of its versions. */
const VERSIONS = '/usr/lib/postgresql';

/** It refuses to run as root, so then it runs as the user that owns nothing. */
const NOBODY = 65_534;

export interface PostgresServer {
  /** `postgres://pblab@127.0.0.1:PORT/postgres`. */
  readonly address: string;
  stop(): Promise<void>;
}

/** The folder of its programs; undefined where there are none. */
export function findPostgres(): string | undefined {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).toSorted().toReversed() : [];
  const folders = versions.map((version) => join(VERSIONS, version, 'bin'));
  return [...folders, ...(process.env['PATH'] ?? '').split(':')].find((folder) =>
    ['initdb', 'postgres', 'pg_isready'].every((name) => existsSync(join(folder, name))),
  );
}

export async function startPostgres(folder: string): Promise<PostgresServer> {
  const directory = mkdtempSync(join(tmpdir(), 'pblab-postgres-'));
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid !== undefined) chownSync(directory, user.uid, user.gid);
  const port = await freePort();
  const made = spawnSync(
    join(folder, 'initdb'),
    ['-D', join(directory, 'data'), '-U', 'pblab', '-A', 'trust', '--no-sync'],
    { ...user, cwd: directory, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  const words = ['-D', join(directory, 'data'), '-p', `${port}`, '-k', directory];
  const child = spawn(join(folder, 'postgres'), [...words, '-h', '127.0.0.1', '-F'], {
    ...user,
    cwd: directory,
    stdio: 'ignore',
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  await eventually('PostgreSQL to answer', () => {
    const ready = ['-h', '127.0.0.1', '-p', `${port}`, '-q'];
    return spawnSync(join(folder, 'pg_isready'), ready).status === 0;
  });
  return {
    address: `postgres://pblab@127.0.0.1:${port}/postgres`,
    async stop() {
      // Without waiting for those that are connected.
      child.kill('SIGINT');
      await gone;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
