/**
 * A machine that is only imagined: its programs run in the kit's own process, and its paths are names in a table. To start
 * a program takes a fraction of a millisecond, and what happens is the same, event by event, as with processes of
 * Node on the virtual clock.
 */

import { dirname, join, resolve } from 'node:path';
import { captureOutput } from '../../process/captured-output.js';
import type { Listener, Machine } from '../../process/machine.js';
import type { Readiness } from '../../process/ready.js';
import type { Program, ProgramOptions } from '../../process/spawn.js';
import type { Tripwire } from '../../process/tripwire.js';
import type { PageStart } from '../clock-page.js';
import type { Prepared, Runtime } from '../virtual-time.js';
import { InnerProgram } from './inner-program.js';
import { surroundingsOf, type Paths, type Streams } from './inner-surroundings.js';
import { InnerWire, systemError, THE_KIT, type Holder } from './inner-wire.js';
import { loadProgram } from './load-program.js';

/** Who listens at a path. */
interface Attendant {
  holder: Holder;
  allowHalfOpen: boolean;
  accept(wire: InnerWire): void;
  /** If a program listens. */
  program?: InnerProgram;
}

/** A process that is about to be started. */
interface Place {
  name: string;
  start: PageStart;
  program?: InnerProgram;
}

export class InnerMachine implements Machine, Runtime {
  readonly #attendants = new Map<string, Attendant>();
  /** By the directories in which they run. */
  readonly #places = new Map<string, Place>();
  /** How often each path was dialled at which nothing listens, while it was watched. */
  readonly #watched = new Map<string, number>();
  readonly #expected = new Map<string, () => void>();

  prepare(folder: string, name: string, start: PageStart): Prepared {
    const place: Place = { name, start };
    this.#places.set(dirname(folder), place);
    return {
      environment: {},
      readable: [],
      async join() {
        if (place.program === undefined) throw new Error(`${name} was not started`);
        return place.program;
      },
      close() {},
    };
  }

  start(options: ProgramOptions): Program {
    const { directory, mark, argv, environment, conversation } = options;
    const place = this.#places.get(directory);
    if (place === undefined) throw new Error(`nothing is to be started in ${directory}`);
    const { name, start } = place;
    const program: InnerProgram = new InnerProgram({
      name,
      startNs: start.nowNs,
      complain: (text) => void streams.stderr.write(`${text}\n`),
    });
    place.program = program;
    const { inside: streams, outside } = streamsOf(program);
    const output = captureOutput(
      conversation ? [outside.stderr] : [outside.stdout, outside.stderr],
      options,
    );
    const [, script = ''] = argv;
    const surroundings = surroundingsOf({
      program,
      argv: argv.slice(1),
      environment,
      seed: start.seed,
      streams,
      paths: this.#pathsOf(program, directory),
    });
    program.notice(() => loadProgram(script)(surroundings));
    return {
      pid: undefined,
      listeners: () => [],
      pids: () => [],
      mark,
      output,
      exited: program.exited,
      ended: program.exited.then(async (exit) => {
        await output.complete;
        return exit;
      }),
      stdin: conversation ? outside.stdin : undefined,
      stdout: conversation ? outside.stdout : undefined,
      channel: undefined,
      limitsMet: () => [],
      prepareStacks: () => async () => undefined,
      pause() {},
      resume() {},
      kill: async () => program.end({ kind: 'signal', signal: 'SIGKILL' }),
    };
  }

  async untilListening(
    path: string,
    { exited }: Pick<Program, 'exited'>,
    deadlineMs: number,
  ): Promise<Readiness> {
    if (this.#attendantAt(path) !== undefined) return 'ready';
    let timer: NodeJS.Timeout | undefined;
    try {
      return await Promise.race([
        new Promise<'ready'>((known) => this.#expected.set(path, () => known('ready'))),
        exited.then(() => 'ended' as const),
        new Promise<'late'>((known) => (timer = setTimeout(known, deadlineMs, 'late'))),
      ]);
    } finally {
      clearTimeout(timer);
      this.#expected.delete(path);
    }
  }

  isThere = (path: string): boolean => this.#attendants.has(path);

  listen(path: string, onConnection: (caller: InnerWire) => void): Listener {
    const accept = (wire: InnerWire) => onConnection(wire.pause());
    this.#attendants.set(path, { holder: THE_KIT, allowHalfOpen: true, accept });
    return { close: () => void this.#attendants.delete(path) };
  }

  watch(path: string): Tripwire {
    this.#watched.set(path, 0);
    return {
      wasTouched: () => {
        const dials = this.#watched.get(path) ?? 0;
        this.#watched.set(path, 0);
        return dials > 0;
      },
      remove: () => void this.#watched.delete(path),
    };
  }

  dial = (path: string, allowHalfOpen = false): InnerWire =>
    this.#connect(new InnerWire(THE_KIT, allowHalfOpen), THE_KIT, path);

  #connect(wire: InnerWire, holder: Holder, path: string): InnerWire {
    const attendant = this.#attendantAt(path);
    if (attendant === undefined) {
      const dials = this.#watched.get(path);
      if (dials !== undefined) this.#watched.set(path, dials + 1);
      const code = this.isThere(path) ? 'ECONNREFUSED' : 'ENOENT';
      holder.notice(() => wire.destroy(systemError(code, 'connect')));
      return wire;
    }
    const { accept, program, allowHalfOpen } = attendant;
    const far = new InnerWire(attendant.holder, allowHalfOpen);
    program?.holds(far);
    wire.join(far);
    wire.connecting = true;
    attendant.holder.notice(() => accept(far));
    holder.notice(() => {
      wire.connecting = false;
      wire.emit('connect');
    });
    return wire;
  }

  #pathsOf(program: InnerProgram, directory: string): Paths {
    return {
      connect: (path, allowHalfOpen) => {
        const wire = new InnerWire(program, allowHalfOpen);
        program.holds(wire);
        return this.#connect(wire, program, resolve(directory, path));
      },
      listen: (path, allowHalfOpen, accept) => {
        const place = join(directory, path);
        if (this.#attendantAt(place) !== undefined) return false;
        this.#attendants.set(place, { holder: program, allowHalfOpen, accept, program });
        this.#expected.get(place)?.();
        return true;
      },
    };
  }

  /** Who listens there; of a program that has ended, only the path is left. */
  #attendantAt(path: string): Attendant | undefined {
    const attendant = this.#attendants.get(path);
    return attendant?.program?.hasEnded === true ? undefined : attendant;
  }
}

/** The standard streams of a program, at its ends and at those of the kit. */
function streamsOf(program: InnerProgram): { inside: Streams; outside: Streams } {
  const [insideIn, outsideIn] = pairOf(program);
  const [insideOut, outsideOut] = pairOf(program);
  const [insideError, outsideError] = pairOf(program);
  return {
    inside: { stdin: insideIn, stdout: insideOut, stderr: insideError },
    outside: { stdin: outsideIn, stdout: outsideOut, stderr: outsideError },
  };
}

function pairOf(program: InnerProgram): [InnerWire, InnerWire] {
  const inside = new InnerWire(program, false);
  const outside = new InnerWire(THE_KIT, false);
  inside.join(outside);
  program.holds(inside);
  // Writing to a program that is gone is not an error of the kit.
  outside.on('error', () => {});
  return [inside, outside];
}
