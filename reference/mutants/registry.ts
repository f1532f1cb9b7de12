/**
 * Every mutant: the reference with one mistake. A new one is a file in the folder that fits, which says what the
 * student was thinking and which scenarios must catch it, and a line in that folder's registry.
 */

import type { Mutant } from '../mutant.js';
import { CLERK_MUTANTS } from './clerk/registry.js';
import { FILTER_MUTANTS } from './filter/registry.js';
import { FORWARDING_MUTANTS } from './forwarding/registry.js';
import { RESOURCE_MUTANTS } from './resources/registry.js';
import { ROLE_MUTANTS } from './roles/registry.js';
import { STORE_MUTANTS } from './store/registry.js';
import { TRANSFER_MUTANTS } from './transfer/registry.js';
import { VIEW_SERVICE_MUTANTS } from './view-service/registry.js';

export const MUTANTS: readonly Mutant[] = [
  ...VIEW_SERVICE_MUTANTS,
  ...FORWARDING_MUTANTS,
  ...FILTER_MUTANTS,
  ...STORE_MUTANTS,
  ...TRANSFER_MUTANTS,
  ...ROLE_MUTANTS,
  ...CLERK_MUTANTS,
  ...RESOURCE_MUTANTS,
];
