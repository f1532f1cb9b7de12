/**
 * The parts of a world of processes: the links and members of one run, their records, and their known
 * state. It does nothing by itself; process-cluster.ts lets a scenario act on it.
 */

import { mkdirSync } from 'node:fs';
import type { Box } from '../box/box.js';
import type { StandingDelay } from '../faults/standing-delay.js';
import { RunEnded, type RunClock } from '../ground/clock.js';
import type { Random } from '../ground/seed.js';
import type { WorldTime } from '../ground/world-time.js';
import { carriedOperation } from '../history/carried-operation.js';
import { createRecorder } from '../history/recorder.js';
import {
  MAX_EVENTS,
  type ProcessEvent,
  type TimelineEvent,
  type View,
} from '../history/timeline.js';
import type { Incident, IncidentKind } from '../lab/incidents.js';
import { createTracer } from '../history/trace/tracer.js';
import { createWireWatch, type WireFacts } from '../history/wire/wire-watch.js';
import { createViewLane, type ViewLane } from '../history/view-lane.js';
import { connectionFraming } from '../network/framing/connection.js';
import type { RequestText } from '../network/framing/framing.js';
import { jsonLines } from '../network/framing/json-lines.js';
import { netRpc } from '../network/framing/net-rpc.js';
import { createNetwork, type Crowd, type Network, type Overheard } from '../network/network.js';
import type { Machine } from '../process/machine.js';
import type { Submission } from '../submission/submission.js';
import { VIEW_SERVICE } from './cluster.js';
import { createRoster } from './cluster-members.js';
import { breach, type Breach } from './contract-broken.js';
import { READY_DEADLINE_MS } from './member.js';
import { createObstructions } from './obstruction.js';
import { accountForSilence, type Silence } from './owed-answer.js';
import { createPingGaps, type PingGaps } from './ping-gaps.js';
import { createPingRecord, type PingRecord } from './ping-record.js';
import { createStanding, type Standing } from './standing.js';
import { createViewBudget } from './view-budget.js';
import { pblabViews, readViewTraffic, stockViews } from './view-traffic.js';

export interface ProcessWorldOptions {
  submission: Submission;
  /** Directory of the run; made here, removed by the caller. */
  directory: string;
  /** Prefix of the marks of its processes. */
  mark: string;
  /** Where its processes run. */
  box: Box;
  random: Random;
  /** Its time, from 0. */
  time: WorldTime;
  /** What its programs run on. */
  machine: Machine;
  /** How long a process may take to listen, in ms; default `READY_DEADLINE_MS`. */
  readyDeadlineMs?: number | undefined;
  /** Calls that are held back throughout the run; an empty list only counts calls. */
  standing?: readonly StandingDelay[] | undefined;
}

/** The readable messages between the processes of a submission. */
const PROTOCOLS = {
  'pblab/1': { framing: jsonLines, views: pblabViews },
  'net-rpc': { framing: netRpc, views: stockViews },
};

export class WorldParts {
  readonly time: WorldTime;
  readonly machine: Machine;
  readonly clock: RunClock;
  readonly wire = createWireWatch(VIEW_SERVICE);
  readonly recorder;
  readonly viewBudget;
  readonly timeline: TimelineEvent[] = [];
  readonly incidents: Incident[] = [];
  readonly tracer;
  /** Processes with which the kit speaks to the view service. */
  readonly ownClients = new Set<string>();
  /** When each process was frozen that is frozen now, in ms. */
  readonly frozen = new Map<string, number>();
  /** Rejects with the first breach that the world notices by itself. */
  readonly breached: Promise<never>;
  readonly standing: Standing | undefined;
  readonly pings: PingRecord;
  readonly pingGaps: PingGaps;
  readonly lane: ViewLane;
  readonly network: Network;
  readonly roster;
  readonly obstructions;
  #rejectBreached: (breach: Breach | Error) => void = () => {};
  #newestView: View | undefined;
  #ended = false;
  /** Whether every request can be told from the next. */
  #isRead: boolean;

  constructor(options: ProcessWorldOptions) {
    const { directory, mark, box, submission, readyDeadlineMs = READY_DEADLINE_MS } = options;
    this.time = options.time;
    this.machine = options.machine;
    this.clock = options.time.clock;
    this.recorder = createRecorder(this.clock.now, this.wire);
    this.tracer = createTracer({ now: this.clock.now, viewService: VIEW_SERVICE });
    this.breached = new Promise<never>((_, reject) => (this.#rejectBreached = reject));
    // If the scenario has ended by itself, this rejection has no listener.
    this.breached.catch(() => {});
    this.time.broken.catch((error: Error) => this.#stand(error));
    mkdirSync(directory, { recursive: true });
    this.#isRead = submission.manifest.protocol !== undefined;
    const { pingIntervalMs, deadPings } = submission.manifest;
    this.pings = createPingRecord(this.clock.now, pingIntervalMs * deadPings);
    this.pingGaps = createPingGaps({
      now: this.clock.now,
      lab: submission.manifest,
      pidOf: (name) => {
        const server = this.roster.servers().find((one) => one.name === name && one.isUp);
        return server === undefined ? false : server.pid;
      },
    });
    const lane = createViewLane((event) => this.note(event), this.clock.now);
    this.lane = {
      ...lane,
      pinged: (process, viewnum) => {
        this.pings.pinged(process, viewnum);
        lane.pinged(process, viewnum);
      },
    };
    this.viewBudget = createViewBudget(protocolOf(submission)?.views.methods ?? []);
    this.standing = standingOf(options, this.clock.now);
    this.network = this.#openNetwork(options);
    this.roster = createRoster({
      submission,
      directory,
      mark,
      box,
      network: this.network,
      machine: this.machine,
      readyDeadlineMs,
      now: this.clock.now,
      admit: (process, place) => this.time.admit(process, place),
      onEvent: (kind, process, detail) => this.#noteProcess(kind, process, detail),
      onBreach: (found) => this.onBreach(found),
      onIncident: (kind, process, detail) => this.noteIncident(kind, process, detail),
      onKitFailure: (why) => this.#fail(why),
    });
    this.obstructions = createObstructions({
      network: this.network,
      frozenSince: (name) => this.frozen.get(name),
      isAlive: (name) => this.roster.all().some((one) => one.name === name && one.isUp),
      newestView: () => this.#newestView,
    });
  }

  /** Whether every request can be told from the next. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** Enters an event into the timeline; later events come from closing the world and are not evidence. */
  note(event: TimelineEvent): void {
    if (event.kind === 'view' || event.kind === 'told') {
      this.#newestView = newer(this.#newestView, event.view);
    }
    if (!this.#ended && this.timeline.length < MAX_EVENTS) this.timeline.push(event);
  }

  /** Notes what a process did beside answering calls; each kind once for a process. */
  noteIncident(kind: IncidentKind, process: string, detail?: string): void {
    if (this.#ended || this.incidents.some((one) => one.kind === kind && one.process === process))
      return;
    const told = detail === undefined ? {} : { detail };
    this.incidents.push({ kind, process, atMs: this.clock.now(), ...told });
  }

  /** Whether the values of operations passed the wire; undefined if not every message could be read. */
  wireFacts(): WireFacts | undefined {
    return this.#isRead ? this.wire.facts() : undefined;
  }

  onBreach(found: Breach): void {
    if (!this.#ended) this.#rejectBreached(found);
  }

  /** The kit could not do its part, so the run proves nothing about the submission. */
  #fail(why: string): void {
    if (!this.#ended) this.#rejectBreached(new Error(why));
  }

  /** Time cannot go on, which proves nothing about the submission either. */
  #stand(error: Error): void {
    if (!this.#ended) this.#rejectBreached(error);
  }

  /** A scenario may go on for a moment after the end of its run; it must not start anything then. */
  assertOpen(): void {
    if (this.#ended) throw new RunEnded();
  }

  /** Ends the run: what comes after it is not evidence. */
  end(): void {
    if (this.#ended) return;
    if (this.#isRead) this.#noteViewTraffic();
    this.#ended = true;
  }

  /** Who owes the answer to what this process was asked at that time, in ms. */
  silence(asker: string, sinceMs: number): Silence {
    return accountForSilence(
      asker,
      { sinceMs, untilMs: this.clock.now() },
      {
        calls: this.tracer.calls(this.recorder.operations()),
        areCallsTold: this.#isRead,
        printed: (name) => this.roster.called(name).log(),
        timeline: this.timeline,
      },
    );
  }

  #noteViewTraffic(): void {
    for (const { kind, process, detail } of this.viewBudget.exceeded(this.recorder.operations())) {
      this.noteIncident(kind, process, detail);
    }
  }

  #openNetwork({ submission, random }: ProcessWorldOptions): Network {
    const protocol = protocolOf(submission);
    const views =
      protocol &&
      readViewTraffic(protocol.views, this.lane, {
        isOwn: (name) => this.ownClients.has(name),
        pingedItself: (server) => this.pingGaps.pinged(server),
      });
    return createNetwork({
      framing: protocol?.framing ?? connectionFraming,
      random,
      time: this.time,
      machine: this.machine,
      now: this.clock.now,
      onFault: (event) => this.note(event),
      tracer: this.tracer,
      operationOf: (from, bytes, text) => this.#operationOf(from, bytes, text),
      ...views,
      ...(protocol && { overheard: this.#overhear() }),
      onUnreadable: (from, to) => {
        views?.onUnreadable(from, to);
        this.#isRead = false;
      },
      onCrowded: (crowd) => this.onBreach(tooManyConnections(crowd)),
      ...(this.standing && {
        onDelivered: this.standing.listen(views?.onDelivered),
        holding: this.standing.holding,
      }),
    });
  }

  #overhear(): Overheard {
    return {
      sent: (from, to, bytes, text) => {
        if (this.#ended) return;
        this.wire.sent(from, to, bytes);
        if (to === VIEW_SERVICE && !this.ownClients.has(from)) {
          this.viewBudget.sent(from, bytes, text?.method);
        }
      },
      given: (from, to, bytes) => {
        if (!this.#ended) this.wire.given(from, to, bytes);
      },
    };
  }

  #operationOf(from: string, bytes?: Buffer, text?: RequestText): number | undefined {
    const underWay = this.recorder.underWay();
    const carried = this.roster.isClerk(from)
      ? underWay.find(({ client }) => client === from)
      : carriedOperation(underWay, { bytes, args: text?.args });
    return carried?.id;
  }

  #noteProcess(kind: ProcessEvent['kind'], process: string, detail?: string): void {
    if (kind === 'killed' || kind === 'exited') this.tracer.gone(process);
    if (kind === 'exited') this.network.callerGone(process);
    if (kind === 'started') this.network.callerStarted(process);
    const told = detail === undefined ? {} : { detail };
    const hasRun =
      kind === 'started' &&
      this.timeline.some((event) => event.kind === 'started' && event.process === process);
    this.note({
      kind,
      atMs: this.clock.now(),
      process,
      ...told,
      ...(hasRun && { restarted: true }),
    });
  }
}

function protocolOf({ manifest: { protocol } }: Submission) {
  return protocol && PROTOCOLS[protocol];
}

function standingOf(
  { standing: delays, random, submission }: ProcessWorldOptions,
  now: () => number,
): Standing | undefined {
  if (delays === undefined) return undefined;
  return createStanding({
    delays,
    random: random.child('standing'),
    now,
    lab: submission.manifest,
  });
}

/** No delay makes so many: a server that pings whatever has become of its last ping opens ten in a second. */
function tooManyConnections({ from, to, open, all }: Crowd): Breach {
  return breach({
    rule: 'kv-resources',
    symptom: 'too-many-connections',
    beyondTiming: true,
    says: `There were ${all} connections open at once, ${open} of them from ${from} to ${to}: close a connection when its last call has ended.`,
  });
}

function newer(known: View | undefined, seen: View): View {
  return known !== undefined && known.viewnum > seen.viewnum ? known : seen;
}
