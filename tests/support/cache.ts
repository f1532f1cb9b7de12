/** A build cache of its own for each test of a suite. */

import { join } from 'node:path';

/** Call it inside `describe`, after `useTemporaryDirectory`, whose directory it lies in. */
export function useOwnCache(place: () => string): void {
  const before = process.env['XDG_CACHE_HOME'];
  beforeEach(() => {
    process.env['XDG_CACHE_HOME'] = join(place(), 'cache');
  });
  afterEach(() => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
  });
}
