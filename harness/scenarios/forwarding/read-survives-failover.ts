/**
 * A write cannot be forwarded and is not acknowledged; then the primary dies. A value that a read has returned
 * meanwhile must not be taken back: a primary that shows a write which its backup has not accepted may show
 * a write that never took effect. The writer cannot reach the heir until that has been seen.
 */

import { dropRequest } from '../../faults/drop-request.js';
import { oneWay } from '../../faults/fault.js';
import { refuse } from '../../faults/refuse.js';
import { scenario } from '../stage/scenario.js';
import { failOver, settle, startPair } from '../stage/setting.js';
import { meanwhile, token, untilEffect } from '../stage/workload.js';

/** How long the primary may take over the read, in ms; it may also have to wait for the write. */
const READ_MS = 250;

export const readSurvivesFailover = scenario({
  id: 'read-survives-failover',
  title: 'A read during a failing write is not taken back by a fail-over',
  source: 'kv-forwarding',
  tier: 'implied',
  circumstance: 'when the forward fails',
  points: 15,
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const { primary, backup } = view;
    const [writer, reader] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await settle(cluster, writer, view);
    await writer.put('k', token(writer, 1));
    const lost = cluster.install(dropRequest(), {
      links: oneWay(primary, backup),
      carrying: token(writer, 2),
    });
    const unreachable = cluster.install(refuse(), oneWay(writer.name, backup));
    const writing = meanwhile(writer.put('k', token(writer, 2)));
    await untilEffect(clock, lost);
    const reading = meanwhile(reader.get('k'));
    await Promise.race([reading, clock.sleep(READ_MS)]);
    await failOver(cluster, view);
    await reading;
    await reader.get('k');
    unreachable.heal();
    await writing;
    await reader.get('k');
  },
  mustTakeEffect: 'drop-request',
});
