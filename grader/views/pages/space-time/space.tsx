/** The space of a diagram: lanes across, in percent, and time downwards, in px. */

import type { ComponentChildren } from 'preact';
import type { Lane, Scene } from './scene.js';
import type { TimeScale } from './time-scale.js';

/** Half the width of a lane's column, in px. */
export const HALF_PX = 8;

/** Where lanes are, in percent, and times, in px. */
export interface Space {
  x: (lane: string) => number;
  y: (ms: number) => number;
}

export function spaceOf({ lanes }: Scene, scale: TimeScale): Space {
  const places = new Map(
    lanes.map(({ name }, index) => [name, ((index + 0.5) / lanes.length) * 100]),
  );
  return {
    x: (lane) => round(places.get(lane) ?? 0),
    y: (ms) => round(scale(ms)),
  };
}

interface VerticalLineProps {
  class: string;
  x: number;
  fromMs: number;
  toMs: number;
  space: Space;
}

export function VerticalLine({ class: name, x, fromMs, toMs, space }: VerticalLineProps) {
  return <line class={name} x1={`${x}%`} x2={`${x}%`} y1={space.y(fromMs)} y2={space.y(toMs)} />;
}

interface ColumnProps {
  class: string;
  lane: string;
  fromMs: number;
  toMs: number;
  space: Space;
}

/** A stretch of a lane. */
export function Column({ class: name, lane, fromMs, toMs, space }: ColumnProps) {
  const y = space.y(fromMs);
  return (
    <rect
      class={name}
      x={`${space.x(lane)}%`}
      transform={`translate(${-HALF_PX} 0)`}
      width={2 * HALF_PX}
      y={y}
      height={Math.max(2, round(space.y(toMs) - y))}
    />
  );
}

interface MovedProps {
  class?: string;
  atMs: number;
  lift?: number;
  space: Space;
  children: ComponentChildren;
}

/** Stands at a time. */
export function Moved({ class: name, atMs, lift = 0, space, children }: MovedProps) {
  return (
    <g class={name} transform={`translate(0 ${round(space.y(atMs) - lift)})`}>
      {children}
    </g>
  );
}

export function classOf(kind: Lane['kind']): string {
  return kind.replace(' ', '-');
}

/** Two digits are enough for a screen, and for the order of events. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
