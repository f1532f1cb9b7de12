import { mutant } from '../../mutant.js';
import { forwardingResultsOf } from './result-forwarder.js';

export const forwardsTheResult = mutant({
  name: 'forwards-the-result',
  thought: 'If I send the backup the resulting value, both surely hold the same.',
  // They do; and an append of ten bytes to a value of a megabyte takes a megabyte.
  caughtBy: ['bytes-per-operation'],
  passes: ['concurrent-appends-unreliable', 'forward-lost-then-failover'],
  server: forwardingResultsOf('append'),
});
