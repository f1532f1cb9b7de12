/** `Date`, `performance.now`, `process.hrtime` and `process.uptime` on the virtual clock. */

import { performance } from 'node:perf_hooks';
import type { PageClock } from './page-clock.js';

const NS_PER_MS = 1_000_000n;
const NS_PER_S = 1_000_000_000n;

/** The clocks that programs take for exact differ by less than this between processes, in ns. */
const MOST_AHEAD_NS = 1_000_000n;

/**
 * Replaces them for the whole program. On a clock that stands still, processes that look at once would see the same;
 * on a real one no two looks do, and programs make names of that. So each process is ahead by some ns of its own in
 * `process.hrtime`, and each look there takes one.
 */
export function virtualiseClocks({ now, wallOffset, seed }: PageClock): void {
  const startNs = now();
  const sinceStartMs = () => Number(now() - startNs) / Number(NS_PER_MS);
  const wallMs = () => Number((now() + wallOffset) / NS_PER_MS);
  virtualiseDate(wallMs);
  const timeOrigin = wallMs();
  Object.defineProperties(performance, {
    now: { value: sinceStartMs, configurable: true, writable: true },
    timeOrigin: { value: timeOrigin, configurable: true },
  });
  let aheadNs = BigInt.asUintN(63, seed) % MOST_AHEAD_NS;
  const look = () => now() + ++aheadNs;
  const hrtime = (before?: [number, number]): [number, number] => {
    const ns = before === undefined ? look() : look() - inNs(before);
    return [Number(ns / NS_PER_S), Number(ns % NS_PER_S)];
  };
  process.hrtime = Object.assign(hrtime, { bigint: look });
  process.uptime = () => sinceStartMs() / 1000;
}

function inNs([seconds, ns]: [number, number]): bigint {
  return BigInt(seconds) * NS_PER_S + BigInt(ns);
}

function virtualiseDate(wallMs: () => number): void {
  const RealDate = Date;
  RealDate.now = wallMs;
  const VirtualDate = new Proxy(RealDate, {
    construct(target, args: unknown[], made): object {
      const date: unknown = Reflect.construct(target, args.length === 0 ? [wallMs()] : args, made);
      return Object(date);
    },
    apply: () => new RealDate(wallMs()).toString(),
  });
  RealDate.prototype.constructor = VirtualDate;
  globalThis.Date = VirtualDate;
}
