import { Clerk, mutant } from '../../mutant.js';
import { askingEveryTime } from '../../variants/clerk-asks-every-time.js';

export const asksViewPerOperation = mutant({
  name: 'asks-view-per-operation',
  thought: 'The primary may have changed, so I ask the view service before every operation.',
  // It answers correctly, and every operation of every client passes through the one process that there
  // is one of. In the lab of 2014 that was allowed.
  caughtBy: ['view-service-lookups'],
  passes: ['put-after-primary-failure', 'concurrent-appends'],
  clerk: askingEveryTime(Clerk),
});
