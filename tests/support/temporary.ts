/** A temporary directory for each test of a suite, gone after it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Call it inside `describe`; the function returned gives the directory of the test that runs. */
export function useTemporaryDirectory(): () => string {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pblab-test-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });
  return () => directory;
}
