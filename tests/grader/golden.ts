/** Golden files: outputs that a person has read once and that must stay as they are. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from './support.js';

/**
 * Compares an output with `tests/golden/NAME`. With `UPDATE_GOLDEN=1` in the environment the file is
 * written instead; read the difference before committing it.
 */
export function expectGolden(name: string, output: string): void {
  const file = join(ROOT, 'tests/golden', name);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, output);
  expect(output).to.equal(readFileSync(file, 'utf8'));
}
