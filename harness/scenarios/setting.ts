/** The settings that scenarios start from: some servers, formed into a view, and what may follow. */

import type { Clerk, Cluster } from '../cluster/cluster.js';
import type { View } from '../history/timeline.js';
import { token } from './workload.js';

/** Starts the view service and one server, and waits until it is primary alone. */
export async function startPrimary(cluster: Cluster): Promise<View> {
  await cluster.startView();
  await cluster.startServer('pb1');
  return cluster.waitForView(
    'pb1 to become the primary of the first view',
    ({ primary, backup }) => primary === 'pb1' && backup === '',
  );
}

/** Starts the view service and two servers, and waits until they are primary and backup. */
export async function startPair(cluster: Cluster): Promise<View> {
  await cluster.startView();
  await Promise.all([cluster.startServer('pb1'), cluster.startServer('pb2')]);
  return formed(cluster);
}

/** As `startPair`, with a third server that waits idle. */
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
 * Waits until the backup of the view is initialised, which a first completed operation shows: the
 * primary answers nothing before its backup can accept it. Writes `SETTLED_KEY`.
 */
export async function settle(clerk: Clerk): Promise<void> {
  await clerk.put(SETTLED_KEY, token(clerk, 0));
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
  return cluster.waitForView(
    `${backup} to become primary`,
    ({ primary }) => primary === backup,
  );
}

