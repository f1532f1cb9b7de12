/**
 * A key that was never written reads as "", at once, like any other key: by a client that has written
 * others, by one that has done nothing yet, and once more when its neighbours have come and gone.
 */

import { scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { token } from '../stage/workload.js';

export const missingKey = scenario({
  id: 'missing-key',
  title: 'A key that was never written reads as ""',
  source: 'kv-latest',
  // The hand-out says it; no stock test reads a missing key.
  tier: 'asked',
  points: 5,
  async run({ cluster }) {
    await startPrimary(cluster);
    const [writer, reader] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await reader.get('missing');
    await writer.put('written', token(writer, 1));
    await writer.get('missing');
    await writer.put('missing', token(writer, 2));
    await reader.get('missing');
    await reader.get('missing too');
  },
});
