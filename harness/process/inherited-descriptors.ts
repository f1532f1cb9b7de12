/**
 * Descriptors that the caller of the kit has left open, such as those of `3<grades.csv` in a shell. Every program that
 * is started would inherit them, through a box too. Node closes what it opens itself, and cannot close these in a
 * child; so each is given `/dev/null` in its place.
 */

import { openSync, readdirSync } from 'node:fs';
import { readProc } from './proc.js';

/** The octal flag of descriptors that no program inherits (open(2), O_CLOEXEC). */
const CLOSED_ON_EXEC = 0o2000000;

let nothing: number | undefined;
let inherited: readonly number[] | undefined;

/** The entries from 3 on of the list of descriptors for a program, with nothing in place of what would leak. */
export function withoutInherited<T>(descriptors: readonly T[]): (T | number | 'ignore')[] {
  // Those of the kit's caller never change; a descriptor that the kit opens later is not inherited.
  inherited ??= findInherited();
  const list: (T | number | 'ignore')[] = [...descriptors];
  for (const descriptor of inherited) {
    const at = descriptor - 3;
    while (list.length < at) list.push('ignore');
    if (at === list.length || list[at] === 'ignore')
      list[at] = nothing ??= openSync('/dev/null', 'r');
  }
  return list;
}

function findInherited(): number[] {
  try {
    return readdirSync('/proc/self/fd')
      .map(Number)
      .filter((descriptor) => descriptor > 2 && isInherited(descriptor))
      .toSorted((one, other) => one - other);
  } catch {
    return [];
  }
}

/** The descriptor that lists the others is gone when this looks at it. */
function isInherited(descriptor: number): boolean {
  const flags = /(?<![^\n])flags:\s*([0-7]+)/.exec(
    readProc(`self/fdinfo/${descriptor}`) ?? '',
  )?.[1];
  return flags !== undefined && (Number.parseInt(flags, 8) & CLOSED_ON_EXEC) === 0;
}
