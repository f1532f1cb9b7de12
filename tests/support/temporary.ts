/** Temporary directories for tests, gone after them. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Call it inside `describe`; the function returned gives the directory of the test that runs. */
export function useTemporaryDirectory(): () => string {
  let directory = '';
  beforeEach(() => {
    directory = makeDirectory();
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });
  return () => directory;
}

/** The same for one directory that all tests of a suite share. */
export function useSharedDirectory(): () => string {
  let directory = '';
  before(() => {
    directory = makeDirectory();
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });
  return () => directory;
}

function makeDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'pblab-test-'));
}
