/**
 * The world of real processes: every member of the cluster is a process of its own, every directed
 * link a relay of ours, and time is the machine's.
 */

import type { RunClock } from '../ground/clock.js';
import type { Expenses } from '../costs/expenses.js';
import type { Strain, Work } from '../process/disturbance.js';
import type { Operation } from '../history/operation.js';
import { describeOperation } from '../history/describe.js';
import type { TimelineEvent } from '../history/timeline.js';
import type { TracedCall } from '../history/trace.js';
import type { WireFacts } from '../history/wire/wire-watch.js';
import type { Incident } from '../lab/incidents.js';
import type { Arrival } from '../process/arrivals.js';
import type { ProcessSymptoms } from '../printed/process-symptoms.js';
import { inquire, type Inquiry } from './inquiry.js';
import { VIEW_SERVICE, type Cluster } from './cluster.js';
import type { Member } from './member.js';
import type { Obstacle } from './obstruction.js';
import { createProcessCluster } from './process-cluster.js';
import type { Silence } from './owed-answer.js';
import type { Pinging } from './ping-record.js';
import { heldBackFromPinging } from './held-back.js';
import type { Standing } from './standing.js';
import { WorldParts, type ProcessWorldOptions } from './world-parts.js';

/** Time between two looks at the directories of all processes, in ms. */
const INSPECTION_MS = 1000;

export interface ProcessWorld {
  cluster: Cluster;
  clock: RunClock;
  timeline: readonly TimelineEvent[];
  operations(): Operation[];
  /** Every call that was made, as far as they are kept. */
  calls(): TracedCall[];
  /** The same calls, with the writes that their messages said; takes up to half a second. */
  callsWithWrites(): TracedCall[];
  /** Costs of the calls so far. */
  expenses(): Expenses;
  /** Rejects with the first breach that the world notices by itself. */
  breached: Promise<never>;
  /** Obstructions by the kit in the way of an open operation. */
  obstruction(): Obstacle | undefined;
  /** The oldest operation that is under way, and who owes its answer, as a clause. */
  unfinished(): string | undefined;
  /** When each server pinged the view service, as far as pings can be read. */
  pinging(): ReadonlyMap<string, Pinging>;
  /** Why the view service may have taken a server for dead that was held back in these strains, as one sentence. */
  heldBackFromPinging(strains: readonly Strain[]): string | undefined;
  /** The servers that run, and that nothing of the kit keeps from pinging. */
  freeServers(): string[];
  /** Who owes the answer to what a process was asked at this time, in ms. */
  silence(asker: string, sinceMs: number): Silence;
  /** Present if calls are held back, or only counted. */
  standing?: Standing | undefined;
  /** The work of the relays so far. */
  work(): Work;
  /** Pids of the view service and the servers that are alive. */
  serverPids(): number[];
  /** Processor time of all processes so far, in ms. */
  cpuMs(): number;
  /** The same costs without those of the starts. */
  workCpuMs(): number;
  /** The output of each process, by name. */
  logs(): Map<string, string>;
  /** When the parts of that have come. */
  arrivals(): Map<string, Arrival[]>;
  /** Connection errors, data races and crashes in that output, until the world was closed. */
  symptoms(): ProcessSymptoms[];
  /** Whether the values of operations passed the wire; undefined if not every message could be read. */
  wireFacts(): WireFacts | undefined;
  /** What programs did beside answering calls, until the world was closed. */
  incidents(): readonly Incident[];
  /**
   * Ends the run, and asks its programs then what they are doing; some end by that. What they do and print from now on
   * does not belong to the run.
   */
  inquire(): Promise<Inquiry>;
  /** Ends everything that waits, heals every fault and kills every process. */
  close(): Promise<void>;
}

/** Opens an empty world. */
export function openProcessWorld(options: ProcessWorldOptions): ProcessWorld {
  const parts = new WorldParts(options);
  const { clock, timeline, standing, recorder, tracer, roster, network, ownClients } = parts;
  const cluster = createProcessCluster(parts, options.submission.manifest);
  const inspections = setInterval(() => {
    for (const member of roster.all()) member.inspect();
  }, INSPECTION_MS);
  const ending = createEnding(parts, () => clearInterval(inspections));
  const ofEach = <T>(tell: (member: Member) => T): Map<string, T> =>
    new Map(roster.all().map((member) => [member.name, tell(member)]));
  const sumOf = (measure: (member: Member) => number): number =>
    roster.all().reduce((sum, member) => sum + measure(member), 0);
  return {
    cluster: standing?.around(cluster) ?? cluster,
    clock,
    timeline,
    standing,
    operations: () => ending.operations(),
    calls: () => tracer.calls(ending.operations()),
    callsWithWrites: () => tracer.callsWithWrites(ending.operations()),
    expenses: () => expensesOf(parts, cluster),
    breached: parts.breached,
    obstruction: () =>
      recorder
        .underWay()
        .map(({ client }) => parts.obstructions.ofClient(client))
        .find((found) => found !== undefined),
    unfinished() {
      const [first] = recorder.underWay();
      if (first === undefined) return undefined;
      return `${describeOperation(first)} was under way; ${parts.silence(first.client, first.callMs).says}`;
    },
    pinging: () => parts.pings.all(),
    heldBackFromPinging: (strains) => heldBackIn(parts, cluster, strains),
    freeServers: () => freeServers(parts),
    silence: (asker, sinceMs) => parts.silence(asker, sinceMs),
    work: () => ({
      calls: network.traffic((from) => !ownClients.has(from)).calls,
      operations: recorder.count(),
    }),
    serverPids: () => roster.servers().flatMap(({ pid }) => pid ?? []),
    cpuMs: () => sumOf((member) => member.cpuMs()),
    workCpuMs: () => sumOf((member) => member.workCpuMs()),
    logs: () => ofEach((member) => member.log()),
    arrivals: () => ofEach((member) => member.arrivals()),
    symptoms: () => ending.symptoms(),
    wireFacts: () => parts.wireFacts(),
    incidents: () => parts.incidents,
    inquire() {
      ending.end();
      return inquire(parts);
    },
    async close() {
      ending.end();
      network.close();
      await Promise.all(roster.all().map((member) => member.kill()));
    },
  };
}

/** What the world knew at its end; until then, what it knows now. */
interface WorldEnding extends Pick<ProcessWorld, 'operations' | 'symptoms'> {
  end(): void;
}

/** `stopWatching` ends what the world does by itself. */
function createEnding(parts: WorldParts, stopWatching: () => void): WorldEnding {
  const { roster, recorder, tracer, clock } = parts;
  const operations = () => recorder.operations();
  const symptoms = () => roster.all().map((member) => member.symptoms());
  let known: { operations: Operation[]; symptoms: ProcessSymptoms[] } | undefined;
  return {
    operations: () => known?.operations ?? operations(),
    symptoms: () => known?.symptoms ?? symptoms(),
    end() {
      if (known !== undefined) return;
      for (const member of roster.all()) member.inspect();
      parts.end();
      stopWatching();
      // The kit also causes the failures of calls while it closes everything.
      known = { operations: operations(), symptoms: symptoms() };
      tracer.close();
      clock.end();
      parts.time.stop();
    },
  };
}

function heldBackIn(
  { pingGaps, timeline }: WorldParts,
  { lab }: Cluster,
  strains: readonly Strain[],
): string | undefined {
  return heldBackFromPinging({ gaps: pingGaps.all(), timeline, strains, lab });
}

function freeServers({ roster, obstructions }: WorldParts): string[] {
  return roster
    .servers()
    .filter(({ name, isUp }) => name !== VIEW_SERVICE && isUp)
    .map(({ name }) => name)
    .filter((name) => obstructions.ofViews(name) === undefined);
}

function expensesOf(
  { network, roster, tracer, ownClients, isRead }: WorldParts,
  { serverLinks }: Cluster,
): Expenses {
  /** How many calls these have begun to the view service. */
  const asked = (isMeant: (name: string) => boolean) =>
    network.traffic((from, to) => to === VIEW_SERVICE && isMeant(from)).calls;
  return {
    calls: network.traffic(serverLinks).calls,
    askedByClerks: asked((name) => roster.isClerk(name) && !ownClients.has(name)),
    askedByServers: new Map(
      roster.servers().map(({ name }) => [name, asked((from) => from === name)]),
    ),
    ...(isRead ? { largestRequest: tracer.largestRequest } : {}),
  };
}
