/**
 * The world of real processes: every member of the cluster is a process of its own, every directed
 * link a relay of ours, and time is the machine's.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RunEnded, startClock } from '../clock.js';
import type { LinkSelector, Target } from '../faults/fault.js';
import type { Operation } from '../history/operation.js';
import { createRecorder } from '../history/recorder.js';
import type { TimelineEvent, View } from '../history/timeline.js';
import { connectionFraming } from '../network/framing/connection.js';
import { jsonLines } from '../network/framing/json-lines.js';
import { createNetwork } from '../network/network.js';
import type { Random } from '../seed.js';
import { commandWords } from '../submission/command.js';
import type { Submission } from '../submission/submission.js';
import { breach, type Breach } from './breach.js';
import { createClerk } from './clerk.js';
import { DEFAULT_DEADLINE_MS, VIEW_SERVICE, type Cluster } from './cluster.js';
import { talk } from './lines.js';
import { createMember, type Member } from './member.js';
import { carriedOperation } from './carried-operation.js';
import { viewFromClerk, viewFromSocket, viewOf, type ViewSource } from './view-source.js';

/** How often the view is asked for while a scenario waits for one, in ms. */
const VIEW_POLL_MS = 10;

export interface ProcessWorld {
  cluster: Cluster;
  clock: ReturnType<typeof startClock>;
  timeline: readonly TimelineEvent[];
  operations(): Operation[];
  /** Rejects with the first breach that the world notices by itself. */
  breached: Promise<never>;
  /** Pids of the view service and the servers that are alive. */
  serverPids(): number[];
  /** Processor time of all processes so far, in ms. */
  cpuMs(): number;
  /** What each process has printed, by name. */
  logs(): Map<string, string>;
  /** Ends everything that waits, heals every fault and kills every process. */
  close(): Promise<void>;
}

/** Opens an empty world in `directory`; `mark` is the prefix of the marks of its processes. */
export function openProcessWorld(options: {
  submission: Submission;
  directory: string;
  mark: string;
  random: Random;
}): ProcessWorld {
  const { submission, directory, random } = options;
  const { manifest, root } = submission;
  const clock = startClock();
  const recorder = createRecorder(clock.now);
  const timeline: TimelineEvent[] = [];
  const members = new Map<string, Member>();
  const clerkNames = new Set<string>();
  let ended = false;
  let rejectBreached: (breach: Breach) => void = () => {};
  const breached = new Promise<never>((_, reject) => (rejectBreached = reject));
  // It may never be waited for, when the scenario ends by itself first.
  breached.catch(() => {});
  mkdirSync(directory, { recursive: true });

  const network = createNetwork({
    framing: manifest.protocol === 'pblab/1' ? jsonLines : connectionFraming,
    random,
    now: clock.now,
    onFault: (event) => ended || timeline.push(event),
    operationOf: carriedOperation(recorder, clerkNames),
  });
  const onBreach = (found: Breach) => ended || rejectBreached(found);

  const enroll = (name: string, command: string, conversation: boolean): Member => {
    const member = createMember({
      name,
      argv: commandWords(command, root, { self: name, view: VIEW_SERVICE }),
      directory: join(directory, name),
      mark: options.mark,
      environment: {
        PBLAB_PING_INTERVAL_MS: String(manifest.pingIntervalMs),
        PBLAB_DEAD_PINGS: String(manifest.deadPings),
      },
      conversation,
      onEvent: (kind, process, detail) =>
        ended ||
        timeline.push({
          kind,
          atMs: clock.now(),
          process,
          ...(detail === undefined ? {} : { detail }),
        }),
      onBreach,
    });
    const link = (caller: Member, callee: Member) =>
      network.addLink({
        from: caller.name,
        to: callee.name,
        relayPath: join(directory, caller.name, callee.name),
        calleePath: callee.socketPath,
      });
    for (const peer of members.values()) {
      if (!conversation) link(peer, member);
      if (!clerkNames.has(peer.name)) link(member, peer);
    }
    if (conversation) clerkNames.add(name);
    members.set(name, member);
    return member;
  };
  const launch = async (member: Member) => {
    if (ended) throw new RunEnded();
    member.start();
    await member.ready();
    network.setUp(member.name, true);
  };
  const memberCalled = (name: string): Member => {
    const member = members.get(name);
    if (member === undefined) throw new Error(`the scenario has started nothing called ${name}`);
    return member;
  };
  const startConversation = (name: string, command: string) => {
    const member = enroll(name, command, true);
    member.start();
    const { stdin, stdout } = member.program ?? {};
    if (stdin === undefined || stdout === undefined) throw new Error(`${name} has no streams`);
    return talk(name, stdin, stdout, onBreach);
  };
  const viewClerkCommand = manifest.run.viewClerk ?? manifest.run.clerk;
  let viewSource: ViewSource | undefined;
  const askForView = (): Promise<View | undefined> => {
    viewSource ??=
      manifest.protocol === 'pblab/1'
        ? viewFromSocket(memberCalled(VIEW_SERVICE).socketPath)
        : viewFromClerk(startConversation('observer', viewClerkCommand));
    return viewSource();
  };
  const noteView = (view: View) => {
    const last = timeline.findLast((event) => event.kind === 'view');
    if (last === undefined || JSON.stringify(last.view) !== JSON.stringify(view)) {
      timeline.push({ kind: 'view', atMs: clock.now(), view });
    }
  };

  const cluster: Cluster = {
    startView: () => launch(enroll(VIEW_SERVICE, manifest.run.view, false)),
    startServer: (name) => launch(enroll(name, manifest.run.server, false)),
    async kill(name) {
      const gone = memberCalled(name).kill();
      network.setUp(name, false);
      await gone;
    },
    restart: (name) => launch(memberCalled(name)),
    pause: (name) => memberCalled(name).pause(),
    resume: (name) => memberCalled(name).resume(),
    clerk: (name) =>
      createClerk({
        name,
        conversation: startConversation(name, manifest.run.clerk),
        recorder,
        sleep: clock.sleep,
        onBreach,
      }),
    viewClerk(as) {
      const conversation = startConversation(`view-clerk-${as}`, viewClerkCommand);
      return {
        async ping(viewnum) {
          const view = viewOf(await conversation.ask({ op: 'ping', as, viewnum }));
          if (view === undefined) throw new Error(`view clerk ${as} did not reach the service`);
          return view;
        },
      };
    },
    answeredPings: (name) => network.answeredCalls(name, VIEW_SERVICE),
    view: () =>
      cluster.waitForView('an answer of the view service', () => true, DEFAULT_DEADLINE_MS),
    async waitForView(wanted, holds, deadlineMs = DEFAULT_DEADLINE_MS) {
      const startMs = clock.now();
      for (;;) {
        const view = await askForView();
        if (view !== undefined) {
          noteView(view);
          if (holds(view)) return view;
        }
        if (clock.now() - startMs > deadlineMs) throw overdueView(wanted, view, deadlineMs);
        await clock.sleep(VIEW_POLL_MS);
      }
    },
    install: (fault, target) => network.install(fault, asTarget(target)),
    serverLinks: (_, to) => to !== VIEW_SERVICE,
  };
  const overdueView = (wanted: string, view: View | undefined, deadlineMs: number) =>
    breach({
      class: 'liveness',
      rule: 'view-dead',
      symptom: 'view-overdue',
      says: `expected ${wanted} within ${deadlineMs / 1000} s, but the view service ${describeView(view)}`,
      events: timeline.filter(({ kind }) => kind !== 'fault').slice(-8),
    });

  return {
    cluster,
    clock,
    timeline,
    operations: () => recorder.operations(),
    breached,
    serverPids: () =>
      [...members.values()].flatMap(({ name, pid }) =>
        clerkNames.has(name) || pid === undefined ? [] : [pid],
      ),
    cpuMs: () => [...members.values()].reduce((sum, member) => sum + member.cpuMs(), 0),
    logs: () => new Map([...members.values()].map((member) => [member.name, member.log()])),
    async close() {
      ended = true;
      clock.end();
      network.close();
      await Promise.all([...members.values()].map((member) => member.kill()));
    },
  };
}

function asTarget(target: Target | LinkSelector): Target {
  return typeof target === 'function' ? { links: target } : target;
}

/** A view as the end of a sentence about the view service. */
function describeView(view: View | undefined): string {
  if (view === undefined) return 'did not answer';
  const { viewnum, primary, backup } = view;
  return `reports view ${viewnum} with primary ${primary || 'none'} and backup ${backup || 'none'}`;
}
