/** The name that somebody who mistyped may have meant. */

/** A name that is this much longer or shorter, or has so many other letters, was not meant. */
const FARTHEST = 0.4;

/** The nearest of the names, by letters to be changed, added or left out; undefined if none is near. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  const found = names
    .map((name) => ({ name, distance: distanceBetween(text, name) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
  return found !== undefined && found.distance <= text.length * FARTHEST ? found.name : undefined;
}

/** Levenshtein's distance, row by row of its table. */
function distanceBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, length) => length);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
