/** Failures before anything of a submission could be tested: it could not be built, or never came so far as to listen. */

import { findSymptom, parseSignature, type RunRecord } from '../../harness/index.js';

/** Whether a run failed before anything of the submission could be tested. */
export function failedToStart(record: RunRecord): boolean {
  return record.verdict === 'fail' && isBeforeStart(record);
}

/** Whether failures of this signature come before anything can be tested. */
export function isBeforeStart({
  class: kind,
  signature = '',
}: Pick<RunRecord, 'class' | 'signature'>): boolean {
  return kind === 'build' || findSymptom(parseSignature(signature).symptom)?.isBeforeStart === true;
}
