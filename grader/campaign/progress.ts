/**
 * Shows the progress of a grading: a bar on a terminal, now and then a plain line elsewhere. The remaining time is
 * estimated from the runs since it was started.
 */

import { clearScreenDown } from 'node:readline';
import { SingleBar } from 'cli-progress';
import { durationText } from '../text/duration.js';

/** Elsewhere than on a terminal, lines come no closer than this. */
const LINE_INTERVAL_MS = 5000;

const BAR_CELLS = 20;

/** Runs that are settled: no further attempt will be made at them. */
export interface ProgressCounts {
  done: number;
  failed: number;
  unknown: number;
  /** Where the runs themselves decide when there are enough of them: how many there may be in all, by now. */
  atMost?: number;
  /** And how many it takes if they go on as they began. */
  likely?: number;
}

export interface Progress {
  update(counts: ProgressCounts): void;
  /** Makes room for whole lines that `write` writes to the same terminal, and goes on below them. */
  stepAside(write: () => void): void;
  /** Shows the last state for good; nothing is written afterwards. */
  stop(): void;
}

export interface ProgressOptions {
  /** The counts may say that it is less. */
  total: number;
  /** Counts at the start, for a grading that is taken up again. */
  start?: ProgressCounts;
  /** Where the runs are done, such as `3 hosts, 12 slots`; absent for this machine. */
  where?: (() => string) | undefined;
  /** Standard error as a rule, so that the report has standard output to itself. */
  stream: NodeJS.WritableStream & { isTTY?: boolean };
}

/**
 * The time that the rest should take, in ms, when `doneCount` of `total` runs took `elapsedMs`;
 * `undefined` as long as nothing is done.
 */
export function estimate(doneCount: number, total: number, elapsedMs: number): number | undefined {
  if (doneCount <= 0) return undefined;
  return (elapsedMs / doneCount) * Math.max(0, total - doneCount);
}

/** Starts showing progress. */
export function startProgress(options: ProgressOptions): Progress {
  const { total, start = NOTHING, where, stream } = options;
  const startedAt = performance.now();
  const describe = (counts: ProgressCounts) =>
    describeProgress(counts, total, remaining(counts, start, total, startedAt), where?.());
  return stream.isTTY === true
    ? showBar(total, start, stream, describe)
    : showLines(start, stream, describe);
}

/** `120 of 400 runs, 3 failed, 0 unknown, 3 hosts, 12 slots, about 45 s left`; `at most` where fewer may do. */
export function describeProgress(
  { done, failed, unknown, atMost }: ProgressCounts,
  total: number,
  remainingMs: number | undefined,
  where?: string,
): string {
  const all = atMost ?? total;
  const bound = atMost === undefined || done >= all ? String(all) : `at most ${all}`;
  const counts = `${done} of ${bound} runs, ${failed} failed, ${unknown} unknown`;
  if (done >= all) return counts;
  const there = where === undefined ? counts : `${counts}, ${where}`;
  if (remainingMs === undefined) return there;
  return `${there}, about ${durationText(Math.max(1000, remainingMs))} left`;
}

const NOTHING: ProgressCounts = { done: 0, failed: 0, unknown: 0 };

function remaining(
  counts: ProgressCounts,
  start: ProgressCounts,
  total: number,
  startedAt: number,
): number | undefined {
  const elapsedMs = performance.now() - startedAt;
  const { done, likely = total } = counts;
  return estimate(done - start.done, likely - start.done, elapsedMs);
}

function showBar(
  total: number,
  start: ProgressCounts,
  stream: NodeJS.WritableStream,
  describe: (counts: ProgressCounts) => string,
): Progress {
  const draw = (counts: ProgressCounts) =>
    `[${cells(counts.done, counts.atMost ?? total)}] ${describe(counts)}`;
  let latest = start;
  let stopped = false;
  // Line wrapping and the cursor stay as they are: a killed grader could not put them back.
  const options = {
    format: () => draw(latest),
    linewrap: true,
    hideCursor: null,
    clearOnComplete: true,
    stream,
  };
  const begin = (): SingleBar => {
    const bar = new SingleBar(options);
    bar.start(total, latest.done);
    return bar;
  };
  let bar = begin();
  return {
    update(counts) {
      if (stopped) return;
      latest = counts;
      bar.update(counts.done);
    },
    stepAside(write) {
      // A bar remembers its place on the screen, which lines above it would move: a new one follows.
      if (!stopped) bar.stop();
      write();
      if (!stopped) bar = begin();
    },
    stop() {
      if (stopped) return;
      stopped = true;
      bar.stop();
      // Text below it, such as a note on an interruption, is out of date.
      clearScreenDown(stream);
      stream.write(`${draw(latest)}\n`);
    },
  };
}

function cells(done: number, total: number): string {
  const full = total === 0 ? BAR_CELLS : Math.floor((done / total) * BAR_CELLS);
  return '#'.repeat(full).padEnd(BAR_CELLS, '.');
}

function showLines(
  start: ProgressCounts,
  stream: NodeJS.WritableStream,
  describe: (counts: ProgressCounts) => string,
): Progress {
  let latest = start;
  let shownAt = performance.now();
  let shown: ProgressCounts | undefined;
  let stopped = false;
  const show = () => {
    shownAt = performance.now();
    shown = latest;
    stream.write(`${describe(latest)}\n`);
  };
  return {
    update(counts) {
      latest = counts;
      if (!stopped && performance.now() - shownAt >= LINE_INTERVAL_MS) show();
    },
    stepAside: (write) => write(),
    stop() {
      if (!stopped && shown !== latest) show();
      stopped = true;
    },
  };
}
