/**
 * Obstructions that the kit itself puts in the way of the submission: a call that a fault holds, a link that is
 * cut, a process that is frozen. While there is one, nothing is overdue.
 */

import type { View } from '../history/timeline.js';
import type { Network, OpenCall } from '../network/network.js';
import { VIEW_SERVICE } from './cluster.js';

/** One thing that the kit has put in the way. */
export interface Obstacle {
  /** A clause such as `the kit holds c1's call to pb1 (delay-request)`. */
  says: string;
  /** In ms since the start of the run. */
  sinceMs: number;
}

/**
 * What has been in the way for less than this is the pace of a bad network, and no excuse for anybody: a server of which
 * every ping is late by a fifth of a second has always one on its way. In ms; a death of the stock lab.
 */
export const LASTING_MS = 500;

/** Each gives the oldest obstacle; undefined if there is none. */
export interface Obstructions {
  /** In the way of the operation of this client that is under way. */
  ofClient(client: string): Obstacle | undefined;
  /** In the way of a change of view; with a server, of its pings. */
  ofViews(server?: string): Obstacle | undefined;
}

export interface ObstructionSources {
  network: Pick<Network, 'barrier' | 'openCalls'>;
  /** When a process was frozen that is frozen now, in ms since the start of the run. */
  frozenSince: (process: string) => number | undefined;
  /** Whether it was started and not killed since; nothing waits for the calls of a dead process. */
  isAlive: (process: string) => boolean;
  /** The newest view that was seen, if there was one. */
  newestView: () => View | undefined;
}

export function createObstructions(sources: ObstructionSources): Obstructions {
  const { network, frozenSince, isAlive, newestView } = sources;
  const openCalls = () => network.openCalls().filter(({ from }) => isAlive(from));
  const frozen = (process: string): Obstacle[] => {
    const sinceMs = frozenSince(process);
    return sinceMs === undefined ? [] : [{ says: `the kit has frozen ${process}`, sinceMs }];
  };
  const barrier = (from: string, to: string): Obstacle[] => {
    const found = from === to || !isAlive(from) ? undefined : network.barrier(from, to);
    if (found === undefined) return [];
    return [
      { says: `the kit blocks ${from}'s calls to ${to} (${found.fault})`, sinceMs: found.sinceMs },
    ];
  };

  return {
    ofClient(client) {
      const calls = openCalls();
      const { primary = '', backup = '' } = newestView() ?? {};
      const asked = calls.filter(({ from }) => from === client).map(({ to }) => to);
      // The lab's calls have no time-outs: a client waits for whom it has asked, whatever the view says by now.
      const servers = named([primary, backup, ...asked]);
      const needed = named([VIEW_SERVICE, primary, backup]);
      return oldest([
        ...held(calls, new Set([client, ...servers])),
        ...named([VIEW_SERVICE, ...servers]).flatMap(frozen),
        ...named([VIEW_SERVICE, primary]).flatMap((to) => barrier(client, to)),
        ...servers.flatMap((server) => needed.flatMap((to) => barrier(server, to))),
      ]);
    },
    ofViews(server = '') {
      const { primary = '', backup = '' } = newestView() ?? {};
      return oldest([
        ...held(openCalls(), new Set(named([primary, backup, server]))),
        ...named([VIEW_SERVICE, server]).flatMap(frozen),
        ...named([server]).flatMap((from) => barrier(from, VIEW_SERVICE)),
      ]);
    },
  };
}

/** The calls of these that a fault holds. */
function held(calls: readonly OpenCall[], callers: ReadonlySet<string>): Obstacle[] {
  return calls.flatMap(({ from, to, held: by }) =>
    by === undefined || !callers.has(from)
      ? []
      : [{ says: `the kit holds ${from}'s call to ${to} (${by.fault})`, sinceMs: by.sinceMs }],
  );
}

function oldest([first, ...rest]: readonly Obstacle[]): Obstacle | undefined {
  return rest.reduce(
    (found, next) => (found === undefined || next.sinceMs < found.sinceMs ? next : found),
    first,
  );
}

function named(processes: readonly string[]): string[] {
  return [...new Set(processes)].filter((name) => name !== '');
}
