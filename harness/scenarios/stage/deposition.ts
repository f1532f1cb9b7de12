/**
 * A primary that is cut off from the view service and deposed without knowing it: it lives, it can be
 * reached, and it still considers itself the primary.
 */

import { VIEW_SERVICE, type Clerk, type Cluster } from '../../cluster/cluster.js';
import { oneWay, type InstalledFault, type LinkSelector } from '../../faults/fault.js';
import { cut } from '../../faults/cut.js';
import { misdirect } from '../../faults/misdirect.js';
import type { View } from '../../history/timeline.js';
import { promoted } from './setting.js';
import type { Ban } from './silence.js';

/**
 * Answered pings after which a server must know the view: the first may have been asked before the change,
 * and the one after it may still be answered with the old view.
 */
export const TELLING_PINGS = 3;

/**
 * Cuts the primary of `view` off from the view service, and from what `more` says, until its backup has taken
 * over and knows it. Before that the two may go on as a pair, whatever the view service says. Gives the
 * cut, for healing it.
 */
export async function depose(
  cluster: Cluster,
  view: View,
  more: LinkSelector = () => false,
): Promise<InstalledFault> {
  const fromViewService = oneWay(view.primary, VIEW_SERVICE);
  const away = cluster.install(cut(), (from, to) => fromViewService(from, to) || more(from, to));
  await promoted(cluster, view);
  await cluster.waitForPings(view.backup, TELLING_PINGS);
  return away;
}

/** Every call of these clerks to a server reaches `server`, whomever they take for the primary. */
export function leadAstray(
  cluster: Cluster,
  clerks: readonly Clerk[],
  server: string,
): InstalledFault {
  const names = clerks.map(({ name }) => name);
  const links: LinkSelector = (from, to) =>
    names.includes(from) && to !== VIEW_SERVICE && to !== server;
  dialAnew(cluster, links);
  return cluster.install(misdirect(server), links);
}

/** Ends connections that callers keep open, which would go on reaching whom they were dialled to. */
export function dialAnew(cluster: Cluster, links: LinkSelector): void {
  cluster.install(cut(), links).heal();
}

/** A deposed server must not answer any client while another server is primary. */
export function banOfDeposed(cluster: Cluster, deposed: string, why: string): Ban {
  return { why, stillHolds: async () => (await cluster.view()).primary !== deposed };
}
