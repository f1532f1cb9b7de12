/** Verbs for the failures of a submission: the beginning of a sentence about it. */

import { parseSignature, symptomWords, type FailureClass } from '../../../harness/index.js';
import type { SignatureCount } from '../../tally/scenario-tally.js';

const BY_CLASS: Readonly<Record<FailureClass, string>> = {
  safety: 'breaks a promise to its clients',
  liveness: 'gets stuck',
  crash: 'crashes',
  protocol: 'does not keep to the protocol',
  cost: 'costs too much',
  build: 'cannot be built',
};

/** The verb of a scenario's leading failure, in the third person: `loses acknowledged writes`. */
export function deedOf(failure: SignatureCount): string {
  const { rule, symptom } = parseSignature(failure.signature);
  return symptomWords(rule, symptom)?.does ?? BY_CLASS[failure.class];
}
