/**
 * The world of real processes: every member of the cluster is a process of its own, every directed
 * link a relay of ours, and time is the machine's.
 */

import type { RealClock } from '../ground/clock.js';
import type { Expenses } from '../costs/expenses.js';
import type { Work } from '../process/disturbance.js';
import type { Operation } from '../history/operation.js';
import { describeOperation } from '../history/describe.js';
import type { TimelineEvent } from '../history/timeline.js';
import type { TracedCall } from '../history/trace.js';
import type { Arrival } from '../process/arrivals.js';
import type { ProcessSymptoms } from '../printed/process-symptoms.js';
import { VIEW_SERVICE, type Cluster } from './cluster.js';
import type { Member } from './member.js';
import type { Obstacle } from './obstruction.js';
import { createProcessCluster } from './process-cluster.js';
import type { Standing } from './standing.js';
import { WorldParts, type ProcessWorldOptions } from './world-parts.js';

export interface ProcessWorld {
  cluster: Cluster;
  clock: RealClock;
  timeline: readonly TimelineEvent[];
  operations(): Operation[];
  /** Every call that was made, as far as they are kept. */
  calls(): TracedCall[];
  /** Costs of the calls so far. */
  expenses(): Expenses;
  /** Rejects with the first breach that the world notices by itself. */
  breached: Promise<never>;
  /** Obstructions by the kit in the way of an open operation. */
  obstruction(): Obstacle | undefined;
  /** The oldest operation that is under way, and who owes its answer, as a clause. */
  unfinished(): string | undefined;
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
  /** Ends everything that waits, heals every fault and kills every process. */
  close(): Promise<void>;
}

/** Opens an empty world. */
export function openProcessWorld(options: ProcessWorldOptions): ProcessWorld {
  const parts = new WorldParts(options);
  const { clock, timeline, standing, recorder, tracer, roster, network, ownClients } = parts;
  const cluster = createProcessCluster(parts, options.submission.manifest);
  let symptoms: ProcessSymptoms[] | undefined;
  const seen = () => roster.all().map((member) => member.symptoms());
  const ofEach = <T>(tell: (member: Member) => T): Map<string, T> =>
    new Map(roster.all().map((member) => [member.name, tell(member)]));
  const sumOf = (measure: (member: Member) => number): number =>
    roster.all().reduce((sum, member) => sum + measure(member), 0);
  return {
    cluster: standing?.around(cluster) ?? cluster,
    clock,
    timeline,
    standing,
    operations: () => recorder.operations(),
    calls: () => tracer.calls(recorder.operations()),
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
    work: () => ({
      calls: network.traffic((from) => !ownClients.has(from)).calls,
      operations: recorder.count(),
    }),
    serverPids: () => roster.servers().flatMap(({ pid }) => pid ?? []),
    cpuMs: () => sumOf((member) => member.cpuMs()),
    workCpuMs: () => sumOf((member) => member.workCpuMs()),
    logs: () => ofEach((member) => member.log()),
    arrivals: () => ofEach((member) => member.arrivals()),
    symptoms: () => symptoms ?? seen(),
    async close() {
      parts.end();
      // The kit also causes the failures of calls while it closes everything.
      symptoms ??= seen();
      tracer.close();
      clock.end();
      network.close();
      await Promise.all(roster.all().map((member) => member.kill()));
    },
  };
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
