/**
 * How far the programs of submissions are kept apart from this machine and from each other: a level, and what it is
 * made of. probe.ts finds out what a machine allows.
 */

import { z } from 'zod';

/**
 * `full`: every process is in a box of its own. `weak`: every process has a user of its own. `none`: submissions run
 * as the caller.
 */
export const ISOLATION_LEVELS = ['full', 'weak', 'none'] as const;

export type IsolationLevel = (typeof ISOLATION_LEVELS)[number];

/** The resources of a process tree that control groups limit or stop. */
const CONTROLLERS = ['memory', 'pids', 'freezer'] as const;

export type Controller = (typeof CONTROLLERS)[number];

export const ISOLATION = z.object({
  level: z.enum(ISOLATION_LEVELS),
  /** The version of bubblewrap that makes the boxes; present if and only if the level is `full`. */
  bubblewrap: z.string().exactOptional(),
  /** Whether the system calls of a boxed process are filtered; not on processors that the filter does not know. */
  seccomp: z.boolean(),
  /** The control groups in which processes are; absent where the kit may not make any. */
  cgroup: z
    .object({
      version: z.union([z.literal(1), z.literal(2)]),
      controllers: z.array(z.enum(CONTROLLERS)),
    })
    .exactOptional(),
  /** Why it is not full, as a clause; absent where it is, or where the caller has asked for less. */
  because: z.string().exactOptional(),
});

export type Isolation = z.infer<typeof ISOLATION>;

/** No isolation, by the caller's choice or for the reason given. */
export function noIsolation(because?: string): Isolation {
  return { level: 'none', seccomp: false, ...(because === undefined ? {} : { because }) };
}

/** Whether both the memory and the number of processes of a submission are limited. */
export function limitsResources({ cgroup }: Isolation): boolean {
  return ['memory', 'pids'].every((each) => cgroup?.controllers.some((one) => one === each));
}

/** The isolation in one line, such as `full (bubblewrap 0.8.0, seccomp, cgroup v1: memory pids freezer)`. */
export function describeIsolation(isolation: Isolation): string {
  const { level, because } = isolation;
  const reason = because === undefined ? '' : `; ${because}`;
  switch (level) {
    case 'full':
      return limitsResources(isolation)
        ? `full (${partsOf(isolation)})`
        : `full (${partsOf(isolation)}), but memory and processes are not limited`;
    case 'weak':
      return `WEAK (no namespaces${reason}): servers can share memory and reach the network`;
    case 'none':
      return `NONE${because === undefined ? '' : ` (${because})`}: submissions run as you`;
  }
}

function partsOf({ bubblewrap = '', seccomp, cgroup }: Isolation): string {
  return [
    `bubblewrap ${bubblewrap}`.trim(),
    ...(seccomp ? ['seccomp'] : []),
    ...(cgroup ? [`cgroup v${cgroup.version}: ${cgroup.controllers.join(' ')}`] : []),
  ].join(', ');
}

/** The way to full isolation, for those who do not have it. */
export const HOW_TO_ISOLATE = 'apt-get install bubblewrap';
