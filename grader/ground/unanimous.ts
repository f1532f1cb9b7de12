/** The common value of all; undefined if they differ, or if there are none. */
export function unanimous<T>(values: readonly T[]): T | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}
