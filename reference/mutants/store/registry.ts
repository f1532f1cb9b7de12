/** Mistakes of servers about keys and values. A new one is a file beside this and a line here. */

import type { Mutant } from '../../mutant.js';
import { appendNeedsAKey } from './append-needs-a-key.js';
import { emptyKeyRefused } from './empty-key-refused.js';
import { firstHashIsTheValue } from './first-hash-is-the-value.js';
import { fixedBuffer } from './fixed-buffer.js';
import { hashWithoutCollisions } from './hash-without-collisions.js';
import { ignoresEmptyValues } from './ignores-empty-values.js';
import { keysCutAt256 } from './keys-cut-at-256.js';
import { signedHash } from './signed-hash.js';
import { trimsValues } from './trims-values.js';
import { valueComputedOnArrival } from './value-computed-on-arrival.js';

export const STORE_MUTANTS: readonly Mutant[] = [
  appendNeedsAKey,
  ignoresEmptyValues,
  trimsValues,
  fixedBuffer,
  hashWithoutCollisions,
  signedHash,
  valueComputedOnArrival,
  emptyKeyRefused,
  keysCutAt256,
  firstHashIsTheValue,
];
