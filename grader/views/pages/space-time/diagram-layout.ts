/**
 * The layout of a scene: the height of each time, and the labels. A pure function of the scene. Quiet stretches are
 * shortened and crowded ones stretched, so that every label has a line of its own.
 */

import type { CallItem, Item, Scene } from './scene.js';

/** Height of the line of one label, in px. */
export const LINE_PX = 18;

/** A stretch without a label is never higher than this, in px. */
const QUIET_PX = 40;

/** The scale while neither limit is met, in px for each ms. */
const PX_PER_MS = 0.25;

/** A stretch that is shortened by more than this factor is marked. */
const BREAK_FACTOR = 2;

const PADDING_PX = 14;

/** A time and how far down it is. */
export interface Knot {
  ms: number;
  y: number;
}

export interface Layout {
  /** Ascending in both; at least two. */
  knots: readonly Knot[];
  heightPx: number;
  labels: readonly Label[];
  /** Stretches that are shown much shorter than they are. */
  breaks: readonly { fromMs: number; toMs: number }[];
}

/** A short text of an item, on a line of its own. */
export interface Label {
  item: number;
  atMs: number;
  /** Where several labels have one time, how far above it this one stands, in px. */
  liftPx: number;
  text: string;
  /** Lanes between which it stands; one and the same if it belongs to one. */
  from: string;
  to: string;
  part: 'asks' | 'told' | 'request' | 'reply' | 'arrival' | 'event';
}

export function layOut(scene: Scene): Layout {
  const drafts = scene.items.flatMap(labelsOf).toSorted((a, b) => a.atMs - b.atMs);
  const times = groupTimes(drafts);
  const knots = placeKnots(scene, times);
  const labels = [...times.values()].flatMap((together) =>
    together.map((label, index) => ({
      ...label,
      liftPx: (together.length - 1 - index) * LINE_PX,
    })),
  );
  const breaks = knots.flatMap(({ ms: toMs, y }, index) => {
    const { ms: fromMs = toMs, y: before = y } = knots[index - 1] ?? {};
    return (toMs - fromMs) * PX_PER_MS > BREAK_FACTOR * (y - before) ? [{ fromMs, toMs }] : [];
  });
  return { knots, labels, breaks, heightPx: knots.at(-1)?.y ?? 0 };
}

/** How far down a time is; before the first and after the last knot, as far as that. */
export function yOf(knots: readonly Knot[], ms: number): number {
  const next = knots.findIndex((knot) => knot.ms >= ms);
  const [before, after] = [knots[next - 1], knots[next]];
  if (after === undefined) return knots.at(-1)?.y ?? 0;
  if (before === undefined) return after.y;
  return before.y + ((ms - before.ms) / (after.ms - before.ms)) * (after.y - before.y);
}

type Draft = Omit<Label, 'liftPx'>;

function groupTimes(drafts: readonly Draft[]): Map<number, Draft[]> {
  const times = new Map<number, Draft[]>();
  for (const draft of drafts) times.set(draft.atMs, [...(times.get(draft.atMs) ?? []), draft]);
  return times;
}

function placeKnots(
  { fromMs, toMs }: Pick<Scene, 'fromMs' | 'toMs'>,
  times: ReadonlyMap<number, readonly Draft[]>,
): Knot[] {
  const knots: Knot[] = [{ ms: fromMs, y: 0 }];
  let last = { ms: fromMs, y: 0 };
  for (const [ms, { length }] of times) {
    const lines = length * LINE_PX;
    const natural = (ms - last.ms) * PX_PER_MS;
    last = { ms, y: last.y + Math.max(lines, Math.min(natural, QUIET_PX + lines - LINE_PX)) };
    knots.push(last);
  }
  return [...knots, { ms: toMs, y: last.y + PADDING_PX }];
}

function labelsOf(item: Item): Draft[] {
  const { id } = item;
  switch (item.kind) {
    case 'operation': {
      const { lane, fromMs, toMs = item.dueMs, asks, told } = item;
      const at = { item: id, from: lane, to: lane };
      const asked: Draft = { ...at, atMs: fromMs, text: asks, part: 'asks' };
      return toMs === undefined
        ? [{ ...asked, text: `${asks} (${told})` }]
        : [asked, { ...at, atMs: toMs, text: told, part: 'told' }];
    }
    case 'call':
      return callLabels(item);
    case 'event': {
      const { lane, to = lane, atMs, text } = item;
      return [{ item: id, atMs, text, from: lane, to, part: 'event' }];
    }
  }
}

function callLabels(call: CallItem): Draft[] {
  const { id, from, to, startMs, deliveredMs, endMs, requestLateMs, replyLateMs, ends } = call;
  const at = { item: id, from, to };
  const late = replyLateMs === undefined ? '' : ` (${Math.round(replyLateMs)} ms late)`;
  return [
    {
      ...at,
      atMs: startMs,
      text: endMs === undefined ? `${call.asks}: ${ends}` : call.asks,
      part: 'request',
    },
    ...(deliveredMs === undefined || requestLateMs === undefined
      ? []
      : [
          {
            ...at,
            from: to,
            atMs: deliveredMs,
            text: `arrives ${Math.round(requestLateMs)} ms late`,
            part: 'arrival' as const,
          },
        ]),
    ...(endMs === undefined
      ? []
      : [{ ...at, atMs: endMs, text: `${ends}${late}`.trim(), part: 'reply' as const }]),
  ];
}
