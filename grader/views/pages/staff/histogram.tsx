/** Two histograms over the same classes of points, side by side in each class. */

import { bins, type Bin } from './bins.js';
import type { Outcome } from './grade-class.js';
import { counted } from './section.js';

const WIDTH = 900;
const HEIGHT = 210;
const TOP = 28;
const SIDE = 30;
const FLOOR = HEIGHT - 26;
/** The narrowest distance of two numbers below the axis, in classes. */
const LABEL_EVERY = 4;

interface HistogramProps {
  before: readonly Outcome[];
  after: readonly Outcome[];
  /** For those who cannot see it. */
  label: string;
}

export function Histogram({ before, after, label }: HistogramProps) {
  const max = Math.max(...before.map(({ maxPoints }) => maxPoints));
  const [old, now] = [before, after].map((all) =>
    bins(
      all.map(({ points }) => points),
      max,
    ),
  );
  if (old === undefined || now === undefined) return null;
  const most = Math.max(1, ...[...old, ...now].map(({ count }) => count));
  const step = (WIDTH - 2 * SIDE) / old.length;
  return (
    <div class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <Bars all={old} most={most} x={SIDE + step * 0.08} step={step} look="before" />
        <Bars all={now} most={most} x={SIDE + step * 0.52} step={step} look="after" />
        {[...old, { from: max }].map(({ from }, index) =>
          index % LABEL_EVERY === 0 ? (
            <text x={SIDE + index * step} y={HEIGHT - 5} text-anchor="middle">
              {Math.round(from * 10) / 10}
            </text>
          ) : null,
        )}
        <line x1={SIDE} x2={WIDTH - SIDE} y1={FLOOR} y2={FLOOR} class="axis" />
        <Legend most={most} />
      </svg>
    </div>
  );
}

interface BarsProps {
  all: readonly Bin[];
  /** The count of the highest bar. */
  most: number;
  /** Left edge of the first bar. */
  x: number;
  step: number;
  look: string;
}

function Bars({ all, most, x, step, look }: BarsProps) {
  return (
    <>
      {all.map(({ count }, index) => {
        const height = (count / most) * (FLOOR - TOP);
        return (
          <rect
            class={look}
            x={x + index * step}
            y={FLOOR - height}
            width={step * 0.4}
            height={height}
          />
        );
      })}
    </>
  );
}

function Legend({ most }: { most: number }) {
  return (
    <>
      <rect x={SIDE} y="6" width="12" height="12" class="before" />
      <text x={SIDE + 18} y="17">
        before
      </text>
      <rect x={SIDE + 110} y="6" width="12" height="12" class="after" />
      <text x={SIDE + 128} y="17">
        after
      </text>
      <text x={WIDTH - SIDE} y="17" text-anchor="end">
        highest bar: {counted(most, 'submission')}
      </text>
    </>
  );
}
