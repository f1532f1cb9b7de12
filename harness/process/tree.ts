/**
 * Which processes a program consists of: the one that was started, and what it has started itself, as a shell
 * does. Reading this means reading one file of every process on the machine, so what was read serves all who ask
 * within a short time.
 */

import { processIds, readProc, statFields } from './proc.js';

/** Indices of the parent and of the process group in the fields of `stat`. */
const PARENT = 1;
const GROUP = 2;

interface Kin {
  parent: number;
  group: number;
}

interface Table {
  atMs: number;
  kin: ReadonlyMap<number, Kin>;
}

let latest: Table = { atMs: -Infinity, kin: new Map() };

/**
 * The pid with those of all descendants and of all members of its process group; only itself where there is no
 * /proc. A reading that is at most `maxAgeMs` old is reused. A process that has left both group and parent is not found.
 */
export function processTree(pid: number, maxAgeMs: number): number[] {
  const { kin } = tableOf(maxAgeMs);
  const belongs = new Map<number, boolean>([[pid, true]]);
  const isOurs = (each: number): boolean => {
    const known = belongs.get(each);
    if (known !== undefined) return known;
    // Pids are used again, so what was read while one ended and another began could lead in a circle.
    belongs.set(each, false);
    const of = kin.get(each);
    const ours = of !== undefined && (of.group === pid || isOurs(of.parent));
    belongs.set(each, ours);
    return ours;
  };
  return [pid, ...[...kin.keys()].filter((each) => each !== pid && isOurs(each))];
}

function tableOf(maxAgeMs: number): Table {
  if (performance.now() - latest.atMs > maxAgeMs) {
    latest = { atMs: performance.now(), kin: readKin() };
  }
  return latest;
}

function readKin(): Map<number, Kin> {
  const kin = new Map<number, Kin>();
  for (const pid of processIds()) {
    const fields = statFields(readProc(`${pid}/stat`) ?? '');
    kin.set(pid, { parent: Number(fields[PARENT]), group: Number(fields[GROUP]) });
  }
  return kin;
}
