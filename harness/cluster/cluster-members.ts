/**
 * The members of a cluster and the links between them: who has been started in this run, in which
 * directory, and through which relays each sees the others.
 */

import { join } from 'node:path';
import type { Network } from '../network/network.js';
import { commandWords } from '../submission/command-words.js';
import type { Submission } from '../submission/submission.js';
import { VIEW_SERVICE } from './cluster.js';
import { createMember, type Member, type MemberOptions } from './member.js';

export interface RosterOptions extends Pick<
  MemberOptions,
  | 'mark'
  | 'box'
  | 'readyDeadlineMs'
  | 'machine'
  | 'now'
  | 'onEvent'
  | 'onBreach'
  | 'onIncident'
  | 'onKitFailure'
  | 'admit'
> {
  submission: Submission;
  /** Directory of the run; each member gets its own below it. */
  directory: string;
  network: Network;
}

export interface Roster {
  /** Adds a server or the view service, which listens, with links from and to all others. */
  enrollServer(name: string, command: string): Member;
  /** Adds a clerk, which only dials. */
  enrollClerk(name: string, command: string): Member;
  /** The member of this name; an unknown one is a mistake of the scenario. */
  called(name: string): Member;
  all(): Member[];
  /** The view service and the servers. */
  servers(): Member[];
  isClerk(name: string): boolean;
}

export function createRoster(options: RosterOptions): Roster {
  const { submission, directory, network } = options;
  const { manifest, root } = submission;
  const members = new Map<string, Member>();
  const clerkNames = new Set<string>();

  const enroll = (name: string, command: string, conversation: boolean): Member => {
    if (members.has(name)) throw new Error(`the scenario has started two processes called ${name}`);
    const member = createMember({
      ...options,
      name,
      argv: commandWords(command, root, { self: name, view: VIEW_SERVICE }),
      directory: join(directory, name),
      isPeer: (other) => other !== name && members.has(other),
      readable: [root, ...(submission.readable ?? [])],
      needsTools: submission.needsTools !== false,
      folders: [
        [root, '.'],
        [join(directory, name), '.'],
        [directory, '..'],
      ],
      environment: {
        ...submission.environment,
        PBLAB_PING_INTERVAL_MS: String(manifest.pingIntervalMs),
        PBLAB_DEAD_PINGS: String(manifest.deadPings),
        // From 1, in the order in which they are started.
        ...(conversation ? { PBLAB_CLERK_NUMBER: String(clerkNames.size + 1) } : {}),
      },
      conversation,
    });
    for (const peer of members.values()) {
      if (!conversation) connect(peer, member);
      if (!clerkNames.has(peer.name)) connect(member, peer);
    }
    members.set(name, member);
    return member;
  };
  const connect = (caller: Member, callee: Member) =>
    network.addLink({
      from: caller.name,
      to: callee.name,
      relayPath: join(directory, caller.name, callee.name),
      calleePath: callee.socketPath,
    });
  return {
    enrollServer: (name, command) => enroll(name, command, false),
    enrollClerk(name, command) {
      const member = enroll(name, command, true);
      clerkNames.add(name);
      return member;
    },
    called(name) {
      const member = members.get(name);
      if (member === undefined) throw new Error(`the scenario has started nothing called ${name}`);
      return member;
    },
    all: () => [...members.values()],
    isClerk: (name) => clerkNames.has(name),
    servers: () => [...members.values()].filter(({ name }) => !clerkNames.has(name)),
  };
}
