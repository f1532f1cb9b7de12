/** Names that a caller may choose from, and the answer to one that is not among them. */

import { closest, distance } from 'fastest-levenshtein';
import type { UsageDetails } from './errors.js';

/** A name was not meant if a larger share of its letters would have to change. */
const FARTHEST = 0.4;
/** What two letters cost that have changed places. */
const SWAP = 2;
/** More names than these are not printed where there is another way to find the right one. */
const LISTED = 10;

export interface KnownNames {
  names: readonly string[];
  /** The words before the names; `one of` unless said otherwise. */
  lead?: string;
  /** The command that shows all of them, if there is one. */
  command?: string | undefined;
}

/** Details of the error for a name that is not known: the nearest one, and all where they are few. */
export function unknownName(text: string, known: KnownNames): UsageDetails {
  const { names, lead = 'one of', command } = known;
  const near = nearest(text, names);
  const isListed = names.length <= LISTED || (near === undefined && command === undefined);
  const hints = [
    ...(near === undefined ? [] : [`did you mean ${near}?`]),
    ...(isListed || command === undefined ? [] : [`\`${command}\` shows all`]),
  ];
  return {
    got: `"${text}"`,
    ...(isListed ? { expected: `${lead} ${names.join(', ')}` } : {}),
    ...(hints.length === 0 ? {} : { hint: hints.join(' ') }),
  };
}

/** The nearest of the names, by letters to be changed, added, left out or swapped; undefined if none is near. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const found = closest(text, names);
  const changes = distance(text, found);
  const isNear = changes <= text.length * FARTHEST;
  return isNear || (changes === SWAP && lettersOf(text) === lettersOf(found)) ? found : undefined;
}

function lettersOf(text: string): string {
  return text.split('').toSorted().join('');
}
