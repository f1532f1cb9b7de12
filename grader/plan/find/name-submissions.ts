/**
 * Names of submissions in a plan. A name follows from the submission and never from the order of the command line: by
 * that order it would belong to another student in the next grading.
 */

import { createHash } from 'node:crypto';
import { folderName } from '../plan.js';
import { lastParts, pathParts } from './path-suffix.js';

/** Digits of the digest of a path, which is added to a name that another submission would also have. */
const DIGEST_DIGITS = 6;

/** A submission that needs a name. */
export interface Nameless {
  /** Its name if no other submission has it. */
  wanted: string;
  spec: string;
}

/**
 * Names that are all different, also where upper and lower case are one, and safe as names of folders. Those that would
 * be equal are called by as many folders above them as it takes: `alice-lab2` and `bob-lab2` for `alice/lab2` and
 * `bob/lab2`. Where paths do not distinguish them, a few digits do; only a submission that is given twice is
 * numbered. None of the `taken` names is given.
 */
export function nameSubmissions(
  given: readonly Nameless[],
  taken: readonly string[] = [],
): string[] {
  const used = new Set(taken.map(lower));
  const things = new Map(given.map((one) => [one.spec, choicesFor(one)]));
  const specs = [...things.keys()];
  const names = new Map(
    chooseDistinct([...things.values()], used).map((name, at) => [specs[at], name]),
  );
  return numbered(
    given.map(({ spec }) => names.get(spec) ?? spec),
    used,
  );
}

/** The first choice of each that no other has; without one, its last choice. */
function chooseDistinct(choices: readonly string[][], used: ReadonlySet<string>): string[] {
  const steps = choices.map(() => 0);
  for (;;) {
    const names = choices.map((list, at) => list[steps[at] ?? 0] ?? '');
    const clashing = clashesIn(names, used).filter((at) => hasMore(choices[at], steps[at]));
    if (clashing.length === 0) return names;
    for (const at of clashing) steps[at] = (steps[at] ?? 0) + 1;
  }
}

/** Candidates for a name, from the best to the surest. */
function choicesFor({ wanted, spec }: Nameless): string[] {
  const paths = pathNames(spec);
  const digest = createHash('sha256').update(spec).digest('hex').slice(0, DIGEST_DIGITS);
  return [folderName(wanted), ...paths, folderName(wanted, `-${digest}`)];
}

/** Possible names of a submission by its path, the shortest first. */
export function pathNames(spec: string): string[] {
  const parts = pathParts(spec);
  return parts.map((_, at) => folderName(lastParts(parts, at + 1)));
}

function hasMore(choices: readonly string[] = [], step = 0): boolean {
  return step + 1 < choices.length;
}

/** Positions of names that others have as well. */
function clashesIn(names: readonly string[], used: ReadonlySet<string>): number[] {
  const counts = new Map<string, number>();
  for (const name of names.map(lower)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.flatMap((name, at) => {
    const isClash = used.has(lower(name)) || (counts.get(lower(name)) ?? 0) > 1;
    return isClash ? [at] : [];
  });
}

/** Numbers names that occur twice, as in a comparison of the reference with itself. */
function numbered(names: readonly string[], used: ReadonlySet<string>): string[] {
  const given = new Set(used);
  return names.map((name) => {
    let free = name;
    for (let n = 2; given.has(lower(free)); n += 1) free = folderName(name, `-${n}`);
    given.add(lower(free));
    return free;
  });
}

function lower(name: string): string {
  return name.toLowerCase();
}
