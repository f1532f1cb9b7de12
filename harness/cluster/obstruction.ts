/**
 * What the kit itself has put in the way of somebody who waits for the submission: a call that a fault holds, a
 * link that is away, a process that is frozen. While anything of that stands in its way, nothing is overdue.
 */

import type { View } from '../history/timeline.js';
import type { Network, OpenCall } from '../network/network.js';
import { VIEW_SERVICE } from './cluster.js';

/** Each gives a clause such as `the kit holds c1's call to pb1 (delay-request)`; undefined if nothing is there. */
export interface Obstructions {
  /** In the way of the operation of this client that is under way. */
  ofClient(client: string): string | undefined;
  /** In the way of a change of view; with a server, of its pings. */
  ofViews(server?: string): string | undefined;
}

export interface ObstructionSources {
  network: Pick<Network, 'barrier' | 'openCalls'>;
  isFrozen: (process: string) => boolean;
  /** Whether it was started and not killed since; what a dead process had asked keeps nobody waiting. */
  isAlive: (process: string) => boolean;
  /** The newest view that was seen, if there was one. */
  newestView: () => View | undefined;
}

export function createObstructions(sources: ObstructionSources): Obstructions {
  const { network, isFrozen, isAlive, newestView } = sources;
  const openCalls = () => network.openCalls().filter(({ from }) => isAlive(from));
  const frozen = (processes: Iterable<string>) => {
    const found = [...processes].find(isFrozen);
    return found === undefined ? undefined : `the kit has frozen ${found}`;
  };
  const barrier = (from: string, to: string) => {
    const fault = network.barrier(from, to);
    return fault && `the kit keeps ${from} from ${to} (${fault})`;
  };
  const firstBarrier = (links: readonly (readonly [from: string, to: string])[]) =>
    links.map(([from, to]) => barrier(from, to)).find((found) => found !== undefined);

  return {
    ofClient(client) {
      const calls = openCalls();
      const { primary = '', backup = '' } = newestView() ?? {};
      const asked = calls.filter(({ from }) => from === client).map(({ to }) => to);
      // The lab's calls have no time-outs: a client waits for whom it has asked, whatever the view says by now.
      const servers = named([primary, backup, ...asked]);
      return (
        held(calls, new Set([client, ...servers])) ??
        frozen([VIEW_SERVICE, ...servers]) ??
        firstBarrier([
          ...named([VIEW_SERVICE, primary]).map((to) => [client, to] as const),
          ...servers.flatMap((server) =>
            named([VIEW_SERVICE, primary, backup])
              .filter((to) => to !== server)
              .map((to) => [server, to] as const),
          ),
        ])
      );
    },
    ofViews(server) {
      const calls = openCalls();
      const { primary = '', backup = '' } = newestView() ?? {};
      const members = named([primary, backup, server ?? '']);
      return (
        held(calls, new Set(members)) ??
        frozen([VIEW_SERVICE, ...named([server ?? ''])]) ??
        (server === undefined ? undefined : barrier(server, VIEW_SERVICE))
      );
    },
  };
}

/** A call of one of these that a fault holds. */
function held(calls: readonly OpenCall[], callers: ReadonlySet<string>): string | undefined {
  const found = calls.find(({ from, heldBy }) => heldBy !== undefined && callers.has(from));
  return found && `the kit holds ${found.from}'s call to ${found.to} (${found.heldBy})`;
}

function named(processes: readonly string[]): string[] {
  return [...new Set(processes)].filter((name) => name !== '');
}
