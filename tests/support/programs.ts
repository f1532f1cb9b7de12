/** Where the tiny submissions live. They are not compiled, so they are found from the package's root. */

import { join, resolve } from 'node:path';

const SUBMISSIONS = resolve(import.meta.dirname, '../../../tests/submissions');

export function submissionPath(...parts: readonly string[]): string {
  return join(SUBMISSIONS, ...parts);
}
