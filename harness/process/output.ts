/**
 * Keeps what a process prints, bounded: the first and the last part of it, and a count of the rest.
 * A process that prints without end is reported once, so that its owner can stop it.
 */

import type { Readable } from 'node:stream';
import { recordArrivals, type Arrival } from './arrivals.js';

/** Bytes kept of the beginning and, separately, of the end. */
export const KEPT_BYTES = 64 * 1024;

/** A process that has printed this many bytes in one run is flooding. */
export const FLOOD_BYTES = 32 * 1024 * 1024;

export interface CapturedOutput {
  /** Bytes printed so far, kept or not. */
  readonly totalBytes: number;
  /** Resolves when every stream has come to its end. */
  readonly complete: Promise<void>;
  /** Head and tail as text, with a line between them that says how much was left out. */
  text(): string;
  /** When the parts of that text have come, in order; what is invalid in it shifts them a little. */
  arrivals(): Arrival[];
}

/**
 * Captures several streams of one process in the order of arrival. `onFlood` is called at most once,
 * `onPrinted` with each chunk and the index of its stream. `now` gives the times of arrivals.
 */
export function captureOutput(
  streams: readonly Readable[],
  onFlood: () => void,
  onPrinted: (chunk: Buffer, stream: number) => void = () => {},
  now: () => number = () => 0,
): CapturedOutput {
  const recorder = recordArrivals();
  const head: Buffer[] = [];
  let tail: Buffer[] = [];
  let headBytes = 0;
  let tailBytes = 0;
  let totalBytes = 0;
  let flooded = false;

  const keep = (chunk: Buffer) => {
    const room = KEPT_BYTES - headBytes;
    const first = chunk.subarray(0, room);
    if (first.length > 0) head.push(first);
    headBytes += first.length;
    const rest = chunk.subarray(first.length);
    if (rest.length === 0) return;
    tail.push(rest);
    tailBytes += rest.length;
    if (tailBytes > 4 * KEPT_BYTES) compactTail();
  };
  const compactTail = () => {
    tail = [Buffer.concat(tail).subarray(-KEPT_BYTES)];
    tailBytes = KEPT_BYTES;
  };
  for (const [index, stream] of streams.entries()) {
    stream.on('data', (chunk: Buffer) => {
      recorder.note(totalBytes, now());
      totalBytes += chunk.length;
      keep(chunk);
      onPrinted(chunk, index);
      if (totalBytes > FLOOD_BYTES && !flooded) {
        flooded = true;
        onFlood();
      }
    });
    // A pipe that breaks while its process is killed has nothing more to say.
    stream.on('error', () => {});
  }
  const closed = streams.map(
    (stream) => new Promise<void>((resolve) => stream.once('close', () => resolve())),
  );
  const parts = () => {
    const end = Buffer.concat(tail).subarray(-KEPT_BYTES);
    const omitted = totalBytes - headBytes - end.length;
    return { end, omitted, gap: omitted > 0 ? `\n[... ${omitted} bytes left out ...]\n` : '' };
  };
  return {
    get totalBytes() {
      return totalBytes;
    },
    complete: Promise.all(closed).then(() => {}),
    text() {
      const { end, gap } = parts();
      return Buffer.concat(head).toString() + gap + end.toString();
    },
    arrivals() {
      const { omitted, gap } = parts();
      return recorder.arrivals(headBytes, omitted, gap.length);
    },
  };
}
