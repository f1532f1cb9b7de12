/** The name that a mistyped one was probably meant to be. */

import { closest, distance } from 'fastest-levenshtein';

/** A name was not meant if a larger share of its letters would have to change. */
const FARTHEST = 0.4;

/** The nearest of the names, by letters to be changed, added or left out; undefined if none is near. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  const found = closest(text, names);
  return distance(text, found) <= text.length * FARTHEST ? found : undefined;
}
