/**
 * A network under test: real Unix sockets in a temporary directory, callees that note what they have
 * executed, and callers that tell how their calls ended.
 */

import { expect } from 'chai';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault, InstalledFault, Target } from '../../../harness/faults/fault.js';
import type { FaultEvent } from '../../../harness/history/timeline.js';
import type { History } from '../../../harness/history/operation.js';
import { createTracer } from '../../../harness/history/trace/tracer.js';
import type { TracedCall } from '../../../harness/history/trace.js';
import type { Framing } from '../../../harness/network/framing/framing.js';
import { jsonLines } from '../../../harness/network/framing/json-lines.js';
import {
  createNetwork,
  type Network,
  type NetworkOptions,
} from '../../../harness/network/network.js';
import { randomFrom } from '../../../harness/ground/seed.js';
import { Callee } from './callee.js';

const NEWLINE = 10;

/** How a call ended for its caller: `answered`, `ended` (end of stream), or the code of an error. */
export interface CallEnd {
  how: string;
  /** All that was received, whole or not. */
  received: string;
}

/** An entry of the fault log without its time. */
export type LoggedEffect = Omit<FaultEvent, 'atMs' | 'kind'>;

export interface Wires {
  readonly network: Network;
  readonly directory: string;
  /** Adds a link to a callee, which is made and started at its first mention. */
  link(from: string, to: string): void;
  callee(name: string): Callee;
  relayPath(from: string, to: string): string;
  /** Dials through the relay, sends `request` and waits for one line, or for the end. */
  call(from: string, to: string, request?: string): Promise<CallEnd>;
  /** A connection to the relay that the test works by hand. */
  dial(from: string, to: string): Promise<Socket>;
  install(fault: Fault, target: Target | Target['links']): InstalledFault;
  log(): LoggedEffect[];
  /** The same with its times. */
  events(): readonly FaultEvent[];
  /** Every call so far, of which those to `vs` are calls to a view service. */
  trace(history?: History): TracedCall[];
  /** Ends the trace, as the end of a run does. */
  endTrace(): void;
  /** `from>to` for each connection that could not be read, or not any further. */
  unreadable(): string[];
}

/** A request that the callee answers with its params. */
export function request(method: string, params: unknown = {}, id = 1): string {
  return `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
}

type MoreOptions = Pick<NetworkOptions, 'mostConnections' | 'onCrowded'>;

/** Call it inside `describe`; each test gets wires of its own, and must leave no socket behind. */
export function useWires(framing: Framing = jsonLines, more: MoreOptions = {}): () => Wires {
  let wires: (Wires & { close(): Promise<void> }) | undefined;
  const current = () => {
    if (wires === undefined) throw new Error('wires exist only while a test runs');
    return wires;
  };
  beforeEach(() => {
    wires = openWires(framing, more);
  });
  afterEach(() => current().close());
  return current;
}

function openWires(framing: Framing, more: MoreOptions): Wires & { close(): Promise<void> } {
  const directory = mkdtempSync(join(tmpdir(), 'pblab-test-'));
  const events: FaultEvent[] = [];
  const callees = new Map<string, Callee>();
  const sockets = new Set<Socket>();
  const relays: string[] = [];
  const now = () => performance.now();
  const tracer = createTracer({ now, viewService: 'vs' });
  const unreadable: string[] = [];
  const network = createNetwork({
    ...more,
    framing,
    random: randomFrom('wires'),
    now,
    tracer,
    onFault: (event) => events.push(event),
    onUnreadable: (from, to) => unreadable.push(`${from}>${to}`),
    // Stands for the recorder: a request tells the operation that it carries.
    operationOf: (_, bytes) => {
      const found = /"operation":(\d+)/.exec(bytes?.toString() ?? '');
      return found === null ? undefined : Number(found[1]);
    },
  });
  const relayPath = (from: string, to: string) => join(directory, from, to);
  const open = (from: string, to: string) => {
    const socket = connect({ path: relayPath(from, to), allowHalfOpen: true });
    sockets.add(socket);
    socket.on('error', () => {});
    return socket;
  };
  const callee = (name: string) => {
    const known = callees.get(name);
    if (known === undefined) throw new Error(`no callee is called ${name}`);
    return known;
  };
  return {
    network,
    directory,
    link(from, to) {
      mkdirSync(join(directory, from), { recursive: true });
      relays.push(relayPath(from, to));
      const calleePath = join(directory, `${to}.sock`);
      if (!callees.has(to)) callees.set(to, new Callee(calleePath));
      network.addLink({ from, to, relayPath: relayPath(from, to), calleePath });
      network.setUp(to, true);
    },
    callee,
    relayPath,
    call: (from, to, text = request('echo')) => endOf(open(from, to), text),
    dial: (from, to) =>
      new Promise((resolve, reject) => {
        const socket = open(from, to);
        socket.once('connect', () => resolve(socket)).once('error', reject);
      }),
    install: (fault, target) =>
      network.install(fault, typeof target === 'function' ? { links: target } : target),
    log: () => events.map(withoutTime),
    events: () => events,
    trace: (history = []) => tracer.calls(history),
    endTrace: () => tracer.close(),
    unreadable: () => unreadable,
    async close() {
      network.close();
      for (const socket of sockets) socket.destroy();
      await Promise.all([...callees.values()].map((each) => each.close()));
      expect(relays.filter(existsSync), 'sockets left').to.deep.equal([]);
      rmSync(directory, { recursive: true });
    },
  };
}

function endOf(socket: Socket, text: string): Promise<CallEnd> {
  return new Promise((resolve) => {
    let received = '';
    const end = (how: string) => {
      socket.destroy();
      resolve({ how, received });
    };
    socket.once('connect', () => socket.write(text));
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString();
      if (chunk.at(-1) === NEWLINE) end('answered');
    });
    socket.once('end', () => end('ended'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}

function withoutTime(event: FaultEvent): LoggedEffect {
  const { atMs, kind, ...effect } = event;
  if (!Number.isFinite(atMs)) throw new Error(`${kind} without a time`);
  return effect;
}
