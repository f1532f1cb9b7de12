/**
 * The story's moment, every time: the backup is killed exactly while a forward is in flight. The
 * primary sees a reset, or the end of the stream before or inside the reply; every operation must still
 * complete once the view has changed, and whatever was acknowledged must reach the next backup.
 */

import type { Clerk, Cluster } from '../../cluster/cluster.js';
import { oneWay } from '../../faults/fault.js';
import { STRIKE_POSITIONS, strikeMidCall } from '../../faults/strike-mid-call.js';
import { scenario } from '../stage/scenario.js';
import { failOver, SETTLED_KEY, settle, startPair } from '../stage/setting.js';
import { modify, readAll, token } from '../stage/workload.js';

const KEYS = ['struck', 'other', 'later'];

/** A frozen backup is a scenario of its own: while it lasts, nothing can be asked of the service. */
const DEADLY_POSITIONS = STRIKE_POSITIONS.filter((position) => position !== 'frozen');

/** Operations that the first forward may carry. */
const FIRST_OPERATIONS = ['get', 'put', 'modify'] as const;

export const backupDiesMidForward = scenario({
  id: 'backup-dies-mid-forward',
  title: 'The backup dies in the middle of a forward',
  source: 'kv-forwarding',
  tier: 'implied',
  circumstance: 'when the forward fails',
  points: 15,
  deadlineMs: 40_000,
  async run(stage) {
    const { cluster, random } = stage;
    const view = await startPair(cluster);
    const [struck, other] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await settle(cluster, struck, view);
    await struck.put('struck', token(struck, 1));
    const { primary, backup } = view;
    const strike = cluster.install(
      strikeMidCall(random.pick(DEADLY_POSITIONS), {
        freeze: () => cluster.pause(backup),
        kill: () => void cluster.kill(backup),
      }),
      { links: oneWay(primary, backup), kth: random.integer(1, 3) },
    );
    const first = random.pick(FIRST_OPERATIONS);
    // Reads may not be forwarded, and a strike that waits for the third forward needs three: go on
    // writing until it takes effect.
    for (let n = 2; n < 6 && strike.hits === 0; n++) {
      await Promise.all([
        operate(cluster, struck, n === 2 ? first : 'modify', n),
        other.put('other', token(other, n)),
      ]);
    }
    // Without a forward the backup was not struck, and there is no death to wait for.
    if (strike.hits === 0) return;
    await cluster.waitForView('the primary to go on alone', (now) => now.backup !== backup);
    await modify(cluster, struck, 'later', token(struck, 9));
    await cluster.startServer('pb3');
    const next = await cluster.waitForView(
      'pb3 to become backup',
      (now) => now.primary === primary && now.backup === 'pb3',
    );
    await settle(cluster, other, next);
    await failOver(cluster, next);
    await readAll(other, [...KEYS, SETTLED_KEY]);
  },
  mustTakeEffect: 'strike-mid-call',
});

function operate(
  cluster: Cluster,
  clerk: Clerk,
  op: (typeof FIRST_OPERATIONS)[number],
  n: number,
): Promise<unknown> {
  switch (op) {
    case 'get':
      return clerk.get('struck');
    case 'put':
      return clerk.put('struck', token(clerk, n));
    case 'modify':
      return modify(cluster, clerk, 'struck', token(clerk, n));
  }
}
