/** What a submission does that fails: the beginning of a sentence about it. */

import type { FailureClass } from '../../harness/index.js';
import { partsOf } from '../groups/signature-parts.js';
import type { SignatureCount } from '../tally.js';

/** Symptom → what somebody with that symptom does. */
const BY_SYMPTOM: Readonly<Record<string, string>> = {
  'lost-acknowledged-write': 'loses acknowledged writes',
  'duplicate-append': 'applies appends twice',
  'duplicate-puthash': 'applies puthashes twice',
  'append-order': 'mixes up the order of appends',
  'value-never-written': 'returns values that nobody wrote',
  'stale-read': 'returns values that are out of date',
  'replicas-diverged': 'lets primary and backup diverge',
  'answered-without-right': 'answers where it must not',
  'operation-timed-out': 'leaves operations unanswered',
  'clerk-gave-up': 'gives operations up',
  'view-overdue': 'does not get to the view that is due',
  'too-costly': 'costs too much',
};

const BY_CLASS: Readonly<Record<FailureClass, string>> = {
  safety: 'breaks a promise to its clients',
  liveness: 'gets stuck',
  crash: 'crashes',
  protocol: 'does not keep to the protocol',
  cost: 'costs too much',
  build: 'cannot be built',
};

/** Of the leading failure of a scenario, in the third person: `loses acknowledged writes`. */
export function deedOf(failure: SignatureCount): string {
  const { symptom } = partsOf(failure);
  return Object.hasOwn(BY_SYMPTOM, symptom) ? (BY_SYMPTOM[symptom] ?? '') : BY_CLASS[failure.class];
}
