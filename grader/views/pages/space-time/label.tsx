/** A label in a diagram, and the time that belongs to it at the edge. */

import type { Label } from './diagram-layout.js';
import { HALF_PX, Moved, round, type Space } from './space.js';

export function LabelOf({ label, space }: { label: Label; space: Space }) {
  const { atMs, liftPx, text, part } = label;
  if (text === '') return null;
  const { x, dx, anchor } = placeOf(label, space);
  return (
    <Moved class="line" atMs={atMs} lift={liftPx} space={space}>
      <text class="time" x="-8" dy="4" text-anchor="end">
        {Math.round(atMs)}
      </text>
      <text
        class={`label ${part}`}
        x={`${x}%`}
        dx={dx}
        dy={part === 'event' && label.from === label.to ? 4 : -3}
        text-anchor={anchor}
      >
        {text}
      </text>
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
