/**
 * The reference as real processes in a temporary directory, all of it gone after `close`. Here all
 * share one directory, so that the file named after a peer is the peer's own socket.
 */

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../../reference/machine.js';
import type { View } from '../../reference/protocol.js';
import { call } from '../../reference/rpc.js';

const MAIN = join(import.meta.dirname, '../../reference/main.js');
const PING_INTERVAL_MS = 20;
/** 1.5 s of silence: long, so that a busy machine does not kill servers that live. */
const DEAD_PINGS = 75;
const POLL_MS = 5;

/** An answer of the clerk process. */
export interface Response {
  id: number;
  ok: boolean;
  value?: string;
  view?: View;
  error?: string;
}

export interface ClerkProcess {
  /** Sends a line and waits for the next line of standard output. */
  ask(request: object | string): Promise<Response>;
  readonly child: ChildProcess;
}

export class Program {
  private readonly children = new Map<string, ChildProcess>();
  private readonly errors = new Map<string, string>();

  private constructor(readonly directory: string) {}

  static async open(): Promise<Program> {
    return new Program(await mkdtemp(join(tmpdir(), 'pblab-reference-')));
  }

  start(name: string, ...args: string[]): ChildProcess {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: this.directory,
      env: {
        PBLAB_PING_INTERVAL_MS: String(PING_INTERVAL_MS),
        PBLAB_DEAD_PINGS: String(DEAD_PINGS),
      },
    });
    this.children.set(name, child);
    this.errors.set(name, '');
    child.stderr.on('data', (text: Buffer) => {
      this.errors.set(name, this.stderrOf(name) + text.toString());
    });
    return child;
  }

  async startView(): Promise<void> {
    this.start('vs', 'view', 'vs');
    await this.reachable('vs');
  }

  async startServer(name: string): Promise<void> {
    this.start(name, 'server', 'vs', name);
    await this.reachable(name);
  }

  startClerk(): ClerkProcess {
    const child = this.start(`clerk-${this.children.size}`, 'clerk', 'vs');
    if (!child.stdout || !child.stdin) throw new Error('the clerk has no pipes');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { stdin } = child;
    return {
      child,
      ask: async (request) => {
        stdin.write(`${typeof request === 'string' ? request : JSON.stringify(request)}\n`);
        const { value } = await lines.next();
        const response: Response = JSON.parse(String(value));
        return response;
      },
    };
  }

  /**
   * Whether `backup` has what `primary` has. That a view names a backup does not mean that: until the
   * transfer the primary goes on alone in the view before, and must not die.
   */
  async isPrepared(backup: string, primary: string, view: number): Promise<boolean> {
    const read = { view, primary, operation: { op: 'get', key: '' } };
    const answer = await new Promise<Answer>((resolve) => {
      call(join(this.directory, backup), 'backup.forward', read, resolve);
    });
    return answer.kind === 'result';
  }

  stderrOf(name: string): string {
    return this.errors.get(name) ?? '';
  }

  isRunning(name: string): boolean {
    const child = this.children.get(name);
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** A raw connection to the socket of a process. */
  async dial(name: string): Promise<Socket> {
    const socket = connect({ path: join(this.directory, name) });
    await once(socket, 'connect');
    return socket;
  }

  async kill(name: string): Promise<void> {
    const child = this.children.get(name);
    if (!child || !this.isRunning(name)) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async close(): Promise<void> {
    for (const name of this.children.keys()) await this.kill(name);
    await rm(this.directory, { recursive: true });
  }

  private async reachable(name: string): Promise<void> {
    await eventually(async () => {
      const socket = await this.dial(name).catch(() => undefined);
      socket?.destroy();
      return socket !== undefined;
    });
  }
}

/** Waits until `check` holds; the runner's own limit ends a wait that is in vain. */
export async function eventually(check: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await check())) await pause(POLL_MS);
}
