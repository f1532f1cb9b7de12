/**
 * What an attack is: a tiny submission that tries to do harm, and a way to see whether it did. Several attacks may share
 * one submission, because each attempt costs the start of a jail, of the kit and of a few programs.
 */

import type { Aftermath } from './aftermath.js';
import type { Place } from './place.js';

export interface Attack {
  /** The line of the table that it belongs to, such as `build: home directory`. */
  group: string;
  /** Unique among all attacks. */
  name: string;
  /** What it does, as a sentence without a subject, such as `reads the roster`. */
  what: string;
  /** The harm that it has done, as a clause; undefined if there is none. It is looked for inside the jail. */
  harm: (after: Aftermath) => string | undefined;
  /** Why it is stopped without the box as well; absent if it works there. */
  stoppedBy?: string;
  /** Why the box and the kit do not stop it yet; absent if they do. Then the test is skipped as long as there is harm. */
  letThrough?: string;
}

/** How the kit is called. */
export type KitCall =
  /** Each of these submissions plays this scenario, without the command line, up to so many times while it is disturbed. */
  | { kind: 'run'; scenario: string; submissions: readonly string[]; attempts: number }
  /** `pblab` with these words. */
  | { kind: 'command'; words: readonly string[] };

/** One hostile submission, called `mallory`, and the attacks that it makes. */
export interface Attempt {
  /** Its files by their paths; `kv/` with the programs of the reference is added. */
  files: Readonly<Record<string, string>>;
  /** Commands of its manifest that are not those of the reference in `kv/`. */
  run?: Readonly<Partial<Record<'view' | 'server' | 'clerk', string>>>;
  /** Further lines of its manifest, such as a build. */
  manifest?: string;
  /** Further work before the kit is called. */
  arrange?: (place: Place) => void | Promise<void>;
  /** Whether the jail begins with what the kit has built on this machine, such as the library of Go. */
  isWarm?: true;
  kit: KitCall;
  /** What must have been printed if all was tried: harm that was not done by a program that never ran says nothing. */
  sign: RegExp;
  attacks: readonly Attack[];
}

/** What programs of mallory print at their end. */
export const DONE = 'mallory has tried everything';

/** A run of `mallory` in a scenario. */
export function playing(scenario: string, submissions: readonly string[] = ['mallory']): KitCall {
  return { kind: 'run', scenario, submissions, attempts: 1 };
}

/** The same, again and again until the machine has not disturbed it, as a grading does. */
export function judged(scenario: string): KitCall {
  return { kind: 'run', scenario, submissions: ['mallory'], attempts: 4 };
}

/** A shell that attacks with `program`, waits for its end, and then becomes the reference. */
export function attackThenServe(program: string): string {
  return `d=$(dirname "$0")\n${program} "$@"\nexec node "$d/kv/main.js" "$@"\n`;
}

/** A shell that attacks with `program` while it is the reference. */
export function attackWhileServing(program: string): string {
  return `d=$(dirname "$0")\n${program} "$@" &\nexec node "$d/kv/main.js" "$@"\n`;
}

/** Harm of a submission that must fail: a verdict that does not say so. */
export const notFailed: Attack['harm'] = ({ records }) => {
  const other = records.find(({ verdict }) => verdict !== 'fail');
  return other === undefined ? undefined : `the verdict is ${other.verdict}`;
};

/** Looks for this in all that programs of the submission, its build and the kit have printed. */
export function printed(pattern: RegExp): Attack['harm'] {
  return ({ printed: text }) => {
    const [found] = pattern.exec(text) ?? [];
    return found === undefined ? undefined : `it printed "${found}"`;
  };
}
