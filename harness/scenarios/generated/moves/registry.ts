/** All moves; a new one is a file here and a line in this list. */

import type { Move } from '../move.js';
import { clients } from './clients.js';
import { cutLinks } from './cut-links.js';
import { failOverMove } from './fail-over.js';
import { isolate } from './isolate.js';
import { join } from './join-under-fault.js';
import { lostCall } from './lost-call.js';
import { strike } from './strike.js';
import { viewServiceAway } from './view-service-away.js';
import { weather } from './weather.js';

export const MOVES: readonly Move[] = [
  cutLinks,
  viewServiceAway,
  strike,
  failOverMove,
  clients,
  weather,
  lostCall,
  isolate,
  join,
];
