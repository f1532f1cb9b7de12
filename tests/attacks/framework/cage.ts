/** Control groups around a jail: what is in it cannot use up the machine, nor outlive it. Where there are none, it goes without. */

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const MOST_BYTES = 3 * 1024 ** 3;
const MOST_PROCESSES = 3000;

/** Processes that were killed may take a moment to leave their groups, in ms. */
const LEAVE_MS = 5000;

/** Hierarchies of version 1, and what limits a group of each. */
const HIERARCHIES: Readonly<Record<string, readonly [file: string, value: number] | undefined>> = {
  memory: ['memory.limit_in_bytes', MOST_BYTES],
  pids: ['pids.max', MOST_PROCESSES],
  freezer: undefined,
};

export interface Cage {
  /** For a shell: enters the groups, and becomes the program that its arguments name. */
  script: string;
  /** Removes the groups, when all processes have left. */
  remove(): Promise<void>;
}

export function makeCage(): Cage {
  const name = `pblab-attack-${randomBytes(4).toString('hex')}`;
  const groups = Object.entries(HIERARCHIES).flatMap(([hierarchy, limit]) => {
    const own = ownGroup(hierarchy);
    if (own === undefined) return [];
    const group = join(own, name);
    try {
      mkdirSync(group);
      if (limit !== undefined) writeFileSync(join(group, limit[0]), String(limit[1]));
      return [group];
    } catch {
      return [];
    }
  });
  const enter = groups.map((group) => `echo $$ > '${group}/cgroup.procs'`);
  return {
    script: [...enter, 'exec "$@"'].join('\n'),
    async remove() {
      for (const group of groups) await removeGroup(group);
    },
  };
}

/** Our group in a hierarchy of version 1. */
function ownGroup(hierarchy: string): string | undefined {
  const mounted = join('/sys/fs/cgroup', hierarchy);
  if (!existsSync(join(mounted, 'cgroup.procs'))) return undefined;
  const lines = readFileSync('/proc/self/cgroup', 'utf8').split('\n');
  const [, , path] =
    lines.map((line) => line.split(':')).find(([, one]) => one === hierarchy) ?? [];
  return path === undefined ? undefined : join(mounted, path);
}

/** Removes a group and those that the kit has made below it. */
async function removeGroup(group: string): Promise<void> {
  const giveUpMs = performance.now() + LEAVE_MS;
  for (;;) {
    try {
      for (const below of groupsBelow(group)) rmdirSync(below);
      return rmdirSync(group);
    } catch (error) {
      if (performance.now() > giveUpMs) throw error;
      await pause(20);
    }
  }
}

/** The deepest first. */
function groupsBelow(group: string): string[] {
  return readdirSync(group, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [...groupsBelow(join(group, name)), join(group, name)]);
}
