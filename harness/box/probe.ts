/** Finds out how far this machine can keep submissions apart, by really running a program in a box. */

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findGroupPlace, sweepGroups } from '../process/control-groups.js';
import { removeTree } from '../process/remove-tree.js';
import { describeExit, startProgram } from '../process/spawn.js';
import { cacheDirectory, isOpenToAll } from '../ground/cache-directory.js';
import { openBox } from './box.js';
import { findBubblewrap } from './find-bubblewrap.js';
import { noIsolation, type Isolation, type IsolationLevel } from './isolation.js';
import { FOR_A_SERVER } from './limits.js';
import { lastLine } from './not-executed.js';
import { systemCallFilter } from './seccomp/filter.js';
import { hasUsersToGive } from './users.js';

/** The best isolation that is not above `wanted`; any if it is absent. */
export async function findIsolation(wanted?: IsolationLevel): Promise<Isolation> {
  if (wanted === 'none') return noIsolation();
  const cgroup = controlGroups();
  const weak: Isolation = { level: 'weak', seccomp: false, ...cgroup };
  if (wanted === 'weak') {
    const problem = await works(weak);
    return problem === undefined ? weak : noIsolation(problem);
  }
  const bubblewrap = findBubblewrap();
  if (bubblewrap === undefined) return noIsolation('bubblewrap is not installed');
  const full: Isolation = {
    level: 'full',
    bubblewrap: versionOf(bubblewrap),
    seccomp: systemCallFilter('server') !== undefined,
    ...cgroup,
  };
  const problem = await works(full);
  if (problem === undefined) return full;
  const because = `bubblewrap cannot make a box here: ${problem}`;
  return (await works(weak)) === undefined ? { ...weak, because } : noIsolation(because);
}

function controlGroups(): Pick<Isolation, 'cgroup'> {
  const place = findGroupPlace(randomBytes(4).toString('hex'));
  if (place === undefined) return {};
  return { cgroup: { version: place.version, controllers: [...place.folders.keys()] } };
}

function versionOf(bubblewrap: string): string {
  const printed = execFileSync(bubblewrap, ['--version'], { encoding: 'utf8' });
  return /[\d.]+/.exec(printed)?.[0] ?? printed.trim();
}

/** Why a program cannot be run with an isolation, as a clause; undefined if it can. */
async function works(isolation: Isolation): Promise<string | undefined> {
  if (isolation.level === 'weak' && !hasUsersToGive()) return 'only root can change the user';
  if (isolation.level === 'weak') {
    const closed = [tmpdir(), cacheDirectory()].find((folder) => !isOpenToAll(folder));
    if (closed !== undefined) return `other users cannot enter ${closed}`;
  }
  const id = randomBytes(4).toString('hex');
  const directory = mkdtempSync(join(tmpdir(), 'pblab-probe-'));
  try {
    const home = join(directory, 'home');
    mkdirSync(home);
    const confinement = openBox(isolation, { id, directory })
      .lodge(home)
      .confine({
        argv: ['/bin/sh', '-c', 'echo > here && echo > /dev/null'],
        mark: `${id}/`,
        readable: [],
        needsTools: false,
        allowance: FOR_A_SERVER,
      });
    const program = startProgram({
      argv: [],
      directory: home,
      mark: `${id}/`,
      environment: {},
      conversation: false,
      onFlood: () => {},
      confinement,
    });
    const exit = await program.ended;
    await program.kill();
    if (exit.kind === 'code' && exit.code === 0) return undefined;
    return lastLine(program.output.text()) || describeExit(exit);
  } finally {
    await sweepGroups(id);
    await removeTree(directory);
  }
}
