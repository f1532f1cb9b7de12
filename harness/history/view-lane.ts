/**
 * Who pinged with which number, and who was told which view, in the order of time: the lane of a run in
 * which one can see what each server believed. It keeps only what is new for a process, so that idle
 * pinging is one event, which tells how many pings there were.
 */

import type { PingedEvent, TimelineEvent, View } from './timeline.js';

export interface ViewLane {
  /** The view service was given a ping in this name. */
  pinged(process: string, viewnum: number): void;
  /** A process was told a view, in answer to what the view service had been given at `askedMs`. */
  told(process: string, view: View, askedMs: number): void;
  /** A process has said something to the view service that cannot be read, and may be a ping. */
  unread(process: string): void;
}

export function createViewLane(note: (event: TimelineEvent) => void, now: () => number): ViewLane {
  const lastPing = new Map<string, PingedEvent>();
  const lastView = new Map<string, View>();
  const unread = new Set<string>();
  return {
    pinged(process, viewnum) {
      const last = lastPing.get(process);
      if (last?.viewnum === viewnum) {
        last.again = { times: (last.again?.times ?? 0) + 1, untilMs: now() };
        return;
      }
      const ping: PingedEvent = { kind: 'pinged', atMs: now(), process, viewnum };
      lastPing.set(process, ping);
      note(ping);
    },
    told(process, view, askedMs) {
      const last = lastView.get(process);
      if (last !== undefined && isSameView(last, view)) return;
      lastView.set(process, view);
      note({ kind: 'told', atMs: now(), askedMs, process, view });
    },
    unread(process) {
      if (unread.has(process)) return;
      unread.add(process);
      note({ kind: 'unread', atMs: now(), process });
    },
  };
}

export function isSameView(a: View, b: View): boolean {
  return a.viewnum === b.viewnum && a.primary === b.primary && a.backup === b.backup;
}
