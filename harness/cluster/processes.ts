/**
 * The world of real processes: every member of the cluster is a process of its own, every directed
 * link a relay of ours, and time is the machine's.
 */

import { mkdirSync } from 'node:fs';
import { RunEnded, startClock, type RealClock } from '../ground/clock.js';
import type { Expenses } from '../costs/expenses.js';
import type { Work } from '../process/disturbance.js';
import type { LinkSelector, Target } from '../faults/fault.js';
import type { StandingDelay } from '../faults/standing-delay.js';
import type { Operation } from '../history/operation.js';
import { carriedOperation } from '../history/carried-operation.js';
import { describeOperation } from '../history/describe.js';
import { createRecorder } from '../history/recorder.js';
import {
  MAX_EVENTS,
  type ProcessEvent,
  type TimelineEvent,
  type View,
} from '../history/timeline.js';
import { createTracer } from '../history/trace/tracer.js';
import type { TracedCall } from '../history/trace.js';
import { createViewLane } from '../history/view-lane.js';
import { connectionFraming } from '../network/framing/connection.js';
import { jsonLines } from '../network/framing/json-lines.js';
import { netRpc } from '../network/framing/net-rpc.js';
import { createNetwork, type Crowd } from '../network/network.js';
import type { Arrival } from '../process/arrivals.js';
import { createTurns } from '../process/one-by-one.js';
import type { Random } from '../ground/seed.js';
import type { Submission } from '../submission/submission.js';
import type { ProcessSymptoms } from '../printed/process-symptoms.js';
import { breach, type Breach } from './contract-broken.js';
import { createClerk } from './recording-clerk.js';
import { DEFAULT_DEADLINE_MS, VIEW_SERVICE, type Cluster } from './cluster.js';
import { talk, type Conversation } from './clerk-lines.js';
import { READY_DEADLINE_MS, type Member } from './member.js';
import { createObstructions, type Obstacle } from './obstruction.js';
import { waitForPings } from './ping-watch.js';
import { createRoster, type Roster } from './cluster-members.js';
import { accountForSilence } from './owed-answer.js';
import { createStanding, type Standing } from './standing.js';
import { createViewClerk } from './view-clerk.js';
import { viewFromClerk, viewFromSocket, type ViewSource } from './view-source.js';
import { pblabViews, readViewTraffic, stockViews } from './view-traffic.js';
import { watchViews } from './view-watch.js';

export interface ProcessWorld {
  cluster: Cluster;
  clock: RealClock;
  timeline: readonly TimelineEvent[];
  operations(): Operation[];
  /** Every call that was made, as far as they are kept. */
  calls(): TracedCall[];
  /** What calls have cost so far. */
  expenses(): Expenses;
  /** Rejects with the first breach that the world notices by itself. */
  breached: Promise<never>;
  /** What the kit has put in the way of an operation that is under way. */
  obstruction(): Obstacle | undefined;
  /** The oldest operation that is under way, and who owes its answer, as a clause. */
  unfinished(): string | undefined;
  /** Present if calls are held back, or only counted. */
  standing?: Standing | undefined;
  /** What the relays have been given to do so far. */
  work(): Work;
  /** Pids of the view service and the servers that are alive. */
  serverPids(): number[];
  /** Processor time of all processes so far, in ms. */
  cpuMs(): number;
  /** The same without what their starts have taken. */
  workCpuMs(): number;
  /** What each process has printed, by name. */
  logs(): Map<string, string>;
  /** When the parts of that have come. */
  arrivals(): Map<string, Arrival[]>;
  /** The same, read for connection errors, data races and crashes; until the world was closed. */
  symptoms(): ProcessSymptoms[];
  /** Ends everything that waits, heals every fault and kills every process. */
  close(): Promise<void>;
}

export interface ProcessWorldOptions {
  submission: Submission;
  /** Directory of the run; made here, removed by the caller. */
  directory: string;
  /** Prefix of the marks of its processes. */
  mark: string;
  random: Random;
  /** How long a process may take to listen, in ms; default `READY_DEADLINE_MS`. */
  readyDeadlineMs?: number | undefined;
  /** What is held back throughout the run; an empty list only counts calls. */
  standing?: readonly StandingDelay[] | undefined;
}

/** What can be read of what the processes of a submission say to each other. */
const PROTOCOLS = {
  'pblab/1': { framing: jsonLines, views: pblabViews },
  'net-rpc': { framing: netRpc, views: stockViews },
};

/** Opens an empty world. */
export function openProcessWorld(options: ProcessWorldOptions): ProcessWorld {
  const { directory, mark, random, submission, readyDeadlineMs = READY_DEADLINE_MS } = options;
  const { manifest } = submission;
  const clock = startClock();
  const recorder = createRecorder(clock.now);
  const timeline: TimelineEvent[] = [];
  let ended = false;
  let symptoms: ProcessSymptoms[] | undefined;
  let rejectBreached: (breach: Breach) => void = () => {};
  const breached = new Promise<never>((_, reject) => (rejectBreached = reject));
  // Nobody may be waiting for it, when the scenario has ended by itself.
  breached.catch(() => {});
  mkdirSync(directory, { recursive: true });

  let newestView: View | undefined;
  // What happens while the world is closed is our own doing, and no evidence.
  const note = (event: TimelineEvent) => {
    if (event.kind === 'view' || event.kind === 'told') newestView = newer(newestView, event.view);
    return ended || timeline.length >= MAX_EVENTS || timeline.push(event);
  };
  const onBreach = (found: Breach) => ended || rejectBreached(found);
  const lane = createViewLane(note, clock.now);
  const tracer = createTracer({ now: clock.now, viewService: VIEW_SERVICE });
  const protocol = manifest.protocol && PROTOCOLS[manifest.protocol];
  /** Processes with which the kit speaks to the view service. */
  const ownClients = new Set<string>();
  const views = protocol && readViewTraffic(protocol.views, lane, (name) => ownClients.has(name));
  /** Whether every request can be told from the next. */
  let isRead = protocol !== undefined;
  const standing =
    options.standing &&
    createStanding({
      delays: options.standing,
      random: random.child('standing'),
      now: clock.now,
      lab: manifest,
    });
  const network = createNetwork({
    framing: protocol?.framing ?? connectionFraming,
    random,
    now: clock.now,
    onFault: note,
    tracer,
    operationOf(from, bytes, text) {
      const underWay = recorder.underWay();
      const carried = roster.isClerk(from)
        ? underWay.find(({ client }) => client === from)
        : carriedOperation(underWay, { bytes, args: text?.args });
      return carried?.id;
    },
    ...views,
    onUnreadable(from, to) {
      views?.onUnreadable(from, to);
      isRead = false;
    },
    onCrowded: (crowd) => onBreach(tooManyConnections(crowd)),
    ...(standing && {
      onDelivered: standing.listen(views?.onDelivered),
      holding: standing.holding,
    }),
  });
  const onEvent = (kind: ProcessEvent['kind'], process: string, detail?: string) => {
    if (kind === 'killed' || kind === 'exited') tracer.gone(process);
    note({ kind, atMs: clock.now(), process, ...(detail === undefined ? {} : { detail }) });
  };
  const roster = createRoster({
    submission,
    directory,
    mark,
    network,
    readyDeadlineMs,
    now: clock.now,
    onEvent,
    onBreach,
  });

  /** When each process was frozen that is frozen now, in ms. */
  const frozen = new Map<string, number>();
  const obstructions = createObstructions({
    network,
    frozenSince: (name) => frozen.get(name),
    isAlive: (name) => roster.all().some((one) => one.name === name && one.pid !== undefined),
    newestView: () => newestView,
  });
  const silence = (asker: string, sinceMs: number) =>
    accountForSilence(
      asker,
      { sinceMs, untilMs: clock.now() },
      {
        calls: tracer.calls(recorder.operations()),
        areCallsTold: isRead,
        printed: (name) => roster.called(name).log(),
      },
    );

  // What is left of a scenario may go on for a moment when its run has ended; nothing may start then.
  const assertOpen = () => {
    if (ended) throw new RunEnded();
  };
  const inTurn = createTurns();
  const launch = async (find: () => Member): Promise<void> => {
    assertOpen();
    const member = find();
    await inTurn(() => {
      assertOpen();
      member.start();
    });
    if (await member.ready()) network.setUp(member.name, true);
  };
  const converseWith = (name: string, command: string): Conversation => {
    assertOpen();
    const member = roster.enrollClerk(name, command);
    const started = inTurn(() => {
      assertOpen();
      return talk(name, member.startTalking(), onBreach);
    });
    // A run may end before its last clerk was started; then nobody asks it anything.
    started.catch(() => {});
    return { ask: async (request) => (await started).ask(request) };
  };
  const viewClerkCommand = manifest.run.viewClerk ?? manifest.run.clerk;
  const openViewSource = (processName: string): ViewSource => {
    if (manifest.protocol === 'pblab/1') {
      return viewFromSocket(roster.called(VIEW_SERVICE).socketPath);
    }
    ownClients.add(processName);
    return viewFromClerk(processName, converseWith(processName, viewClerkCommand));
  };
  let observer: ViewSource | undefined;
  const openObserver = () => (observer ??= openViewSource('observer'));
  const waitForView = watchViews({
    observer: openObserver,
    note,
    timeline,
    clock,
    obstruction: () => obstructions.ofViews(),
    silence,
  });
  const { operations, pingIntervalMs, deadPings } = manifest;
  /** How many calls these have begun to the view service. */
  const asked = (isMeant: (name: string) => boolean) =>
    network.traffic((from, to) => to === VIEW_SERVICE && isMeant(from)).calls;

  const cluster: Cluster = {
    lab: { operations, pingIntervalMs, deadPings },
    startView: () => launch(() => roster.enrollServer(VIEW_SERVICE, manifest.run.view)),
    startServer: (name) => launch(() => roster.enrollServer(name, manifest.run.server)),
    async kill(name) {
      const gone = roster.called(name).kill();
      frozen.delete(name);
      network.setUp(name, false);
      await gone;
    },
    restart: (name) => launch(() => roster.called(name)),
    pause(name) {
      roster.called(name).pause();
      frozen.set(name, clock.now());
    },
    resume(name) {
      roster.called(name).resume();
      frozen.delete(name);
    },
    clerk(name) {
      const conversation = converseWith(name, manifest.run.clerk);
      return createClerk({
        name,
        conversation,
        recorder,
        clock,
        obstruction: () => obstructions.ofClient(name),
        silence: (sinceMs) => silence(name, sinceMs),
        onBreach,
      });
    },
    viewClerk: (as) =>
      createViewClerk(as, openViewSource(`view-clerk-${as}`), { lane, clock, silence }),
    traffic: (links) => network.traffic(links),
    resources: (name) => roster.called(name).resources(),
    waitForPings: (name, count, deadlineMs = DEFAULT_DEADLINE_MS) =>
      waitForPings(() => network.answeredCalls(name, VIEW_SERVICE), {
        name,
        count,
        clock,
        deadlineMs,
        obstruction: () => obstructions.ofViews(name),
      }),
    view: () => waitForView('an answer', () => true, DEFAULT_DEADLINE_MS),
    waitForView: (wanted, holds, deadlineMs = DEFAULT_DEADLINE_MS) =>
      waitForView(wanted, holds, deadlineMs),
    install: (fault, target) => network.install(fault, asTarget(target)),
    serverLinks: (_, to) => to !== VIEW_SERVICE,
  };
  return {
    cluster: standing?.around(cluster) ?? cluster,
    clock,
    timeline,
    standing,
    operations: () => recorder.operations(),
    calls: () => tracer.calls(recorder.operations()),
    expenses: () => ({
      calls: network.traffic(cluster.serverLinks).calls,
      askedByClerks: asked((name) => roster.isClerk(name) && !ownClients.has(name)),
      askedByServers: new Map(
        roster.servers().map(({ name }) => [name, asked((from) => from === name)]),
      ),
      ...(isRead ? { largestRequest: tracer.largestRequest } : {}),
    }),
    breached,
    obstruction: () =>
      recorder
        .underWay()
        .map(({ client }) => obstructions.ofClient(client))
        .find((found) => found !== undefined),
    unfinished() {
      const [first] = recorder.underWay();
      if (first === undefined) return undefined;
      return `${describeOperation(first)} was under way; ${silence(first.client, first.callMs).says}`;
    },
    work: () => ({
      calls: network.traffic((from) => !ownClients.has(from)).calls,
      operations: recorder.count(),
    }),
    serverPids: () => roster.servers().flatMap(({ pid }) => pid ?? []),
    cpuMs: () => roster.all().reduce((sum, member) => sum + member.cpuMs(), 0),
    workCpuMs: () => roster.all().reduce((sum, member) => sum + member.workCpuMs(), 0),
    logs: () => new Map(roster.all().map((member) => [member.name, member.log()])),
    arrivals: () => new Map(roster.all().map((member) => [member.name, member.arrivals()])),
    symptoms: () => symptoms ?? seenOf(roster),
    async close() {
      ended = true;
      // That calls fail while everything is taken away is our own doing too.
      symptoms ??= seenOf(roster);
      tracer.close();
      clock.end();
      network.close();
      await Promise.all(roster.all().map((member) => member.kill()));
    },
  };
}

/** No delay makes so many: a server that pings whatever has become of its last ping opens ten in a second. */
function tooManyConnections({ from, to, open, all }: Crowd): Breach {
  return breach({
    rule: 'kv-resources',
    symptom: 'too-many-connections',
    beyondTiming: true,
    says: `There were ${all} connections open at once, ${open} of them from ${from} to ${to}: a connection must be closed when its last call is over.`,
  });
}

function newer(known: View | undefined, seen: View): View {
  return known !== undefined && known.viewnum > seen.viewnum ? known : seen;
}

function seenOf(roster: Roster): ProcessSymptoms[] {
  return roster.all().map((member) => member.symptoms());
}

function asTarget(target: Target | LinkSelector): Target {
  return typeof target === 'function' ? { links: target } : target;
}
