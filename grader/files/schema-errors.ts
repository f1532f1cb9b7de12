/** Turns the first complaint of a zod schema into one line: where, what was got, what was expected. */

import type { z } from 'zod';

const SHOWN_LENGTH = 60;

/** `runsPerScenario: got "x", expected number`, for the value that the schema refused. */
export function describeMismatch(error: z.ZodError, value: unknown): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'does not match';
  const place = issue.path.length === 0 ? 'the whole' : issue.path.map(String).join('.');
  return `${place}: got ${show(valueAt(value, issue.path))}, expected ${expectation(issue)}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.expected;
  if (issue.code === 'invalid_value') {
    return issue.values.map((value) => JSON.stringify(value)).join(' or ');
  }
  return issue.message.replace(/^Invalid input: expected /, '');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined,
    value,
  );
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`;
}
