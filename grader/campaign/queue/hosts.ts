/** The hosts that a coordinator knows of: which agents live, how many runs they can have at once, what they did. */

import { HOST, runsOfHost, type HostMessage } from './queue-messages.js';
import type { KnownHost } from './hosts-file.js';
import type { JobList } from './engine.js';

/** An agent that has not said anything new for so long is gone, in ms. */
const SILENCE_MS = 5000;

export interface Hosts {
  /** Reads what agents say of themselves. */
  look(): Promise<void>;
  /** Runs that the live ones can have at once. */
  slots(): number;
  names(): string[];
  /** The names of those that live and take runs. */
  working(): string[];
  known(): KnownHost[];
  /** Whether the host with this list of its own lives. */
  isLive(list: string): boolean;
  /** The live host with the fewest runs of the control arm for its runs; undefined without any. */
  nextToControl(): string | undefined;
  /** A run of this host has come back. */
  ended(name: string): void;
  /** Nothing of this host counts, from now on. */
  exclude(name: string, why: string): void;
  isExcluded(name: string): boolean;
}

interface Seen {
  message: HostMessage;
  isLive: boolean;
  /** When its beat has changed, by our clock. */
  atMs: number;
  /** Runs that came back from it. */
  runs: number;
  /** Runs of the control arm that it was given. */
  given: number;
}

/** `unsafe` are hosts of which nothing counts, with the reason. */
export function watchHosts(
  list: JobList,
  { unsafe, say }: { unsafe: Map<string, string>; say: (line: string) => void },
): Hosts {
  const all = new Map<string, Seen>();
  const live = () =>
    [...all.values()].filter(
      ({ isLive, message }) => isLive && message.refuses === undefined && !unsafe.has(message.name),
    );

  const note = (message: HostMessage): void => {
    const before = all.get(message.name);
    const isNews = before?.message.beat !== message.beat;
    const atMs = isNews || before === undefined ? performance.now() : before.atMs;
    const { runs = 0, given = 0 } = before ?? {};
    const isLive = performance.now() - atMs < SILENCE_MS;
    all.set(message.name, { message, isLive, atMs, runs, given });
    if (message.refuses !== undefined && message.refuses !== before?.message.refuses) {
      say(`${message.name} takes no runs: ${message.refuses}`);
    }
  };
  return {
    async look() {
      const jobs = await list.getJobs(['waiting', 'prioritized', 'delayed']);
      const told = jobs.flatMap((job) => HOST.safeParse(job?.data).data ?? []);
      for (const message of told) note(message);
      const names = new Set(told.map(({ name }) => name));
      for (const one of all.values()) if (!names.has(one.message.name)) one.isLive = false;
    },
    slots: () => live().reduce((sum, { message }) => sum + message.slots, 0),
    names: () => [...all.keys()],
    working: () => live().map(({ message }) => message.name),
    known: () =>
      [...all.values()].map(({ isLive, message: { beat: _beat, ...message } }) => {
        const why = unsafe.get(message.name);
        return { ...message, isLive, ...(why === undefined ? {} : { unsafe: why }) };
      }),
    isLive: (wanted) => live().some(({ message }) => runsOfHost(message.name) === wanted),
    nextToControl() {
      const share = ({ given, runs }: Seen) => given / (runs + 1);
      const [next] = live().toSorted((a, b) => share(a) - share(b));
      if (next !== undefined) next.given += 1;
      return next?.message.name;
    },
    ended(name) {
      const one = all.get(name);
      if (one !== undefined) one.runs += 1;
    },
    exclude: (name, why) => void unsafe.set(name, why),
    isExcluded: (name) => unsafe.has(name),
  };
}
