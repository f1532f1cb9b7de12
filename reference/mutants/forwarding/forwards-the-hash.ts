import { mutant } from '../../mutant.js';
import { forwardingResultsOf } from './result-forwarder.js';

export const forwardsTheHash = mutant({
  name: 'forwards-the-hash',
  thought: 'The hash is computed once, at the primary; the backup only has to write it down.',
  // The backup never sees what the key held before, and so it cannot tell that to a clerk that
  // retries after a fail-over.
  caughtBy: ['forwarded-puthash-retried-after-failover'],
  passes: ['at-most-once-puthash', 'puthash-retried-after-failover'],
  server: forwardingResultsOf('puthash'),
});
