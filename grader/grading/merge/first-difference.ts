/** Where two values of JSON differ first, for a message that names the place. */

/** `path` is such as `submissions[3].digest`, empty for the values themselves; both sides are JSON. */
export interface Difference {
  path: string;
  got: string;
  expected: string;
}

/** Undefined if they are equal; the order of keys does not matter. */
export function firstDifference(
  got: unknown,
  expected: unknown,
  path = '',
): Difference | undefined {
  if (isObject(got) && isObject(expected) && Array.isArray(got) === Array.isArray(expected)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
    for (const key of keys) {
      const place = Array.isArray(got) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      const found = firstDifference(got[key], expected[key], place);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return Object.is(got, expected)
    ? undefined
    : { path, got: shown(got), expected: shown(expected) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
