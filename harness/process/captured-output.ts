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
}

export interface CaptureOptions {
  /** Called once if more is printed than the bound. */
  onFlood: () => void;
  /** Hears of all that is printed, with the number of the stream it is printed on. */
  onPrinted?: (chunk: Buffer, stream: number) => void;
  /** The time in ms at which something has come; 0 for all if absent. */
  now?: () => number;
  /** Folders that are called something else in what is kept and heard of. */
  folders?: readonly ShownFolder[];
}

/** Captures several streams of one process in the order of arrival. */
export function captureOutput(
  streams: readonly Readable[],
  { onFlood, onPrinted = () => {}, now = () => 0, folders = [] }: CaptureOptions,
): CapturedOutput {
  const renamers = streams.map(() => renameFolders(folders));
  const recorder = recordArrivals();
  const head: Buffer[] = [];
  let tail: Buffer[] = [];
  let headBytes = 0;
  let tailBytes = 0;
  let totalBytes = 0;
  let printedBytes = 0;
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
  const take = (text: Buffer, index: number) => {
    if (text.length === 0) return;
    recorder.note(totalBytes, now());
    totalBytes += text.length;
    keep(text);
    onPrinted(text, index);
  };
  /** Who asks for the text now gets what was kept back of it too. */
  const takeRest = () => renamers.forEach((renamer, index) => take(renamer.rest(), index));
  for (const [index, stream] of streams.entries()) {
    stream.on('data', (chunk: Buffer) => {
      printedBytes += chunk.length;
      take(renamers[index]?.take(chunk) ?? chunk, index);
      if (printedBytes > FLOOD_BYTES && !flooded) {
        flooded = true;
        onFlood();
      }
    });
    // A pipe that breaks while its process is killed has nothing more to say.
    stream.on('error', () => {});
    stream.once('close', takeRest);
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
      takeRest();
      const { end, gap } = parts();
      return Buffer.concat(head).toString() + gap + end.toString();
    },
    arrivals() {
      takeRest();
      const { omitted, gap } = parts();
      return recorder.arrivals(headBytes, omitted, gap.length);
    },
  };
}
