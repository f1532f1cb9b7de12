/** A label in a diagram, and the time that belongs to it at the edge. */

import type { Label, Layout } from './diagram-layout.js';
import { HALF_PX, Moved, round, type Space } from './space.js';

/** Labels that come closer than this hide the later one, in px. */
const LABEL_PX = 12;

export interface PlacedLabel extends Label {
  /** Whether it would stand on another one. */
  isCrowded: boolean;
}

/** The labels that say anything, from top to bottom. */
export function labelsOn({ labels }: Layout, space: Space): PlacedLabel[] {
  const yOf = ({ atMs, liftPx }: Label) => space.y(atMs) - liftPx;
  let last = -Infinity;
  return labels
    .filter(({ text }) => text !== '')
    .toSorted((a, b) => yOf(a) - yOf(b))
    .map((label) => {
      const isCrowded = yOf(label) - last < LABEL_PX;
      if (!isCrowded) last = yOf(label);
      return { ...label, isCrowded };
    });
}

/** In a narrow window the style sheet moves it beside the lanes. */
export function LabelOf({ label, space }: { label: PlacedLabel; space: Space }) {
  const { atMs, liftPx, text, part, isCrowded } = label;
  const { x, dx, anchor } = placeOf(label, space);
  const dy = part === 'event' && label.from === label.to ? 4 : -3;
  return (
    <Moved class={isCrowded ? 'line crowded' : 'line'} atMs={atMs} lift={liftPx} space={space}>
      <text class="time" x="-8" dy="4" text-anchor="end">
        {Math.round(atMs)}
      </text>
      <g class="at" style={`--x: ${x}%`}>
        <text class={`label ${part}`} transform={`translate(${dx} ${dy})`} text-anchor={anchor}>
          {text}
        </text>
      </g>
    </Moved>
  );
}

/** Beside its lane, away from the nearer edge; in the middle between two. */
function placeOf({ from, to, part }: Label, { x }: Space) {
  if (from !== to && part !== 'arrival') {
    return { x: round((x(from) + x(to)) / 2), dx: 0, anchor: 'middle' } as const;
  }
  const isRight = x(from) > 55;
  return {
    x: x(from),
    dx: (isRight ? -1 : 1) * (HALF_PX + 6),
    anchor: isRight ? ('end' as const) : ('start' as const),
  };
}
