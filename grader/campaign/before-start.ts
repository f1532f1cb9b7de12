/** Failures before the test of a submission could begin: the build failed, or a process never listened. */

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
