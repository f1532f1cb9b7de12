/** Mistakes of servers about the data that a new member of a view holds. A new one is a file beside this and a line here. */

import type { Mutant } from '../../mutant.js';
import { acknowledgesAtOnce } from './acknowledges-at-once.js';
import { fillsTheGaps } from './fills-the-gaps.js';
import { forwardsBeforeTransfer } from './forwards-before-transfer.js';
import { halfAnAnswerCounts } from './half-an-answer-counts.js';
import { installsEveryTransfer } from './installs-every-transfer.js';
import { losesWrites } from './loses-writes.js';
import { lostTransferCounts } from './lost-transfer-counts.js';
import { lostTransferNotRepeated } from './lost-transfer-not-repeated.js';
import { noStateTransfer } from './no-state-transfer.js';
import { ownWritesOnly } from './own-writes-only.js';
import { preparesTheSnapshot } from './prepares-the-snapshot.js';
import { replaysWhatItSetAside } from './replays-what-it-set-aside.js';
import { sendsAThousandKeys } from './sends-a-thousand-keys.js';
import { sendsByCursor } from './sends-by-cursor.js';
import { servesDuringTransfer } from './serves-during-transfer.js';
import { servesWhatItHolds } from './serves-what-it-holds.js';
import { slowTransferCounts } from './slow-transfer-counts.js';
import { slowTransferStartsOver } from './slow-transfer-starts-over.js';
import { transfersOnceToEach } from './transfers-once-to-each.js';
import { transfersTheLog } from './transfers-the-log.js';

export const TRANSFER_MUTANTS: readonly Mutant[] = [
  noStateTransfer,
  lostTransferCounts,
  servesDuringTransfer,
  forwardsBeforeTransfer,
  acknowledgesAtOnce,
  installsEveryTransfer,
  transfersOnceToEach,
  servesWhatItHolds,
  sendsAThousandKeys,
  losesWrites,
  ownWritesOnly,
  transfersTheLog,
  fillsTheGaps,
  preparesTheSnapshot,
  sendsByCursor,
  replaysWhatItSetAside,
  slowTransferStartsOver,
  slowTransferCounts,
  lostTransferNotRepeated,
  halfAnAnswerCounts,
];
