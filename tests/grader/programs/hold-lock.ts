/**
 * `hold-lock.js DIR`: says `held` or `refused: MESSAGE`, then keeps what it has until its standard
 * input ends. It never releases the lock itself: exiting has to do that.
 */

import { acquireLock } from '../../../grader/files/lock.js';
import { UsageError } from '../../../harness/index.js';

const [dir = ''] = process.argv.slice(2);

try {
  acquireLock(dir);
  console.log('held');
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.log(`refused: ${error.message}`);
}
process.stdin.resume();
