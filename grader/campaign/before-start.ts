/** Failures before anything of a submission could be tested: it could not be built, or never came so far as to listen. */

import type { FailureClass, RunRecord } from '../../harness/index.js';

/** Signature of a submission that was built, and of which a program cannot be started. */
export const NOT_STARTABLE = 'build / not-startable';

/** Signatures of a server that never came so far as to listen. */
const NOT_STARTED = /^kit-process \/ (?:ended-before-listening|never-listened)(?: |$)/;

/** Whether a run failed before anything of the submission could be tested. */
export function failedToStart({ verdict, class: kind, signature = '' }: RunRecord): boolean {
  return verdict === 'fail' && isBeforeStart({ class: kind ?? 'safety', signature });
}

/** Whether failures of this signature come before anything can be tested. */
export function isBeforeStart({
  class: kind,
  signature,
}: {
  class: FailureClass;
  signature: string;
}) {
  return kind === 'build' || NOT_STARTED.test(signature);
}
