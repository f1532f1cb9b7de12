/**
 * Gives memory back that is no longer needed. The engine would do so by itself, but only when about as much again
 * has been used: after the records of a whole class that is more than a laptop may have left.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
