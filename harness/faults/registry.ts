/** All faults, for lists, titles and documentation. */

import { cut } from './cut.js';
import type { FaultDescription } from './fault-definition.js';
import { delayReply } from './delay-reply.js';
import { delayRequest } from './delay-request.js';
import { dropReply } from './drop-reply.js';
import { dropRequest } from './drop-request.js';
import { duplicateRequest } from './duplicate-request.js';
import { hang } from './hang.js';
import { holdAndRelease } from './hold-and-release.js';
import { lateRequest } from './late-request.js';
import { misdirect } from './misdirect.js';
import { refuse } from './refuse.js';
import { resetMidCall } from './reset-mid-call.js';
import { slow } from './slow.js';
import { strikeMidCall } from './strike-mid-call.js';
import { truncateReply } from './truncate-reply.js';
import { truncateRequest } from './truncate-request.js';
import { unreliable } from './unreliable.js';

export const FAULTS: readonly FaultDescription[] = [
  dropRequest,
  dropReply,
  delayRequest,
  delayReply,
  hang,
  refuse,
  truncateReply,
  truncateRequest,
  lateRequest,
  duplicateRequest,
  holdAndRelease,
  slow,
  resetMidCall,
  cut,
  strikeMidCall,
  misdirect,
  unreliable,
].map(({ description }) => description);
