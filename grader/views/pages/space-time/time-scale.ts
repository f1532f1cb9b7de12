/** The position of a time in a diagram at any zoom; a pure function of the layout. */

import { yOf, type Layout } from './diagram-layout.js';

/** How time is shown. */
export interface TimeView {
  /** At 1 all of the run can be seen. */
  zoom: number;
  /** Whether equal times are equally high; else quiet stretches are shortened. */
  isLinear: boolean;
}

/** How much closer or farther one step is. */
export const ZOOM_STEP = 1.5;

export type TimeScale = (ms: number) => number;

/** The scale of each layout, in px. If time is linear, all have the same scale, and the longest run fills its frame. */
export function timeScales(layouts: readonly Layout[], { zoom, isLinear }: TimeView): TimeScale[] {
  const pxPerMs =
    zoom * Math.min(...layouts.map((one) => one.heightPx / (endOf(one) - startOf(one))));
  return layouts.map((layout) =>
    isLinear ? (ms) => (ms - startOf(layout)) * pxPerMs : (ms) => yOf(layout.knots, ms) * zoom,
  );
}

/** The time that stands so far down, by bisection. */
export function timeAt(layout: Layout, scale: TimeScale, y: number): number {
  let [low, high] = [startOf(layout), endOf(layout)];
  for (let round = 0; round < 40; round += 1) {
    const middle = (low + high) / 2;
    if (scale(middle) < y) low = middle;
    else high = middle;
  }
  return low;
}

export function startOf({ knots }: Layout): number {
  return knots[0]?.ms ?? 0;
}

export function endOf({ knots }: Layout): number {
  return knots.at(-1)?.ms ?? 1;
}
