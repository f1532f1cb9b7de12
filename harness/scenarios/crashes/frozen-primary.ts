/**
 * The primary freezes, is deposed, and wakes up without having noticed that any time has passed, with
 * requests in its socket of clients that still consider it the primary. It must not answer them from what
 * it knows.
 */

import { VIEW_SERVICE, type Clerk } from '../../cluster/cluster.js';
import type { Operation } from '../../history/operation.js';
import type { View } from '../../history/timeline.js';
import { banOfDeposed, leadAstray } from '../stage/deposition.js';
import { wasMisdirected } from '../stage/exercise.js';
import { scenario, type Facts, type Stage } from '../stage/scenario.js';
import { settle, startPair } from '../stage/setting.js';
import { atMost, deathMs, unansweredUntil, viewAtMost } from '../stage/silence.js';
import { meanwhile, readAll, startClerks, token } from '../stage/workload.js';

/** After so many refused calls it is known what the server answers that has woken up. */
const CALLS = 4;

export const frozenPrimary = scenario({
  id: 'frozen-primary',
  title: 'The primary freezes, and wakes up deposed',
  source: 'kv-roles',
  // The lab does not freeze processes, but its rule on deposed primaries has no exception for slow ones.
  tier: 'implied',
  circumstance: 'when a deposed primary is asked',
  points: 15,
  deadlineMs: 40_000,
  async run(stage) {
    const { cluster, clock } = stage;
    const view = await startPair(cluster);
    const clerks = startClerks(cluster);
    const [reader, writer] = clerks;
    await settle(cluster, reader, view);
    await writer.put('kept', token(writer, 1));
    cluster.pause(view.primary);
    const { renewed, isDone } = await writeAtSuccessor(stage, view);
    const astray = leadAstray(cluster, clerks, view.primary);
    const asked = await askFrozen(stage, reader, writer);
    cluster.resume(view.primary);
    const why = `A client whose calls reached ${view.primary} was answered, but ${view.primary} had been deposed while it was frozen.`;
    const refused = atMost(clock, deathMs(cluster.lab), () => astray.hits >= CALLS);
    // Without the write it is not known whether the successor knows that it is one.
    if (isDone) await unansweredUntil(refused, asked, banOfDeposed(cluster, view.primary, why));
    astray.heal();
    await Promise.all([renewed, ...asked]);
    await readAll(reader, ['kept', 'new']);
  },
  unexercised: (facts) =>
    wokeUpInOffice(facts) ?? successorWasSilent(facts) ?? wasMisdirected(facts),
});

/** Overwrites the values that the frozen primary knows. The writes may be done before it wakes up or later. */
async function writeAtSuccessor(
  { cluster, clock }: Stage,
  view: View,
): Promise<{ renewed: Promise<Operation>; isDone: boolean }> {
  const isDeposed = ({ primary }: View) => primary !== view.primary;
  await viewAtMost({ cluster, clock }, 3 * deathMs(cluster.lab), isDeposed);
  // A newcomer cannot be waiting for the frozen server, because it learns the view only now.
  const newcomer = cluster.clerk('newcomer');
  const renewed = meanwhile(newcomer.put('kept', token(newcomer, 1)));
  const tooLate = clock.sleep(4 * deathMs(cluster.lab)).then(() => false);
  return { renewed, isDone: await Promise.race([renewed.then(() => true), tooLate]) };
}

/** Operations whose requests lie in the socket of the frozen server, the read first. */
async function askFrozen(
  { cluster, clock }: Stage,
  reader: Clerk,
  writer: Clerk,
): Promise<Promise<Operation>[]> {
  const hasCalled = (clerk: Clerk) => {
    const links = (from: string, to: string) => from === clerk.name && to !== VIEW_SERVICE;
    const before = cluster.traffic(links).calls;
    return () => cluster.traffic(links).calls > before;
  };
  const [hasRead, hasWritten] = [hasCalled(reader), hasCalled(writer)];
  // Behind a write the read would have to wait for what becomes of that.
  const get = meanwhile(reader.get('kept'));
  await atMost(clock, deathMs(cluster.lab), hasRead);
  const put = meanwhile(writer.put('new', token(writer, 2)));
  await atMost(clock, deathMs(cluster.lab), hasWritten);
  return [get, put];
}

/** Another server must have become primary while the first was frozen. */
function wokeUpInOffice({ timeline }: Facts): string | undefined {
  const awake = timeline.findIndex(({ kind }) => kind === 'resumed');
  const views = timeline.slice(0, awake).filter((event) => event.kind === 'view');
  const deposed = timeline.some(
    (event) => event.kind === 'paused' && views.at(-1)?.view.primary !== event.process,
  );
  return deposed ? undefined : 'No server had taken over when the frozen primary woke up.';
}

/** Only by the newcomer's write is it known that the successor knows that it is one. */
function successorWasSilent({ history, timeline }: Facts): string | undefined {
  const awakeMs = timeline.find(({ kind }) => kind === 'resumed')?.atMs ?? 0;
  const hasWritten = history.some(
    ({ client, returnMs = Infinity }) => client === 'newcomer' && returnMs < awakeMs,
  );
  return hasWritten ? undefined : 'No client had written when the frozen primary woke up.';
}
