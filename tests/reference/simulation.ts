/**
 * A whole service in one process: view service, servers and clerks as pure machines, on virtual time,
 * over a network that loses, delays, duplicates and reorders. One seed, one run. It decides nothing
 * about right and wrong; that is for the specs that use it.
 */

import type { Random } from '../../harness/ground/seed.js';
import { randomFrom } from '../../harness/ground/seed.js';
import type { Parts } from '../../reference/command.js';
import type { Clerk } from '../../reference/clerk.js';
import type { Answer, Machine, Network } from '../../reference/machine.js';

export const TICK_MS = 100;
export const DEAD_PINGS = 5;

/** What the specs and the saboteur look at; the classes keep it protected. */
interface ServerState {
  view: { viewnum: number };
  initialised: boolean;
}

interface ViewState {
  view: { viewnum: number; primary: string; backup: string };
  acknowledged: boolean;
  silentTicks: Map<string, number>;
  restarted: Set<string>;
}

/** Probabilities per message. */
export interface Weather {
  requestLost: number;
  replyLost: number;
  duplicate: number;
  slow: number;
}

export const FAIR: Weather = { requestLost: 0, replyLost: 0, duplicate: 0, slow: 0 };
export const STORM: Weather = { requestLost: 0.1, replyLost: 0.15, duplicate: 0.1, slow: 0.1 };

/** One life of one machine. A process that is killed and started again is a second node. */
interface Node {
  name: string;
  machine: Machine;
  alive: boolean;
  frozenUntil: number;
  /** Ends the connections on which a reply is owed. */
  atDeath: Set<() => void>;
}

interface Event {
  at: number;
  order: number;
  run: () => void;
}

export class Simulation {
  readonly random: Random;
  now = 0;
  weather: Weather = FAIR;
  private readonly events: Event[] = [];
  private readonly nodes = new Map<string, Node>();
  private order = 0;

  constructor(
    seed: string,
    private readonly parts: Parts,
  ) {
    this.random = randomFrom(seed);
    this.start('vs', new parts.view(DEAD_PINGS));
  }

  startServer(name: string): void {
    this.start(name, new this.parts.server(name, 'vs', this.networkOf(name)));
  }

  startClerk(name: string): Clerk {
    const clerk = new this.parts.clerk(name, 'vs', DEAD_PINGS, this.networkOf(name));
    this.start(name, { handle: () => {}, tick: () => clerk.tick() });
    return clerk;
  }

  kill(name: string): void {
    const node = this.nodes.get(name);
    if (!node) return;
    node.alive = false;
    for (const end of node.atDeath) end();
  }

  freeze(name: string, forMs: number): void {
    const node = this.nodes.get(name);
    if (node) node.frozenUntil = this.now + forMs;
  }

  isAlive(name: string): boolean {
    return this.nodes.get(name)?.alive ?? false;
  }

  isFrozen(name: string): boolean {
    return (this.nodes.get(name)?.frozenUntil ?? 0) > this.now;
  }

  after(delayMs: number, run: () => void): void {
    this.order += 1;
    const event = { at: this.now + delayMs, order: this.order, run };
    let index = this.events.length;
    while (index > 0 && isLater(this.events[index - 1], event)) index -= 1;
    this.events.splice(index, 0, event);
  }

  /** Runs until `done()` or until `limitMs` of virtual time have passed; whether it was done. */
  runUntil(done: () => boolean, limitMs: number): boolean {
    const end = this.now + limitMs;
    while (!done()) {
      const event = this.events.shift();
      if (event === undefined || event.at > end) return false;
      this.now = event.at;
      event.run();
    }
    return true;
  }

  viewState(): ViewState {
    const service = this.machine('vs');
    return {
      view: Reflect.get(service, 'view'),
      acknowledged: Reflect.get(service, 'acknowledged'),
      silentTicks: Reflect.get(service, 'silentTicks'),
      restarted: Reflect.get(service, 'restarted'),
    };
  }

  serverState(name: string): ServerState {
    const server = this.machine(name);
    return { view: Reflect.get(server, 'view'), initialised: Reflect.get(server, 'initialised') };
  }

  /** Both members of an acknowledged view are well, so that either may die without loss. */
  isSafeToLose(name: string): boolean {
    const { view, acknowledged, silentTicks, restarted } = this.viewState();
    const other = name === view.primary ? view.backup : view.primary;
    if (!acknowledged || restarted.size > 0) return false;
    if (name !== view.primary && name !== view.backup) return true;
    if (other === '' || !this.isAlive(other) || this.isFrozen(other)) return false;
    const { initialised, view: known } = this.serverState(other);
    const heard = (silentTicks.get(other) ?? DEAD_PINGS) <= 1;
    return initialised && known.viewnum === view.viewnum && heard;
  }

  private machine(name: string): Machine {
    const node = this.nodes.get(name);
    if (node === undefined) throw new Error(`${name} was never started`);
    return node.machine;
  }

  private start(name: string, machine: Machine): void {
    const node: Node = { name, machine, alive: true, frozenUntil: 0, atDeath: new Set() };
    this.nodes.set(name, node);
    this.after(this.random.integer(0, TICK_MS), () => this.tick(node));
  }

  private tick(node: Node): void {
    if (!node.alive) return;
    if (node.frozenUntil <= this.now) node.machine.tick();
    this.after(TICK_MS + this.random.integer(-5, 5), () => this.tick(node));
  }

  private networkOf(from: string): Network {
    return {
      call: (to, method, params, done) => {
        const caller = this.nodes.get(from);
        let open = true;
        const settle = (answer: Answer): void => {
          if (!open) return;
          open = false;
          this.wake(caller, () => done(answer));
        };
        this.send(to, method, JSON.stringify(params), settle);
        return () => {
          open = false;
        };
      },
    };
  }

  /** A request on its way: perhaps twice, perhaps late, perhaps after its caller was told it is lost. */
  private send(to: string, method: string, wire: string, settle: (answer: Answer) => void): void {
    const { requestLost, duplicate } = this.weather;
    const lost = (): void => settle({ kind: 'lost', reason: 'weather' });
    const fails = this.random.chance(requestLost);
    if (fails) this.after(this.delay(), lost);
    if (fails && this.random.chance(0.5)) return;
    this.after(this.delay(), () => this.deliver(to, method, wire, fails ? () => {} : settle));
    if (this.random.chance(duplicate)) {
      this.after(this.delay() * 3, () => this.deliver(to, method, wire, () => {}));
    }
  }

  private deliver(
    to: string,
    method: string,
    wire: string,
    settle: (answer: Answer) => void,
  ): void {
    const node = this.nodes.get(to);
    const lost = (): void => this.after(this.delay(), () => settle({ kind: 'lost', reason: to }));
    if (!node?.alive) return lost();
    this.wake(node, () => {
      node.atDeath.add(lost);
      node.machine.handle(method, JSON.parse(wire), (reply) => {
        node.atDeath.delete(lost);
        if (this.random.chance(this.weather.replyLost)) return lost();
        const copy: Answer = JSON.parse(JSON.stringify(reply));
        this.after(this.delay(), () => settle(copy));
      });
    });
  }

  /** Lets a node hear something: now, or once it thaws, or never if it has died. */
  private wake(node: Node | undefined, run: () => void): void {
    if (!node?.alive) return;
    if (node.frozenUntil <= this.now) return run();
    this.after(node.frozenUntil - this.now, () => this.wake(node, run));
  }

  private delay(): number {
    return this.random.chance(this.weather.slow)
      ? this.random.integer(50, 400)
      : this.random.integer(1, 8);
  }
}

function isLater(a: Event | undefined, b: Event): boolean {
  return a !== undefined && (a.at > b.at || (a.at === b.at && a.order > b.order));
}
