/** What all of them are; undefined if they differ, or if there is none. */
export function unanimous<T>(values: readonly T[]): T | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}
