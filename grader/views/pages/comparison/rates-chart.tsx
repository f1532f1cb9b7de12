/** Both failure rates of each scenario with their intervals, and beside them the difference with its own. */

import * as Plot from '@observablehq/plot';
import type { Comparison, ScenarioComparison } from '../../../studies/compare/comparison.js';
import type { ScenarioTally } from '../../../tally/scenario-tally.js';
import { Chart } from '../chart.js';
import { nameOf, signed, sure } from './comparison-words.js';

/** Width of one chart: two fit beside each other in a wide window, and one fills a telephone. */
const WIDTH = 440;
/** Height of a scenario: its name, a line for A, and one for B. */
const ROW = 58;
const NAME_AT = 14;
const A_AT = 30;
const B_AT = 44;
const FONT = { fontSize: '13px', overflow: 'visible' };

interface Bar {
  y: number;
  low: number;
  high: number;
  estimate: number | null;
  arm: 'a' | 'b';
}

interface ChartProps {
  comparison: Comparison;
  scenarios: readonly ScenarioComparison[];
}

export function RatesChart({ comparison, scenarios }: ChartProps) {
  const { a, b } = comparison;
  return (
    <div class="pair">
      <figure>
        <figcaption>
          Failure rates: <span class="arm-a">○ {nameOf(a)}</span>,{' '}
          <span class="arm-b">◆ {nameOf(b)}</span>
        </figcaption>
        <RateBars comparison={comparison} scenarios={scenarios} />
      </figure>
      <figure>
        <figcaption>
          Difference: {nameOf(b)} minus {nameOf(a)}
        </figcaption>
        <Differences comparison={comparison} scenarios={scenarios} />
      </figure>
    </div>
  );
}

function RateBars({ comparison, scenarios }: ChartProps) {
  const bars = scenarios.flatMap(({ a, b }, index) => [
    barOf(a, 'a', index * ROW + A_AT),
    barOf(b, 'b', index * ROW + B_AT),
  ]);
  const says = scenarios.map(
    ({ scenario, a, b }) =>
      `${nameOf(scenario)}: ${nameOf(comparison.a)} ${ofRuns(a)}, ${nameOf(comparison.b)} ${ofRuns(b)}`,
  );
  return (
    <Chart
      label={`Failures of runs with 95 % intervals. ${says.join('; ')}.`}
      {...frameOf(scenarios.length)}
      x={{ label: 'failure rate, %', domain: [0, 100], ticks: 5, grid: true }}
      marks={[
        ...names(scenarios, 0),
        ...['a' as const, 'b' as const].flatMap((arm) =>
          interval(
            bars.filter((bar) => bar.arm === arm),
            arm,
          ),
        ),
      ]}
    />
  );
}

function barOf(
  { failureRate: { estimate, low, high } }: ScenarioTally,
  arm: 'a' | 'b',
  y: number,
): Bar {
  return {
    y,
    low: low * 100,
    high: high * 100,
    estimate: estimate === null ? null : estimate * 100,
    arm,
  };
}

/** `3 of 100`. */
function ofRuns({ failed, passed }: ScenarioTally): string {
  return `${failed} of ${failed + passed}`;
}

function Differences({ scenarios }: ChartProps) {
  const bars = scenarios.flatMap(({ difference }, index): Bar[] =>
    difference === undefined
      ? []
      : [
          {
            y: index * ROW + (A_AT + B_AT) / 2,
            low: difference.interval.low * 100,
            high: difference.interval.high * 100,
            estimate: difference.estimate * 100,
            arm: 'b',
          },
        ],
  );
  const says = scenarios.map(({ scenario, difference }) =>
    difference === undefined
      ? `${nameOf(scenario)}: not known`
      : `${nameOf(scenario)}: ${signed(difference.estimate)} (${signed(difference.interval.low)} to ${signed(difference.interval.high)}, ${sure(difference.confidence)})`,
  );
  return (
    <Chart
      label={`Differences of the failure rates in percentage points. ${says.join('; ')}.`}
      {...frameOf(scenarios.length)}
      x={{
        label: '← fails less often · percentage points · fails more often →',
        labelAnchor: 'center',
        domain: [-100, 100],
        ticks: 5,
        tickFormat: signedTick,
        grid: true,
      }}
      marks={[
        Plot.ruleX([0], { stroke: 'var(--ink)' }),
        ...names(scenarios, -100),
        ...interval(bars, 'b'),
      ]}
    />
  );
}

function signedTick(value: number): string {
  return signed(value / 100).replace('.0', '');
}

function frameOf(rows: number) {
  return {
    width: WIDTH,
    height: rows * ROW + 40,
    marginLeft: 12,
    marginRight: 18,
    marginTop: 4,
    marginBottom: 36,
    style: FONT,
    y: { axis: null, domain: [rows * ROW, 0] },
  } as const;
}

/** Above its lines, so that the window need not be wide enough for both. */
function names(scenarios: readonly ScenarioComparison[], x: number) {
  return [
    Plot.text(
      scenarios.map(({ scenario, word }, index) => ({
        y: index * ROW + NAME_AT,
        says: word === 'no difference seen' ? nameOf(scenario) : `${nameOf(scenario)}: ${word}`,
      })),
      {
        x,
        y: 'y',
        text: 'says',
        textAnchor: 'start',
        fill: 'var(--ink)',
        stroke: 'var(--paper)',
        strokeWidth: 4,
        fontWeight: 600,
      },
    ),
  ];
}

/** A line from end to end, and a mark of the arm's own shape at the estimate. */
function interval(bars: readonly Bar[], arm: 'a' | 'b') {
  const stroke = arm === 'a' ? 'var(--quiet)' : 'var(--link)';
  return [
    Plot.ruleY(bars, {
      y: 'y',
      x1: 'low',
      x2: 'high',
      stroke,
      strokeWidth: 3,
      strokeOpacity: 0.6,
      strokeLinecap: 'round',
    }),
    Plot.dot(
      bars.filter(({ estimate }) => estimate !== null),
      {
        x: 'estimate',
        y: 'y',
        r: 5,
        symbol: arm === 'a' ? 'circle' : 'diamond',
        fill: arm === 'a' ? 'var(--paper)' : stroke,
        stroke,
        strokeWidth: 2,
      },
    ),
  ];
}
