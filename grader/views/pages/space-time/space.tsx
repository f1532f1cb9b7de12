/**
 * The space of a diagram: lanes across, in percent, and time downwards, in px. Whatever stands in it says its times
 * in ms (`data-t`), by which the script `space-time` moves it when somebody zooms.
 */

import type { ComponentChildren } from 'preact';
import { yOf, type Knot } from './diagram-layout.js';
import type { Lane, Scene } from './scene.js';

/** Half the width of a lane's column, in px. */
export const HALF_PX = 8;

/** Everything that has a place in time says so, in ms; `y` gives where that is at first. */
export interface Space {
  x: (lane: string) => number;
  y: (ms: number) => number;
}

export function spaceOf({ lanes }: Scene, knots: readonly Knot[]): Space {
  const places = new Map(
    lanes.map(({ name }, index) => [name, ((index + 0.5) / lanes.length) * 100]),
  );
  return {
    x: (lane) => round(places.get(lane) ?? 0),
    y: (ms) => round(yOf(knots, ms)),
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
  return (
    <line
      class={name}
      x1={`${x}%`}
      x2={`${x}%`}
      y1={space.y(fromMs)}
      y2={space.y(toMs)}
      data-t={between(fromMs, toMs)}
    />
  );
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
      data-t={between(fromMs, toMs)}
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
    <g
      class={name}
      transform={`translate(0 ${round(space.y(atMs) - lift)})`}
      data-t={round(atMs)}
      {...(lift === 0 ? {} : { 'data-lift': lift })}
    >
      {children}
    </g>
  );
}

export function between(fromMs: number, toMs: number): string {
  return `${round(fromMs)} ${round(toMs)}`;
}

export function classOf(kind: Lane['kind']): string {
  return kind.replace(' ', '-');
}

/** Two digits are enough for a screen, and for the order of events. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
