/** How points are distributed over the class, and the points of each student. */

import * as Plot from '@observablehq/plot';
import type { SubmissionResults } from '../../../results/results.js';
import { Chart } from '../chart.js';
import { bins, wholeTicks } from './bins.js';
import type { StudentRow } from './class-model.js';
import { PointsList } from './points-list.js';
import { counted, points, Section } from './section.js';

interface PointsSectionProps {
  submissions: readonly SubmissionResults[];
  rows: readonly StudentRow[];
}

export function PointsSection({ submissions, rows }: PointsSectionProps) {
  const grades = submissions.flatMap(({ grade }) => grade ?? []);
  const [first] = grades;
  if (first === undefined) return null;
  const max = Math.max(...grades.map(({ maxPoints }) => maxPoints));
  const earned = grades.map((one) => one.points).toSorted((a, b) => a - b);
  const classes = bins(earned, max);
  const most = Math.max(...classes.map((one) => one.count));
  const ungradable = submissions.filter((one) => one.ungradable !== undefined).length;
  const says = describe(earned, max, ungradable);
  return (
    <Section id="points" title="Points">
      <p>{says}</p>
      <Chart
        label={`Histogram of points. ${says}`}
        width={900}
        height={255}
        marginTop={40}
        marginBottom={45}
        marginLeft={60}
        x={{ label: 'points', domain: [0, max] }}
        y={{ label: 'submissions', grid: true, ticks: wholeTicks(most), tickFormat: 'd' }}
        marks={[
          Plot.rectY(classes, {
            x1: 'from',
            x2: 'to',
            y: 'count',
            fill: 'var(--link)',
            inset: 1,
          }),
          Plot.ruleX([middleOf(earned)], {
            stroke: 'var(--ink)',
            strokeWidth: 2,
            strokeDasharray: '4 3',
          }),
          Plot.ruleY([0], { stroke: 'var(--rule)' }),
        ]}
      />
      <p class="quiet">The dashed line is the median.</p>
      <PointsList rows={rows} />
    </Section>
  );
}

function describe(sorted: readonly number[], max: number, ungradable: number): string {
  const mean = sorted.reduce((sum, one) => sum + one, 0) / sorted.length;
  const full = sorted.filter((one) => one === max).length;
  const nothing =
    ungradable === 0
      ? ''
      : `; ${counted(ungradable, 'submission')} could not be graded and ${ungradable === 1 ? 'has' : 'have'} 0 points`;
  return `${counted(sorted.length, 'submission')}: mean ${points(mean)}, median ${points(middleOf(sorted))}, from ${points(sorted[0] ?? 0)} to ${points(sorted.at(-1) ?? 0)} of ${points(max)} points; ${full} with full points${nothing}.`;
}

/** The median of a list in order. */
function middleOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
