/** Mistakes of servers about what was done already. A new one is a file beside this and a line here. */

import type { Mutant } from '../../mutant.js';
import { answerNotRemembered } from './answer-not-remembered.js';
import { answersNotTransferred } from './answers-not-transferred.js';
import { answersTheLastAttempt } from './answers-the-last-attempt.js';
import { asksViewPerRequest } from './asks-view-per-request.js';
import { filterByContent } from './filter-by-content.js';
import { filterCheckedOnArrival } from './filter-checked-on-arrival.js';
import { filterGrowsForEver } from './filter-grows-for-ever.js';
import { filterHandedOver } from './filter-handed-over.js';
import { filterNotTransferred } from './filter-not-transferred.js';
import { forgetsAfterTwoSeconds } from './forgets-after-two-seconds.js';
import { forwardsNotInFilter } from './forwards-not-in-filter.js';
import { keepsItsFilter } from './keeps-its-filter.js';
import { newViewNewFilter } from './new-view-new-filter.js';
import { noDuplicateFilter } from './no-duplicate-filter.js';
import { oldNumberIsNew } from './old-number-is-new.js';
import { putsNotFiltered } from './puts-not-filtered.js';
import { remembersEightClients } from './remembers-eight-clients.js';
import { remembersOneClient } from './remembers-one-client.js';
import { waitsForItsClerk } from './waits-for-its-clerk.js';

export const FILTER_MUTANTS: readonly Mutant[] = [
  noDuplicateFilter,
  filterNotTransferred,
  forwardsNotInFilter,
  filterByContent,
  filterCheckedOnArrival,
  waitsForItsClerk,
  filterGrowsForEver,
  asksViewPerRequest,
  answerNotRemembered,
  remembersOneClient,
  remembersEightClients,
  forgetsAfterTwoSeconds,
  oldNumberIsNew,
  newViewNewFilter,
  filterHandedOver,
  answersNotTransferred,
  keepsItsFilter,
  putsNotFiltered,
  answersTheLastAttempt,
];
