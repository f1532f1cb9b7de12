/** The cluster of a world of processes, as a scenario acts on it. */

import type { LinkSelector, Target } from '../faults/fault.js';
import type { Outlet } from '../ground/world-time.js';
import { createTurns } from '../process/one-by-one.js';
import type { Submission } from '../submission/submission.js';
import { talk, type Conversation } from './clerk-lines.js';
import { DEFAULT_DEADLINE_MS, VIEW_SERVICE, type Cluster } from './cluster.js';
import type { Member } from './member.js';
import { waitForPings } from './ping-watch.js';
import { createClerk } from './recording-clerk.js';
import { createViewClerk } from './view-clerk.js';
import { viewFromRpc } from './view-from-rpc.js';
import { viewFromClerk, viewFromSocket, type Observer, type ViewSource } from './view-source.js';
import { watchViews } from './view-watch.js';
import type { WorldParts } from './world-parts.js';

export function createProcessCluster(world: WorldParts, manifest: Submission['manifest']): Cluster {
  const { roster, network, clock, recorder, lane, obstructions } = world;
  const starter = new Starter(world, manifest);
  const silence = (asker: string, sinceMs: number) => world.silence(asker, sinceMs);
  const waitForView = watchViews({
    observer: () => starter.observer(),
    note: (event) => world.note(event),
    timeline: world.timeline,
    clock,
    obstruction: () => obstructions.ofViews(),
    silence,
  });
  const { operations, pingIntervalMs, deadPings, run } = manifest;
  return {
    lab: { operations, pingIntervalMs, deadPings },
    startView: () => starter.launch(() => roster.enrollServer(VIEW_SERVICE, run.view)),
    startServer: (name) =>
      starter.launch(() => roster.enrollServer(name, commandOf('server', run))),
    restart: (name) => starter.launch(() => roster.called(name)),
    ...strikes(world),
    clerk: (name) =>
      createClerk({
        name,
        conversation: starter.converse(name, commandOf('clerk', run)),
        recorder,
        clock,
        obstruction: () => obstructions.ofClient(name),
        silence: (sinceMs) => silence(name, sinceMs),
        onBreach: (found) => world.onBreach(found),
      }),
    viewClerk: (as) =>
      createViewClerk(as, starter.viewSource(`view-clerk-${as}`), { lane, clock, silence }),
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
    acknowledged: ({ viewnum, primary }) => {
      const pings = world.timeline.filter((event) => event.kind === 'pinged');
      const own = pings.filter((event) => event.process === primary);
      return own.length === 0 || own.some((event) => event.viewnum === viewnum);
    },
    view: () => waitForView('an answer', () => true, DEFAULT_DEADLINE_MS),
    waitForView: (wanted, holds, deadlineMs = DEFAULT_DEADLINE_MS) =>
      waitForView(wanted, holds, deadlineMs),
    install: (fault, target) => network.install(fault, asTarget(target)),
    serverLinks: (_, to) => to !== VIEW_SERVICE,
  };
}

/** Scenarios are left out that need a program which a submission does not have. */
function commandOf(role: 'server' | 'clerk', run: Submission['manifest']['run']): string {
  const command = run[role];
  if (command === undefined) throw new Error(`the submission has no run.${role}`);
  return command;
}

/** The actions on processes. */
function strikes({
  roster,
  network,
  frozen,
  clock,
  time,
}: WorldParts): Pick<Cluster, 'kill' | 'pause' | 'resume'> {
  return {
    async kill(name) {
      const gone = roster.called(name).kill();
      frozen.delete(name);
      network.setUp(name, false);
      await time.during(gone);
      network.callerGone(name);
    },
    pause(name) {
      time.pause(name);
      roster.called(name).pause();
      frozen.set(name, clock.now());
    },
    resume(name) {
      roster.called(name).resume();
      time.resume(name);
      frozen.delete(name);
    },
  };
}

/** Starts processes one after the other, and speaks with those that talk. */
class Starter {
  readonly #world: WorldParts;
  readonly #manifest: Submission['manifest'];
  readonly #inTurn = createTurns();
  #observer: Observer | undefined;

  constructor(world: WorldParts, manifest: Submission['manifest']) {
    this.#world = world;
    this.#manifest = manifest;
  }

  /** Resolves when the process listens, or was killed before. */
  async launch(find: () => Member): Promise<void> {
    const world = this.#world;
    world.assertOpen();
    const member = find();
    await this.#inTurn(() => {
      world.assertOpen();
      member.start();
    });
    if (await world.time.during(member.ready())) {
      world.network.setUp(member.name, true);
      world.time.touch?.(member.name);
      await world.time.settled(member.name);
    }
  }

  converse(name: string, command: string): Conversation {
    const world = this.#world;
    world.assertOpen();
    const member = world.roster.enrollClerk(name, command);
    const { time } = world;
    const hearing = {
      way: time.way(`${name}:stdout`),
      touch: time.touch && ((stdin: Outlet) => time.touch?.(name, stdin)),
    };
    const started = this.#inTurn(() => {
      world.assertOpen();
      return talk(name, member.startTalking(), (found) => world.onBreach(found), hearing);
    }).then(async (one) => {
      await time.settled(name);
      return one;
    });
    // A run may end before its last clerk was started; then the clerk gets no request.
    let conversation: Conversation | undefined;
    started.then(
      (one) => (conversation = one),
      () => {},
    );
    return {
      ask: async (request) => (await started).ask(request),
      get unfinishedBytes() {
        return conversation?.unfinishedBytes ?? 0;
      },
    };
  }

  viewSource(processName: string): ViewSource {
    const { roster, ownClients } = this.#world;
    const { protocol, run } = this.#manifest;
    if (protocol === 'pblab/1') {
      const { socketPath } = roster.called(VIEW_SERVICE);
      return viewFromSocket(socketPath, processName, this.#world);
    }
    ownClients.add(processName);
    return viewFromClerk(
      processName,
      this.converse(processName, run.viewClerk ?? commandOf('clerk', run)),
      this.#world.clock,
    );
  }

  observer(): Observer {
    return (this.#observer ??=
      this.#manifest.protocol === 'net-rpc' ? this.#stockObserver() : this.#otherObserver());
  }

  #stockObserver(): Observer {
    const { socketPath } = this.#world.roster.called(VIEW_SERVICE);
    let other: Observer | undefined;
    return viewFromRpc(
      socketPath,
      this.#world,
      () => (this.#observer = other ??= this.#otherObserver()),
    );
  }

  #otherObserver(): Observer {
    return this.viewSource('observer');
  }
}

function asTarget(target: Target | LinkSelector): Target {
  return typeof target === 'function' ? { links: target } : target;
}
