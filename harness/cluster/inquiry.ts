/**
 * Asks the programs of a run that is over what they are doing, and finds out which of them have called themselves: the
 * file with a server's own name is its listener, so no relay sees such a call.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { connectionsTo } from '../process/dial.js';
import { connectionsFromWithin } from '../process/listening.js';
import type { AskForStacks } from '../process/spawn.js';
import { VIEW_SERVICE } from './cluster.js';
import type { Member } from './member.js';
import type { WorldParts } from './world-parts.js';

/** How long programs may take to say what they are doing, in ms. */
const INQUIRY_MS = 300;

/** How long calls that were held up may take to end, in ms. */
const SETTLE_MS = 50;

/** What programs were doing at the end of a run. */
export interface Inquiry {
  /** What the runtime of each has printed of its threads, by its name; of those that can. */
  stacks: ReadonlyMap<string, string>;
  /** How many connections each has to itself, by its name; of those that have any. */
  ownConnections: ReadonlyMap<string, number>;
  /** Those that the kit had frozen. */
  frozen: readonly string[];
}

export async function inquire({ roster, recorder, frozen }: WorldParts): Promise<Inquiry> {
  const unanswered = recorder.operations().filter(({ returnMs }) => returnMs === undefined);
  const waiting = new Set(unanswered.map(({ client }) => client));
  const asked = roster
    .all()
    .filter(({ name, isUp }) => isUp && (!roster.isClerk(name) || waiting.has(name)))
    .filter(({ name }) => !frozen.has(name));
  const ownConnections = new Map(
    asked.flatMap((member) => {
      const count = roster.isClerk(member.name) ? 0 : countOwnConnections(member);
      return count > 0 ? [[member.name, count] as const] : [];
    }),
  );
  const questions = asked.map((member) => ({ name: member.name, ask: member.prepareStacks() }));
  // Meanwhile no call was relayed; those that were only held up by that go on.
  await pause(SETTLE_MS);
  return { stacks: await askAll(questions), ownConnections, frozen: [...frozen.keys()] };
}

interface Question {
  name: string;
  ask: AskForStacks;
}

async function askAll(questions: readonly Question[]): Promise<Map<string, string>> {
  // Those that wait for the view service would notice its end, so it is asked last.
  const groups = [
    questions.filter(({ name }) => name !== VIEW_SERVICE),
    questions.filter(({ name }) => name === VIEW_SERVICE),
  ];
  const giveUpMs = performance.now() + INQUIRY_MS;
  const stacks = new Map<string, string>();
  for (const group of groups) {
    const leftMs = giveUpMs - performance.now();
    if (leftMs <= 0) break;
    await Promise.all(
      group.map(async ({ name, ask }) => {
        const text = await ask(leftMs);
        if (text !== undefined) stacks.set(name, text);
      }),
    );
  }
  return stacks;
}

/** All that it has accepted but for those of the kit, through which everybody else's calls come. */
function countOwnConnections(member: Member): number {
  const { socketPath } = member;
  const accepted = connectionsFromWithin(socketPath, member.pids());
  if (accepted === undefined) return 0;
  const ours = accepted.areOursCounted ? connectionsTo(socketPath) : 0;
  return Math.max(0, accepted.count - ours);
}
