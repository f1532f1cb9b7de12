/** Arrows between the lanes of a diagram, and those that do not arrive. */

import { Moved, round, type Space } from './space.js';

/** An arrow leans at least so much, in px. */
const LEAN_PX = 4;

/** The part of its way that a lost message gets. */
export const LOST_AT = 0.6;

interface ArrowProps {
  x1: number;
  x2: number;
  fromMs: number;
  toMs: number;
  space: Space;
  class?: string;
  head?: 'plain' | 'bad' | 'view';
}

/** With room around it for a finger. */
export function Arrow(props: ArrowProps) {
  const { head: _head, ...way } = props;
  return (
    <>
      <ArrowLine {...way} class="hit" />
      <ArrowLine {...props} />
    </>
  );
}

export function ArrowLine({
  x1,
  x2,
  fromMs,
  toMs,
  space,
  class: name = 'arrow',
  head,
}: ArrowProps) {
  const y = space.y(fromMs);
  return (
    <line
      class={name}
      x1={`${x1}%`}
      x2={`${x2}%`}
      y1={y}
      y2={Math.max(space.y(toMs), y + LEAN_PX)}
      {...(head === undefined ? {} : { 'marker-end': `url(#head-${head})` })}
    />
  );
}

/** Goes part of its way, and ends in a cross. */
export function Lost({ x1, x2, fromMs, toMs, space }: ArrowProps) {
  const x = along(x1, x2, LOST_AT);
  return (
    <g>
      <Arrow x1={x1} x2={x} fromMs={fromMs} toMs={toMs} space={space} />
      <Moved atMs={fromMs} space={space}>
        <svg x={`${x}%`} overflow="visible">
          <path class="cross" d={`M-5,${LEAN_PX - 5} l10,10 m0,-10 l-10,10`} />
        </svg>
      </Moved>
    </g>
  );
}

export function along(x1: number, x2: number, part: number): number {
  return round(x1 + (x2 - x1) * part);
}
