/**
 * The scenarios that a submission fails in, by tier, and in it the worst first: as a table, or as lines where that is too
 * wide.
 */

import { describeRemarks, describeTally } from '../../tally/describe-tally.js';
import { rateWithRange } from '../../text/count.js';
import type { SubmissionResults } from '../../results/results.js';
import { LENGTHS, type Clean, type CleanText } from '../../text/clean-text.js';
import { shorten } from '../../text/sanitize.js';
import type { ScenarioTally, TallyWord } from '../../tally/scenario-tally.js';
import { byTier } from '../../tally/tier-counts.js';
import { hasRoom, renderColumns, type Column } from './columns.js';
import type { Palette } from './color.js';
import { points, sentence, type Paper } from './terminal-layout.js';

const WORD_COLORS = {
  solid: 'green',
  flaky: 'red',
  broken: 'red',
  undecided: 'yellow',
} as const satisfies Record<TallyWord, string>;

export function renderFailing(submission: Clean<SubmissionResults>, paper: Paper): string[] {
  const failing = submission.tallies
    .filter(({ failed }) => failed > 0)
    .toSorted((a, b) => byTier(a, b) || byRate(a, b));
  const earned = pointsIn(submission);
  if (failing.length === 0) return [];
  const hasTiers = failing.some(({ tier }) => tier !== undefined);
  const columns = columnsFor({ earned, hasTiers }, paper.palette);
  if (!hasRoom(failing, columns, paper.width)) {
    return failing.flatMap((one) => asLines(one, earned, paper));
  }
  return [
    ...renderColumns(failing, columns, paper),
    ...failing.flatMap((one) => {
      const remarks = describeRemarks(one).join('; ');
      return remarks === '' ? [] : sentence(`${nameOf(one)}: ${remarks}`, paper);
    }),
  ];
}

/** Order: the highest proven failure rate first. */
function byRate({ failureRate: a }: ScenarioTally, { failureRate: b }: ScenarioTally): number {
  return b.low - a.low || (b.estimate ?? 0) - (a.estimate ?? 0);
}

/** Scenario → what it earns, such as `2.5/10`; empty without a grade. */
function pointsIn({ grade }: Clean<SubmissionResults>): ReadonlyMap<string, string> {
  const scenarios = grade?.parts.flatMap((part) => part.scenarios) ?? [];
  return new Map(
    scenarios.map((one) => [one.scenario, `${points(one.points)}/${points(one.maxPoints)}`]),
  );
}

function columnsFor(
  { earned, hasTiers }: { earned: ReadonlyMap<string, string>; hasTiers: boolean },
  palette: Palette,
): Column<Clean<ScenarioTally>>[] {
  const number = (
    title: string,
    value: (tally: ScenarioTally) => number,
    paint: (cell: string) => string = String,
  ): Column<Clean<ScenarioTally>> => ({
    title,
    text: (one) => String(value(one)),
    align: 'right',
    paint: (cell, one) => (value(one) > 0 ? paint(cell) : cell),
  });
  return [
    { title: 'scenario', text: nameOf, flexible: true },
    ...(hasTiers
      ? [{ title: 'tier', text: ({ tier }: ScenarioTally): string => tier ?? '-' }]
      : []),
    {
      title: 'word',
      text: ({ word }) => word,
      paint: (cell, { word }) => palette[WORD_COLORS[word]](cell),
    },
    number('runs', ({ runs }) => runs),
    number('failed', ({ failed }) => failed, palette.red),
    number('unknown', ({ unknown }) => unknown, palette.yellow),
    { title: 'failure rate (95 %)', text: ({ failureRate }) => rateWithRange(failureRate) },
    ...(earned.size === 0
      ? []
      : [
          {
            title: 'points',
            text: ({ scenario }: Clean<ScenarioTally>) => earned.get(scenario) ?? '-',
            align: 'right' as const,
          },
        ]),
  ];
}

function asLines(
  tally: Clean<ScenarioTally>,
  earned: ReadonlyMap<string, string>,
  paper: Paper,
): string[] {
  const own = earned.get(tally.scenario);
  const grade = own === undefined ? '' : `, ${own} points`;
  const tier = tally.tier === undefined ? '' : ` (${tally.tier})`;
  return sentence(`${nameOf(tally)}${tier}: ${tally.word}${grade}; ${describeTally(tally)}`, paper);
}

function nameOf({ scenario }: Clean<ScenarioTally>): CleanText {
  return shorten(scenario, LENGTHS.cell);
}
