/** The settings that scenarios start from: some servers, formed into a view, and what may follow. */

import { DEFAULT_DEADLINE_MS, type Clerk, type Cluster } from '../../cluster/cluster.js';
import type { View } from '../../history/timeline.js';

/**
 * Starts the view service and one server, and waits until it is primary alone and, as two answered pings
 * tell, operates in its view. Clients come later: what one meets that comes before is not tested here.
 */
export async function startPrimary(cluster: Cluster): Promise<View> {
  await cluster.startView();
  await cluster.startServer('pb1');
  const view = await cluster.waitForView(
    'pb1 to become the primary of the first view',
    ({ primary, backup }) => primary === 'pb1' && backup === '',
  );
  await cluster.waitForPings('pb1', 2);
  return view;
}

/** Starts the view service and two servers, and waits until they are primary and backup. */
export async function startPair(cluster: Cluster): Promise<View> {
  await cluster.startView();
  await Promise.all([cluster.startServer('pb1'), cluster.startServer('pb2')]);
  return formed(cluster);
}

/** Like `startPair`, with a third server that waits idle. */
export async function startTrio(cluster: Cluster): Promise<View> {
  await cluster.startView();
  await Promise.all(['pb1', 'pb2', 'pb3'].map((name) => cluster.startServer(name)));
  return formed(cluster);
}

export async function formed(cluster: Cluster): Promise<View> {
  return cluster.waitForView(
    'a view with a primary and a backup',
    ({ primary, backup }) => primary !== '' && backup !== '',
  );
}

/**
 * Waits until the view is settled: its primary operates in it, its backup is initialised, and the view
 * service has been told so. Only then may a scenario kill a server and expect the service to survive.
 * Most of this cannot be seen from outside, so it is concluded: two answered pings tell the primary its
 * view; an update that it acknowledges after them has been accepted by its backup; and of two pings after
 * that one carries the acknowledgement. Where pings can be read, it waits for that one. Writes `SETTLED_KEY`. Each step may take `deadlineMs`.
 */
export async function settle(
  cluster: Cluster,
  clerk: Clerk,
  view: View,
  deadlineMs = DEFAULT_DEADLINE_MS,
): Promise<void> {
  await cluster.waitForPings(view.primary, 2, deadlineMs);
  await clerk.put(SETTLED_KEY, `settled in view ${view.viewnum}`, { deadlineMs });
  await cluster.waitForPings(view.primary, 2, deadlineMs);
  for (let n = 0; n < LATE_PINGS && !cluster.acknowledged(view); n++) {
    await cluster.waitForPings(view.primary, 1, deadlineMs);
  }
}

/**
 * Further pings in which a primary acknowledges its view on a busy machine, or after a transfer in parts. A primary that
 * never does is the submission's doing, and what follows tells so.
 */
const LATE_PINGS = 10;

/** Pings of the primary in which a view service that still has a reason to change the view does so. */
const STEADY_PINGS = 2;

/**
 * Like `settle`, but the view may still be changing, as after a server has woken up or restarted: tries
 * again until one view with a primary and a backup has outlived its own settling. Gives that view.
 */
export async function settleAnew(
  cluster: Cluster,
  clerk: Clerk,
  deadlineMs = DEFAULT_DEADLINE_MS,
): Promise<View> {
  for (;;) {
    const view = await formed(cluster);
    await settle(cluster, clerk, view, deadlineMs);
    await cluster.waitForPings(view.primary, STEADY_PINGS, deadlineMs);
    const { viewnum } = await cluster.view();
    if (viewnum === view.viewnum) return view;
  }
}

/** The key that `settle` writes; a scenario that reads everything back reads it too. */
export const SETTLED_KEY = 'settled';

/** Kills the primary of `view` and waits until its backup has taken over. */
export async function failOver(cluster: Cluster, view: View): Promise<View> {
  await cluster.kill(view.primary);
  return promoted(cluster, view);
}

/** Waits until the backup of `view` is primary. */
export async function promoted(cluster: Cluster, { backup }: View): Promise<View> {
  return cluster.waitForView(`${backup} to become primary`, ({ primary }) => primary === backup);
}
