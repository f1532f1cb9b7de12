/**
 * All that an inner program finds around it: its arguments and streams, timers and clocks, chance, and those functions of
 * Node's modules that programs of the kit use. It has the names of Node, and shares the rest of the language with the kit.
 */

import { EventEmitter } from 'node:events';
import { format } from 'node:util';
import { CLOCK_START_NS, WALL_START_NS } from '../clock-page.js';
import { chanceFrom } from '../node/seeded-chance.js';
import { timeoutsOn } from '../node/virtual-timeouts.js';
import type { InnerProgram } from './inner-program.js';
import type { InnerWire } from './inner-wire.js';

const NS_PER_MS = 1e6;

const WALL_START_MS = Number(WALL_START_NS / BigInt(NS_PER_MS));

/** The names that stand for these things in the text of a program. */
export const NAMES = [
  'require',
  'process',
  'console',
  'performance',
  'Date',
  'Math',
  'setTimeout',
  'setInterval',
  'clearTimeout',
  'clearInterval',
  'setImmediate',
  'queueMicrotask',
] as const;

export interface Streams {
  stdin: InnerWire;
  stdout: InnerWire;
  stderr: InnerWire;
}

/** The paths of a machine, as one program sees them. */
export interface Paths {
  connect(path: string, allowHalfOpen: boolean): InnerWire;
  /** False if somebody listens there already. */
  listen(path: string, allowHalfOpen: boolean, onConnection: (wire: InnerWire) => void): boolean;
}

interface Start {
  program: InnerProgram;
  /** The program and its arguments, without the interpreter. */
  argv: readonly string[];
  environment: Readonly<Record<string, string>>;
  seed: bigint;
  streams: Streams;
  paths: Paths;
}

/** What the names stand for, by name. */
export function surroundingsOf(start: Start): Record<(typeof NAMES)[number], unknown> {
  const { program, seed, paths } = start;
  const chance = chanceFrom(seed);
  const modules: Readonly<Record<string, object>> = {
    'node:net': netOf(program, paths),
    'node:crypto': { randomUUID: chance.randomUUID },
    // Nothing of an earlier program is left at a path.
    'node:fs': { rmSync: () => {} },
  };
  return {
    require(name: string) {
      const found = modules[name];
      if (found === undefined) throw new Error(`an inner program has no module ${name}`);
      return found;
    },
    process: processOf(start),
    console: consoleOf(start.streams),
    performance: { now: () => (program.nowNs - program.startNs) / NS_PER_MS },
    Date: dateOf(() => WALL_START_MS + Math.floor((program.nowNs - CLOCK_START_NS) / NS_PER_MS)),
    Math: Object.assign(Object.create(Math), { random: chance.float }),
    ...timeoutsOn(program.timers),
    setImmediate: (act: () => void) => program.notice(act),
    queueMicrotask: (act: () => void) => queueMicrotask(() => program.call(act)),
  };
}

function processOf({ program, argv, environment, streams }: Start) {
  return {
    ...streams,
    argv: [process.execPath, ...argv],
    env: { ...environment },
    exit: (code = 0) => program.exit(code),
  };
}

function consoleOf({ stdout, stderr }: Streams) {
  const to =
    (stream: InnerWire) =>
    (...words: unknown[]) =>
      void stream.write(`${format(...words)}\n`);
  return { log: to(stdout), error: to(stderr) };
}

function dateOf(wallMs: () => number): DateConstructor {
  return new Proxy(Date, {
    construct: (target, args: unknown[], made): object =>
      Object(Reflect.construct(target, args.length === 0 ? [wallMs()] : args, made)),
    get: (target, name) => (name === 'now' ? wallMs : Reflect.get(target, name)),
  });
}

interface SocketOptions {
  path: string;
  allowHalfOpen?: boolean;
}

function netOf(program: InnerProgram, paths: Paths) {
  return {
    connect: ({ path, allowHalfOpen = false }: SocketOptions) => paths.connect(path, allowHalfOpen),
    createServer: (
      { allowHalfOpen = false }: Partial<SocketOptions>,
      onConnection: (wire: InnerWire) => void,
    ) => new InnerServer(program, { paths, allowHalfOpen }).on('connection', onConnection),
  };
}

class InnerServer extends EventEmitter {
  readonly #program: InnerProgram;
  readonly #paths: Paths;
  readonly #allowHalfOpen: boolean;

  constructor(program: InnerProgram, options: { paths: Paths; allowHalfOpen: boolean }) {
    super();
    this.#program = program;
    this.#paths = options.paths;
    this.#allowHalfOpen = options.allowHalfOpen;
  }

  listen({ path }: SocketOptions): this {
    const accept = (wire: InnerWire) => this.emit('connection', wire);
    const isFree = this.#paths.listen(path, this.#allowHalfOpen, accept);
    const error = new Error(`listen EADDRINUSE: address already in use ${path}`);
    this.#program.notice(() => (isFree ? this.emit('listening') : this.emit('error', error)));
    return this;
  }
}
