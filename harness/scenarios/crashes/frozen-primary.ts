/**
 * The primary freezes, is deposed, and wakes up without having noticed that any time has passed, with
 * requests in its socket of clients that still take it for the primary. It must not answer them from what
 * it knows.
 */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { banOfDeposed, leadAstray } from '../stage/deposition.js';
import { wasMisdirected } from '../stage/exercise.js';
import type { Facts, Scenario } from '../stage/scenario.js';
import { settle, startPair } from '../stage/setting.js';
import { atMost, deathMs, unansweredUntil } from '../stage/silence.js';
import { meanwhile, readAll, startClerks, token } from '../stage/workload.js';

/** After so many refused calls it is known what the server answers that has woken up. */
const CALLS = 4;

export const frozenPrimary: Scenario = {
  id: 'frozen-primary',
  title: 'The primary freezes, and wakes up deposed',
  part: 'B',
  source: 'kv-roles',
  requires: ['get', 'put'],
  points: 15,
  deadlineMs: 40_000,
  checkers: [linearizability, deadlines],
  async run({ cluster, clock }) {
    const view = await startPair(cluster);
    const clerks = startClerks(cluster, 2);
    const [reader, writer] = clerks;
    if (reader === undefined || writer === undefined) throw new Error('the scenario has clerks');
    await settle(cluster, reader, view);
    await writer.put('kept', token(writer, 1));
    cluster.pause(view.primary);
    const isDeposed = async () => (await cluster.view()).primary !== view.primary;
    await atMost(clock, 3 * deathMs(cluster.lab), isDeposed);
    // This one cannot be waiting for the frozen server, because it learns the view only now.
    const newcomer = cluster.clerk('newcomer');
    const renewed = meanwhile(newcomer.put('kept', token(newcomer, 1)));
    await Promise.race([renewed, clock.sleep(deathMs(cluster.lab))]);
    const astray = leadAstray(cluster, clerks, view.primary);
    const isTheirs = (from: string) => clerks.some(({ name }) => name === from);
    const before = cluster.traffic(isTheirs).calls;
    const haveCalled = (times: number) =>
      atMost(clock, deathMs(cluster.lab), () => cluster.traffic(isTheirs).calls >= before + times);
    // The read comes first: behind a write it would have to wait for what becomes of that.
    const get = meanwhile(reader.get('kept'));
    await haveCalled(1);
    const put = meanwhile(writer.put('new', token(writer, 2)));
    await haveCalled(2);
    cluster.resume(view.primary);
    await unansweredUntil(
      atMost(clock, deathMs(cluster.lab), () => astray.hits >= CALLS),
      [get, put],
      banOfDeposed(
        cluster,
        view.primary,
        `A client whose calls reached ${view.primary} was answered, but ${view.primary} had been deposed while it was frozen.`,
      ),
    );
    astray.heal();
    await Promise.all([renewed, get, put]);
    await readAll(reader, ['kept', 'new']);
  },
  unexercised: (facts) => wokeUpInOffice(facts) ?? wasMisdirected(facts),
};

/** Another server must have become primary while the first was frozen. */
function wokeUpInOffice({ timeline }: Facts): string | undefined {
  const awake = timeline.findIndex(({ kind }) => kind === 'resumed');
  const views = timeline.slice(0, awake).filter((event) => event.kind === 'view');
  const deposed = timeline.some(
    (event) => event.kind === 'paused' && views.at(-1)?.view.primary !== event.process,
  );
  return deposed ? undefined : 'Nobody had taken over when the frozen primary woke up.';
}
