/**
 * Keeps what a process prints, bounded: the first and the last part of it, and a count of the rest.
 * A process that prints without end is reported once, so that its owner can stop it.
 */

import type { Readable } from 'node:stream';
import { recordArrivals, type Arrival } from './arrivals.js';
import { renameFolders, type ShownFolder } from './shown-folders.js';

/** Bytes kept of the beginning and, separately, of the end. */
export const KEPT_BYTES = 64 * 1024;

/** A process that has printed this many bytes in one run is flooding. */
export const FLOOD_BYTES = 32 * 1024 * 1024;

export interface CapturedOutput {
  /** Bytes of what was printed so far, kept or not, with its folders renamed. */
  readonly totalBytes: number;
  /** Resolves when every stream has come to its end. */
  readonly complete: Promise<void>;
  /** Head and tail as text, with a line between them that says how much was left out. */
  text(): string;
  /** When the parts of that text have come, in order; what is invalid in it shifts them a little. */
  arrivals(): Arrival[];
  /** From now on what comes is neither kept nor heard here, but goes into what this returns. */
  divert(): Diversion;
}

/** What a program prints after its run, which does not belong to its output. */
export interface Diversion {
  /** All of it so far, up to `DIVERTED_BYTES`, with its folders renamed. */
  text(): string;
  /** How much has come so far, in bytes. */
  readonly bytes: number;
}

/** Most that is kept of what is diverted, in bytes. */
const DIVERTED_BYTES = 1024 * 1024;

export interface CaptureOptions {
  /** Called once if more is printed than the bound. */
  onFlood: () => void;
  /** Hears of all that is printed, with the number of the stream it is printed on. */
  onPrinted?: (chunk: Buffer, stream: number) => void;
  /** The time in ms at which something has come; 0 for all if absent. */
  now?: () => number;
  /** Folders that are shown under another name in the kept output. */
  folders?: readonly ShownFolder[];
}

/** Captures several streams of one process in the order of arrival. */
export function captureOutput(
  streams: readonly Readable[],
  options: CaptureOptions,
): CapturedOutput {
  return new StreamCapture(streams, options);
}

class StreamCapture implements CapturedOutput {
  readonly complete: Promise<void>;
  totalBytes = 0;
  readonly #options: CaptureOptions;
  readonly #renamers: ReturnType<typeof renameFolders>[];
  readonly #recorder = recordArrivals();
  readonly #head: Buffer[] = [];
  #tail: Buffer[] = [];
  #headBytes = 0;
  #tailBytes = 0;
  #printedBytes = 0;
  #flooded = false;
  #diverted: Buffer[] | undefined;
  #divertedBytes = 0;

  constructor(streams: readonly Readable[], options: CaptureOptions) {
    this.#options = options;
    this.#renamers = streams.map(() => renameFolders(options.folders ?? []));
    for (const [index, stream] of streams.entries()) {
      stream.on('data', (chunk: Buffer) => this.#hear(chunk, index));
      // A pipe that breaks while its process is killed has nothing more to say.
      stream.on('error', () => {});
      stream.once('close', () => this.#takeRest());
    }
    const closed = streams.map(
      (stream) => new Promise<void>((resolve) => stream.once('close', () => resolve())),
    );
    this.complete = Promise.all(closed).then(() => {});
  }

  text(): string {
    this.#takeRest();
    const { end, gap } = this.#parts();
    return Buffer.concat(this.#head).toString() + gap + end.toString();
  }

  arrivals(): Arrival[] {
    this.#takeRest();
    const { omitted, gap } = this.#parts();
    return this.#recorder.arrivals(this.#headBytes, omitted, gap.length);
  }

  divert(): Diversion {
    this.#takeRest();
    const pieces = (this.#diverted ??= []);
    const bytes = () => this.#divertedBytes;
    return {
      text: () => {
        this.#takeRest();
        return Buffer.concat(pieces).toString();
      },
      get bytes() {
        return bytes();
      },
    };
  }

  #parts() {
    const end = Buffer.concat(this.#tail).subarray(-KEPT_BYTES);
    const omitted = this.totalBytes - this.#headBytes - end.length;
    return { end, omitted, gap: omitted > 0 ? `\n[... ${omitted} bytes left out ...]\n` : '' };
  }

  #hear(chunk: Buffer, index: number): void {
    this.#take(this.#renamers[index]?.take(chunk) ?? chunk, index);
    if (this.#diverted !== undefined) return;
    this.#printedBytes += chunk.length;
    if (this.#printedBytes <= FLOOD_BYTES || this.#flooded) return;
    this.#flooded = true;
    this.#options.onFlood();
  }

  /** Who asks for the text now gets what was kept back of it too. */
  #takeRest(): void {
    this.#renamers.forEach((renamer, index) => this.#take(renamer.rest(), index));
  }

  #take(text: Buffer, index: number): void {
    if (text.length === 0) return;
    if (this.#diverted !== undefined) {
      this.#divertedBytes += text.length;
      if (this.#divertedBytes <= DIVERTED_BYTES) this.#diverted.push(text);
      return;
    }
    this.#recorder.note(this.totalBytes, this.#options.now?.() ?? 0);
    this.totalBytes += text.length;
    this.#keep(text);
    this.#options.onPrinted?.(text, index);
  }

  #keep(chunk: Buffer): void {
    const first = chunk.subarray(0, KEPT_BYTES - this.#headBytes);
    if (first.length > 0) this.#head.push(first);
    this.#headBytes += first.length;
    const rest = chunk.subarray(first.length);
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailBytes += rest.length;
    if (this.#tailBytes > 4 * KEPT_BYTES) this.#compactTail();
  }

  #compactTail(): void {
    this.#tail = [Buffer.concat(this.#tail).subarray(-KEPT_BYTES)];
    this.#tailBytes = KEPT_BYTES;
  }
}
