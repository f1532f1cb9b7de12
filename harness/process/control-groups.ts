/**
 * Control groups (cgroups(7)) around the programs of a session: how much memory and how many processes one may have,
 * all its processes in one list, and a freezer that stops them at once. Version 1 and 2; none where the kit may not
 * make any, as in many containers.
 */

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { signal } from './marker.js';
import { readProc } from './proc.js';

export type Controller = 'memory' | 'pids' | 'freezer';

export interface Limits {
  memoryBytes: number;
  /** Processes and threads. */
  processes: number;
}

/** Where groups can be made. */
export interface GroupPlace {
  version: 1 | 2;
  /** The folder below which groups are made, for each controller; in version 2 it is one for all. */
  folders: ReadonlyMap<Controller, string>;
}

export interface ControlGroup {
  /** Calls `start` with this thread in the group, so that a child that it starts is in it from its first moment. */
  within<T>(start: () => T): T;
  /** What a program has to be started through instead to enter by itself, if that takes anything. */
  readonly entrance: readonly string[];
  /** Pids of all processes in it. */
  pids(): number[];
  /** Whether it has a freezer. */
  readonly canFreeze: boolean;
  freeze(): void;
  thaw(): void;
  /** The limits that it has met so far. */
  met(): Controller[];
  /** Removes it, once no process is in it; later, with the session, if that does not work. */
  remove(): void;
}

const ROOT = '/sys/fs/cgroup';

const PREFIX = 'pblab-';

/** Finds out by making a group what can be had; undefined if that is nothing. */
export function findGroupPlace(id: string): GroupPlace | undefined {
  const first = placeOfVersion1();
  const places = first === undefined ? placesOfVersion2() : [first];
  let best: GroupPlace | undefined;
  for (const each of places) {
    const place = usable(each, id);
    if (place.folders.size > (best?.folders.size ?? 0)) best = place;
    if (place.folders.size === each.folders.size) break;
  }
  return best;
}

/** The mounts of version 1, with the part of each hierarchy in which this process is. */
function placeOfVersion1(): GroupPlace | undefined {
  const own = new Map(
    (readProc('self/cgroup') ?? '').split('\n').flatMap((line) => {
      const [, controllers = '', path = ''] = line.split(':');
      return controllers.split(',').map((name) => [name, path] as const);
    }),
  );
  const names = (['memory', 'pids', 'freezer'] as const).filter((name) => own.has(name));
  if (names.length === 0) return undefined;
  // In a container the path may be that of the host, and what is mounted is only this process's part.
  const home = (name: Controller) =>
    [join(ROOT, name, own.get(name) ?? ''), join(ROOT, name)].find(isFolder) ?? join(ROOT, name);
  return { version: 1, folders: new Map(names.map((name) => [name, home(name)])) };
}

/**
 * The root of the hierarchy, for root; then the group above this process's own, which belongs to an ordinary user below
 * systemd's `user@.service`; then its own, in which controllers cannot be handed down while it holds processes.
 */
function placesOfVersion2(): GroupPlace[] {
  const own = /(?<![^\n])0::([^\n]*)/.exec(readProc('self/cgroup') ?? '')?.[1] ?? '/';
  const folders = [ROOT, join(ROOT, dirname(own)), join(ROOT, own)];
  return [...new Set(folders)].filter(isFolder).map(placeOfVersion2);
}

function placeOfVersion2(root: string): GroupPlace {
  return {
    version: 2,
    folders: new Map((['memory', 'pids', 'freezer'] as const).map((name) => [name, root])),
  };
}

/** The controllers of a place that really work. */
function usable({ version, folders }: GroupPlace, id: string): GroupPlace {
  const works = [...folders].filter(([name, folder]) => {
    const place = { version, folders: new Map([[name, folder]]) };
    try {
      const group = openGroup(place, { session: id, name: 'probe', limits: undefined });
      const seen = readFileSync(join(folderOf(place, name, id), 'probe', MARKS[version][name]));
      enterAndLeave(group);
      group.remove();
      return seen.length > 0;
    } catch {
      return false;
    } finally {
      removeGroups(place, id);
    }
  });
  return { version, folders: new Map(works) };
}

/** Throws if no program can be put into a group. */
function enterAndLeave({ entrance, within }: ControlGroup): void {
  const [command, ...words] = [...entrance, '/bin/sh', '-c', ':'];
  within(() => entrance.length > 0 && execFileSync(command, words, { stdio: 'ignore' }));
}

/** A file that a group has if its controller is at work. */
const MARKS: Record<1 | 2, Record<Controller, string>> = {
  1: { memory: 'memory.limit_in_bytes', pids: 'pids.max', freezer: 'freezer.state' },
  2: { memory: 'memory.max', pids: 'pids.max', freezer: 'cgroup.freeze' },
};

function folderOf({ folders }: GroupPlace, name: Controller, session: string): string {
  return join(folders.get(name) ?? ROOT, PREFIX + session);
}

interface GroupOptions {
  /** The id of the session. */
  session: string;
  /** Its name in the session. */
  name: string;
  limits: Limits | undefined;
}

/** Makes a group. */
export function openGroup(
  place: GroupPlace,
  { session, name, limits }: GroupOptions,
): ControlGroup {
  const controllers = [...place.folders.keys()];
  const folders = new Map(
    controllers.map((each) => [each, join(folderOf(place, each, session), name)]),
  );
  for (const [controller, folder] of folders) {
    if (place.version === 2) delegate(controller, place.folders.get(controller) ?? ROOT, session);
    makeFolder(dirname(folder));
    makeFolder(folder);
  }
  const write = (controller: Controller, file: string, text: string) => {
    const folder = folders.get(controller);
    if (folder !== undefined) writeFileSync(join(folder, file), text);
  };
  if (limits !== undefined) {
    limit(place.version, write, limits);
    forbidSwap(place.version, folders.get('memory') ?? '', limits);
  }
  const distinct = [...new Set(folders.values())];
  const [anyFolder = ''] = distinct;
  let isRemoved = false;
  const freezer = (isFrozen: boolean) => {
    if (isRemoved) return;
    if (place.version === 1) write('freezer', 'freezer.state', isFrozen ? 'FROZEN' : 'THAWED');
    else write('freezer', 'cgroup.freeze', isFrozen ? '1' : '0');
  };
  return {
    ...entryOf(place, folders),
    pids: () => numbersIn(join(anyFolder, 'cgroup.procs')),
    canFreeze: folders.has('freezer'),
    freeze: () => freezer(true),
    thaw: () => freezer(false),
    met: () => controllers.filter((each) => hasMet(place.version, each, folders.get(each) ?? '')),
    remove() {
      isRemoved = true;
      for (const folder of distinct) removeFolder(folder);
    },
  };
}

/**
 * In version 1 a single thread can be in a group, so the thread that starts a program enters and leaves again. That
 * takes microseconds, where moving a process from outside waits for a grace period of the kernel, about 10 ms. In
 * version 2 threads cannot, so the program enters by itself, through a shell.
 */
function entryOf(
  { version, folders: homes }: GroupPlace,
  folders: ReadonlyMap<Controller, string>,
): Pick<ControlGroup, 'within' | 'entrance'> {
  if (version === 2) {
    const [folder = ''] = folders.values();
    const script = 'echo 0 > "$1" && shift && exec "$@"';
    return {
      within: (start) => start(),
      entrance: ['/bin/sh', '-c', script, 'enter', join(folder, 'cgroup.procs')],
    };
  }
  const enter = (folder: string) => writeFileSync(join(folder, 'tasks'), '0');
  return {
    entrance: [],
    within(start) {
      try {
        for (const folder of folders.values()) enter(folder);
        return start();
      } finally {
        for (const home of homes.values()) enter(home);
      }
    },
  };
}

/** Node's own way to make several folders at once never returns where the system says that the parent is missing. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
}

/** Hands controllers down to the groups of a session (version 2). */
function delegate(controller: Controller, root: string, session: string): void {
  const folder = join(root, PREFIX + session);
  makeFolder(folder);
  if (controller === 'freezer') return;
  writeFileSync(join(root, 'cgroup.subtree_control'), `+${controller}`);
  writeFileSync(join(folder, 'cgroup.subtree_control'), `+${controller}`);
}

function limit(
  version: 1 | 2,
  write: (controller: Controller, file: string, text: string) => void,
  { memoryBytes, processes }: Limits,
): void {
  write('memory', MARKS[version].memory, String(memoryBytes));
  write('pids', 'pids.max', String(processes));
}

/** Memory that is swapped out is memory; the kernel has these files where it counts it. */
function forbidSwap(version: 1 | 2, folder: string, { memoryBytes }: Limits): void {
  const [name, text] =
    version === 1 ? ['memory.memsw.limit_in_bytes', String(memoryBytes)] : ['memory.swap.max', '0'];
  const file = join(folder, name);
  if (existsSync(file)) writeFileSync(file, text);
}

/** Whether processes of a group were killed for want of memory, or were not started because there were too many. */
function hasMet(version: 1 | 2, controller: Controller, folder: string): boolean {
  const [file, field] =
    controller === 'memory'
      ? [version === 1 ? 'memory.oom_control' : 'memory.events', 'oom_kill']
      : ['pids.events', 'max'];
  if (controller === 'freezer') return false;
  try {
    const text = readFileSync(join(folder, file), 'utf8');
    return Number(new RegExp(`^${field} (\\d+)$`, 'm').exec(text)?.[1] ?? 0) > 0;
  } catch {
    return false;
  }
}

/** Removes all groups of a session in which no process is any more; whether none is left. */
export function removeGroups(place: GroupPlace, session: string): boolean {
  for (const group of groupsOf(place, session)) removeFolder(group);
  const folders = [...place.folders.keys()].map((each) => folderOf(place, each, session));
  for (const folder of folders) removeFolder(folder);
  return !folders.some(isFolder);
}

/**
 * Kills what a session has left behind in its groups, and removes them, without knowing its place. In version 1 what is
 * frozen does not even die: the kit may have ended while it paused a program.
 */
export async function endGroups(session: string): Promise<void> {
  for (let round = 0; round < END_ROUNDS; round++) {
    const groups = allPlaces().flatMap((place) => groupsOf(place, session));
    const left = groups.filter((group) => endGroup(group));
    if (left.length === 0) break;
    await pause(END_PAUSE_MS);
  }
  await sweepGroups(session);
}

/** Rounds in which processes are killed until there are none left, and the time between two, in ms. */
const END_ROUNDS = 200;
const END_PAUSE_MS = 5;

/** Kills the processes of a group; whether there were any. */
function endGroup(folder: string): boolean {
  const pids = numbersIn(join(folder, 'cgroup.procs')).filter((pid) => pid !== process.pid);
  for (const pid of pids) signal(pid, 'SIGKILL');
  if (pids.length === 0) return false;
  for (const [file, text] of Object.entries(THAW)) {
    try {
      if (existsSync(join(folder, file))) writeFileSync(join(folder, file), text);
    } catch {
      // It was removed meanwhile.
    }
  }
  return true;
}

/** The file of the freezer in each version, and what thaws. */
const THAW = { 'freezer.state': 'THAWED', 'cgroup.freeze': '0' };

/** The kernel may take so many rounds to take down processes that were killed. */
const SWEEP_ROUNDS = 100;
const SWEEP_PAUSE_MS = 10;

/** Removes what a session has left behind, without knowing its place, once its processes are gone. */
export async function sweepGroups(session: string): Promise<void> {
  const places = allPlaces();
  const left = () => places.filter((place) => !removeGroups(place, session)).length > 0;
  for (let round = 0; round < SWEEP_ROUNDS && left(); round++) await pause(SWEEP_PAUSE_MS);
}

function allPlaces(): GroupPlace[] {
  const first = placeOfVersion1();
  const second = [...placesOfVersion2(), placeOfVersion2(join(ROOT, 'unified'))];
  return first === undefined ? second : [first, ...second];
}

/** The folders of the groups of a session. */
function groupsOf(place: GroupPlace, session: string): string[] {
  const folders = [...place.folders.keys()].map((each) => folderOf(place, each, session));
  return [...new Set(folders)].flatMap((folder) =>
    foldersIn(folder).map((name) => join(folder, name)),
  );
}

function removeFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not there, or a process in it is still being taken down.
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

function numbersIn(path: string): number[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
