/** `Date`, `performance.now`, `process.hrtime` and `process.uptime` on the virtual clock. */

import { performance } from 'node:perf_hooks';
import type { PageClock } from './page-clock.js';

const NS_PER_MS = 1_000_000n;
const NS_PER_S = 1_000_000_000n;

/** Replaces them for the whole program. */
export function virtualiseClocks({ now, wallOffset }: PageClock): void {
  const startNs = now();
  const sinceStartMs = () => Number(now() - startNs) / Number(NS_PER_MS);
  const wallMs = () => Number((now() + wallOffset) / NS_PER_MS);
  virtualiseDate(wallMs);
  const timeOrigin = wallMs();
  Object.defineProperties(performance, {
    now: { value: sinceStartMs, configurable: true, writable: true },
    timeOrigin: { value: timeOrigin, configurable: true },
  });
  const hrtime = (before?: [number, number]): [number, number] => {
    const ns = before === undefined ? now() : now() - inNs(before);
    return [Number(ns / NS_PER_S), Number(ns % NS_PER_S)];
  };
  process.hrtime = Object.assign(hrtime, { bigint: now });
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
