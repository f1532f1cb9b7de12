/**
 * A new backup receives more than half a mebibyte in 1,200 keys, where the lab's own tests have at most twenty short ones,
 * and one more that is written right after it has joined. Writing a key through a clerk costs some milliseconds of
 * processor time, so there are as many as pass the limits that a program is likely to have, a thousand and 1,024; long
 * values do the rest, and only a sample is read back at the heir.
 */

import { scenario } from '../stage/scenario.js';
import { failOver, settleAnew, startPrimary } from '../stage/setting.js';
import { concurrently, startClerks, token } from '../stage/workload.js';

const CLERKS = 4;
const KEYS_PER_CLERK = 300;
const BYTES_PER_VALUE = 500;

/** Enough to see the loss of one key in thirty in 99 of 100 runs. */
const READS_PER_CLERK = 40;

/** A transfer key by key takes 1,200 calls; nothing in the rules says how fast one must be, in ms. */
const TRANSFER_DEADLINE_MS = 60_000;

/** Many clerks at once may keep a slow server busy; how long one write takes is not the point here. */
const DEADLINE_MS = 20_000;

export const transferLarge = scenario({
  id: 'transfer-large',
  title: 'A new backup receives 1,200 keys, and what is written right after it joins',
  version: 3,
  source: 'kv-transfer',
  tier: 'implied',
  points: 10,
  runShare: 0.25,
  deadlineMs: 180_000,
  async run({ cluster, random }) {
    await startPrimary(cluster);
    const clerks = startClerks(cluster, CLERKS);
    const witness = cluster.clerk('witness');
    await concurrently(clerks, KEYS_PER_CLERK, (clerk, n) => {
      const value = token(clerk, n).padEnd(BYTES_PER_VALUE, '.');
      return clerk.put(`${clerk.name}-${n}`, value, { deadlineMs: DEADLINE_MS });
    });
    await cluster.startServer('pb2');
    await cluster.waitForView('pb2 to become backup', ({ backup }) => backup === 'pb2');
    await witness.put('last', token(witness, 1), { deadlineMs: TRANSFER_DEADLINE_MS });
    const view = await settleAnew(cluster, witness, TRANSFER_DEADLINE_MS);
    await failOver(cluster, view);
    await witness.get('last');
    const sample = random.child('sample');
    await concurrently(clerks, READS_PER_CLERK, ({ name, get }, n) => {
      // The newest first: that is what a transfer which ends too early lacks.
      const key = n === 0 ? KEYS_PER_CLERK - 1 : sample.integer(0, KEYS_PER_CLERK - 1);
      return get(`${name}-${key}`);
    });
  },
});
