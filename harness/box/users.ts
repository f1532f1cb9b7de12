/** Unprivileged users of the machine that belong to nobody else, for the programs of a kit that runs as root. */

import { readFileSync, statSync } from 'node:fs';
import { processIds } from '../process/proc.js';

/** The range that systemd keeps for users that exist only while a service runs (systemd.exec(5), DynamicUser). */
const FIRST = 61_184;
const LAST = 65_519;

const given = new Set<number>();

/** Whether this process can give users to programs: as root, unless it is root only of a user namespace without others. */
export function hasUsersToGive(): boolean {
  if (process.getuid?.() !== 0) return false;
  // Each line: the first id inside, the first id outside, and how many (user_namespaces(7)).
  return readFileSync('/proc/self/uid_map', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/ +/).map(Number))
    .some(([first = NaN, , length = NaN]) => first <= FIRST && first + length > LAST);
}

/** A user id as which no process runs, and which was not given before. Its group has the same number. */
export function freeUser(): number {
  const taken = new Set([...given, ...usersOfProcesses()]);
  const size = LAST - FIRST + 1;
  const start = Math.floor(Math.random() * size);
  for (let step = 0; step < size; step++) {
    const user = FIRST + ((start + step) % size);
    if (taken.has(user)) continue;
    given.add(user);
    return user;
  }
  throw new Error(`all user ids from ${FIRST} to ${LAST} are in use`);
}

/** Pids of the processes of a user. */
export function processesOf(user: number): number[] {
  return processIds().filter((pid) => userOf(pid) === user);
}

function usersOfProcesses(): number[] {
  return processIds().flatMap((pid) => userOf(pid) ?? []);
}

function userOf(pid: number): number | undefined {
  try {
    return statSync(`/proc/${pid}`).uid;
  } catch {
    return undefined;
  }
}
