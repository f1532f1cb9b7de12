/**
 * The content of a space-time diagram of a run, without its layout: lanes, operations, calls, events,
 * and the views that were believed. Times are in ms since the start of the run; all texts are harmless.
 */

export type LaneKind = 'client' | 'server' | 'view service';

export interface Lane {
  name: string;
  kind: LaneKind;
}

/** Something that can be selected. */
interface Selectable {
  /** Unique in the scene, from 0. */
  id: number;
  /** One line, such as `c1's call 2 to pb1`. */
  title: string;
  /** Its details, as pairs of a name and a text. */
  details: readonly (readonly [string, string])[];
}

export interface OperationItem extends Selectable {
  kind: 'operation';
  lane: string;
  fromMs: number;
  /** Absent if it was never answered. */
  toMs?: number;
  /** If it is one of those that contradict each other, its number, from 1. */
  number?: number;
  asks: string;
  /** Its result. */
  told: string;
  /** By when it should have been answered; only where it was not. */
  dueMs?: number;
}

export interface CallItem extends Selectable {
  kind: 'call';
  from: string;
  /** Where it went. */
  to: string;
  startMs: number;
  deliveredMs?: number;
  repliedMs?: number;
  endMs?: number;
  /** The labels on its way there and back. */
  asks: string;
  ends: string;
  /** Whether its caller was given the reply. */
  isAnswered: boolean;
  /** For how long its request or reply was held up, in ms, where that is much. */
  requestLateMs?: number;
  replyLateMs?: number;
  /** Until when it was made again and again. */
  untilMs?: number;
}

export type EventSign = 'down' | 'frozen' | 'up' | 'fault' | 'view' | 'lost';

export interface EventItem extends Selectable {
  kind: 'event';
  lane: string;
  atMs: number;
  sign: EventSign;
  text: string;
  /** The other end of what was said, if it is something said; with `lost` it did not get there. */
  to?: string;
}

export type Item = OperationItem | CallItem | EventItem;

/** A view that a server believed in. */
export interface Band {
  lane: string;
  fromMs: number;
  toMs: number;
  viewnum: number;
  role: 'primary' | 'backup' | 'idle';
}

/** A stretch in which a process did not run. */
export interface Absence {
  lane: string;
  fromMs: number;
  toMs: number;
  kind: 'down' | 'frozen';
}

/** A call that is drawn only if the reader asks for it. */
export interface FaintCall {
  layer: 'calls' | 'pings';
  from: string;
  to: string;
  startMs: number;
  toMs: number;
  isLost: boolean;
  title: string;
}

/** One line of the same in words. */
interface SceneLine {
  atMs: number;
  text: string;
  /** The item that it describes. */
  item: number;
}

export interface Scene {
  fromMs: number;
  toMs: number;
  lanes: readonly Lane[];
  items: readonly Item[];
  bands: readonly Band[];
  absences: readonly Absence[];
  faint: readonly FaintCall[];
  /** How many calls there were in this stretch that are not drawn at first, and how many never. */
  folded: { calls: number; pings: number; left: number };
  lines: readonly SceneLine[];
  /** Who believed which view and when, as pairs of a view and a text. */
  beliefs: readonly (readonly [string, string])[];
}
