/**
 * How many runs a campaign settles a second, as `pace.json` in its directory: records have no time, and `pblab status`
 * is another process. No result depends on this file: a campaign goes on where it cannot be written or read.
 */

import { join } from 'node:path';
import { z } from 'zod';
import { readTextIfPresent } from '../../harness/index.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { AMOUNT, COUNT, openObject } from '../ground/schemas.js';

export const PACE_FILE = 'pace.json';

/** How often it is written, in ms. */
const SAMPLE_MS = 5000;

/** How far back the recent samples go, in ms. */
const RECENT_MS = 5 * 60_000;

/** A latest sample that is older is not of a campaign at work, in ms. */
const STALE_MS = 30_000;

const LIMIT_BYTES = 1024 ** 2;

const PACE = openObject({
  format: z.literal('pblab/pace/1'),
  /** Runs that were settled, and how long that took in ms, over all times that the campaign was at work. */
  settled: COUNT,
  activeMs: AMOUNT,
  /** When so many were settled, the oldest first, since the campaign was last begun or resumed. */
  recent: z.array(z.object({ at: z.iso.datetime(), settled: COUNT })),
});

export type Pace = z.infer<typeof PACE>;

/** Undefined where there is none that can be read. */
export function readPace(directory: string): Pace | undefined {
  try {
    const text = readTextIfPresent(join(directory, PACE_FILE), {
      limitBytes: LIMIT_BYTES,
      called: 'the pace',
      hint: 'delete it',
    });
    return text === undefined ? undefined : PACE.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export interface PaceKeeper {
  /** A run was settled. */
  settled(): void;
  /** Writes the last state; nothing is written afterwards. */
  stop(): Promise<void>;
}

/** Keeps the pace of a campaign that is at work from now on. */
export function keepPace(directory: string): PaceKeeper {
  const before = readPace(directory) ?? { settled: 0, activeMs: 0 };
  const startedMs = performance.now();
  let { settled } = before;
  let recent: Pace['recent'] = [{ at: new Date().toISOString(), settled }];
  let last: Promise<void> = Promise.resolve();
  const write = () => {
    const now = Date.now();
    const isRecent = ({ at }: { at: string }) => now - Date.parse(at) <= RECENT_MS;
    recent = [...recent.filter(isRecent), { at: new Date(now).toISOString(), settled }];
    const activeMs = Math.round(before.activeMs + performance.now() - startedMs);
    const pace: Pace = { format: 'pblab/pace/1', settled, activeMs, recent };
    last = last.then(() =>
      writeFileAtomically(join(directory, PACE_FILE), `${JSON.stringify(pace)}\n`).catch(() => {}),
    );
  };
  const timer = setInterval(write, SAMPLE_MS);
  timer.unref();
  return {
    settled() {
      settled += 1;
    },
    async stop() {
      clearInterval(timer);
      if (settled > before.settled) write();
      await last;
    },
  };
}

/** Runs settled a second: in the last minutes before `nowMs`, and over all times at work; undefined where unknown. */
export function ratesOf(
  { settled, activeMs, recent }: Pace,
  nowMs: number,
): { recentPerSecond: number | undefined; perSecond: number | undefined } {
  const [first, latest] = [recent[0], recent.at(-1)];
  const perSecond = activeMs > 0 ? (settled / activeMs) * 1000 : undefined;
  if (first === undefined || latest === undefined) return { recentPerSecond: undefined, perSecond };
  const [fromMs, toMs] = [Date.parse(first.at), Date.parse(latest.at)];
  const isKnown = toMs > fromMs && nowMs - toMs < STALE_MS;
  const recentPerSecond = isKnown
    ? ((latest.settled - first.settled) / (toMs - fromMs)) * 1000
    : undefined;
  return { recentPerSecond, perSecond };
}
