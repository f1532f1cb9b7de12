/**
 * Speaks with a clerk process: a JSON object a line each way, matched by id. Mistakes of the process
 * are reported in plain words; its output cannot make the kit hold more than one long line.
 */

import type { Readable, Writable } from 'node:stream';
import { atOnce, type Outlet, type Way } from '../ground/world-time.js';
import { isRecord } from '../../reference/protocol.js';
import type { SymptomId } from '../lab/symptoms.js';
import { breach, type Breach } from './contract-broken.js';

/** Longest line that a clerk may answer with, in bytes: a value of 1 MiB, every byte of it escaped. */
const LINE_LIMIT_BYTES = 8 * 1024 * 1024;

export type Answer = Record<string, unknown> & { id: number; ok: boolean };

/** The error in an answer that is not ok. */
export function errorOf({ error }: Answer): string {
  return typeof error === 'string' ? error : 'no reason given';
}

/** The standard streams of a process that is spoken with. */
export interface Streams {
  stdin: Writable;
  stdout: Readable;
}

/** How it and the kit notice each other. */
export interface Hearing {
  /** The way on which its lines come. */
  way: Way;
  /** Is called before it is asked something. */
  touch?: ((stdin: Outlet) => void) | undefined;
}

export interface Conversation {
  /** Resolves with the answer to this request; stays pending if none ever comes. */
  ask(request: Record<string, unknown>): Promise<Answer>;
  /** How many bytes have come behind the last line feed. */
  readonly unfinishedBytes: number;
}

/** `onBreach` is called at most once; after it, nothing is read any more. */
export function talk(
  who: string,
  streams: Streams,
  onBreach: (breach: Breach) => void,
  hearing: Hearing = { way: atOnce },
): Conversation {
  return new LineConversation(who, streams, { hearing, onBreach });
}

class LineConversation implements Conversation {
  readonly #who: string;
  readonly #streams: Streams;
  readonly #hearing: Hearing;
  readonly #onBreach: (breach: Breach) => void;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;
  #unfinished: Buffer[] = [];
  #unfinishedBytes = 0;

  constructor(
    who: string,
    streams: Streams,
    { hearing, onBreach }: { hearing: Hearing; onBreach: (breach: Breach) => void },
  ) {
    this.#who = who;
    this.#streams = streams;
    this.#hearing = hearing;
    this.#onBreach = onBreach;
    streams.stdout.on('data', this.#onData);
    streams.stdout.on('error', () => {});
  }

  get unfinishedBytes(): number {
    return this.#unfinishedBytes;
  }

  ask(request: Record<string, unknown>): Promise<Answer> {
    const id = ++this.#lastId;
    this.#hearing.touch?.(this.#streams.stdin);
    this.#streams.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  readonly #onData = (chunk: Buffer): void => this.#hearing.way(() => this.#notice(chunk));

  #notice(chunk: Buffer): void {
    // What was on its way when a mistake was found.
    if (this.#streams.stdout.listenerCount('data') === 0) return;
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = Buffer.concat([...this.#unfinished, rest.subarray(0, end)]);
      this.#unfinished = [];
      this.#unfinishedBytes = 0;
      rest = rest.subarray(end + 1);
      if (line.length > LINE_LIMIT_BYTES) return this.#complainOfLength();
      this.#take(line.toString());
      if (this.#streams.stdout.listenerCount('data') === 0) return;
    }
    if (rest.length > 0) this.#unfinished.push(rest);
    this.#unfinishedBytes += rest.length;
    if (this.#unfinishedBytes > LINE_LIMIT_BYTES) this.#complainOfLength();
  }

  #take(line: string): void {
    const answer = parseAnswer(line);
    if (answer === undefined) {
      this.#complain(
        'clerk-garbage',
        `printed ${preview(line)} on standard output, expected {"id":...,"ok":...}`,
      );
      return;
    }
    const { id } = answer;
    const resolve = this.#waiting.get(id);
    if (resolve === undefined) {
      const twice = Number.isInteger(id) && id >= 1 && id <= this.#lastId;
      if (twice) this.#complain('clerk-answered-twice', `answered request ${id} a second time`);
      else this.#complain('clerk-wrong-id', `answered request ${id}, which was never asked`);
      return;
    }
    this.#waiting.delete(id);
    resolve(answer);
  }

  #complainOfLength(): void {
    this.#unfinished = [];
    this.#complain('clerk-long-line', `printed a line of more than ${LINE_LIMIT_BYTES} bytes`);
  }

  #complain(symptom: SymptomId, what: string): void {
    const { stdout } = this.#streams;
    stdout.off('data', this.#onData);
    stdout.resume();
    const says = `${this.#who} ${what}`;
    this.#onBreach(breach({ rule: 'kit-clerk', symptom, says }));
  }
}

function parseAnswer(line: string): Answer | undefined {
  try {
    const answer: unknown = JSON.parse(line);
    if (!isRecord(answer)) return undefined;
    const { id, ok } = answer;
    if (typeof id !== 'number' || typeof ok !== 'boolean') return undefined;
    return { ...answer, id, ok };
  } catch {
    return undefined;
  }
}

function preview(line: string): string {
  const shown = JSON.stringify(line.slice(0, 60));
  return line.length > 60 ? `${shown}... (${line.length} characters)` : shown;
}
