/** Two histograms over the same classes of points, side by side in each class. */

import type { Bin } from '#grader/views/pages/staff/bins.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 900;
const HEIGHT = 200;
const TOP = 24;
const BOTTOM = 20;
const SIDE = 30;
/** The narrowest distance of two numbers below the axis, in classes. */
const LABEL_EVERY = 4;

/** `before` and `after` have the same classes; `label` is for those who cannot see it. */
export function drawHistogram(
  before: readonly Bin[],
  after: readonly Bin[],
  label: string,
): SVGElement {
  const most = Math.max(1, ...[...before, ...after].map(({ count }) => count));
  const chart = draw('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: 'img',
    'aria-label': label,
  });
  const step = (WIDTH - 2 * SIDE) / before.length;
  const floor = HEIGHT - BOTTOM;
  const bar = (bin: Bin | undefined, index: number, place: number, look: string) => {
    const height = ((bin?.count ?? 0) / most) * (floor - TOP);
    const x = SIDE + index * step + place;
    return draw('rect', { x, y: floor - height, width: step * 0.4, height, class: look });
  };
  for (const [index, bin] of before.entries()) {
    chart.append(
      bar(bin, index, step * 0.08, 'before'),
      bar(after[index], index, step * 0.52, 'after'),
    );
    if (index % LABEL_EVERY === 0)
      chart.append(write(String(round(bin.from)), SIDE + index * step));
  }
  const end = before.at(-1)?.to ?? 0;
  chart.append(
    write(String(round(end)), WIDTH - SIDE),
    draw('line', { x1: SIDE, x2: WIDTH - SIDE, y1: floor, y2: floor, class: 'axis' }),
    ...legend(most),
  );
  return chart;
}

function legend(most: number): SVGElement[] {
  return [
    draw('rect', { x: SIDE, y: 4, width: 12, height: 12, class: 'before' }),
    write('before', SIDE + 18, 14, 'start'),
    draw('rect', { x: SIDE + 80, y: 4, width: 12, height: 12, class: 'after' }),
    write('after', SIDE + 98, 14, 'start'),
    write(
      `the highest bar: ${most} ${most === 1 ? 'submission' : 'submissions'}`,
      WIDTH - SIDE,
      14,
      'end',
    ),
  ];
}

function write(text: string, x: number, y = HEIGHT - 5, anchor = 'middle'): SVGElement {
  const made = draw('text', { x, y, 'text-anchor': anchor });
  made.textContent = text;
  return made;
}

function draw(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (!(made instanceof SVGElement)) throw new Error(`${tag} is no element of a drawing`);
  return made;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
