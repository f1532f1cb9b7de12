/** One client and one server, or a server that joins: what must hold before anything goes wrong. */

import { acknowledgedMeansDone } from './acknowledged-means-done.js';
import { emptyValues } from './empty-values.js';
import { largeValues } from './large-values.js';
import { manyKeys } from './many-keys.js';
import { missingKey } from './missing-key.js';
import { oddBytes } from './odd-bytes.js';
import { singlePrimary, singlePrimaryPutHash } from './single-primary.js';
import type { Scenario } from '../stage/scenario.js';

export const BASICS: readonly Scenario[] = [
  singlePrimary,
  singlePrimaryPutHash,
  missingKey,
  emptyValues,
  oddBytes,
  largeValues,
  manyKeys,
  acknowledgedMeansDone,
];
