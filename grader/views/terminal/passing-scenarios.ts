/** The scenarios without a failure, in few lines, with the failure rate that is ruled out. */

import { describeTally } from '../../tally/describe-tally.js';
import { count, percent } from '../../text/count.js';
import { groupBy } from '../../ground/group-by.js';
import type { Clean } from '../../text/clean-text.js';
import type { ScenarioTally } from '../../tally/scenario-tally.js';
import { listed, sentence, type Paper } from './terminal-layout.js';

export function renderSound(tallies: readonly Clean<ScenarioTally>[], paper: Paper): string[] {
  const sound = tallies.filter(({ failed }) => failed === 0);
  const solid = sound.filter(({ word }) => word === 'solid');
  const others = groupBy(
    sound.filter(({ word }) => word !== 'solid'),
    describeTally,
  );
  return [
    ...(solid.length === 0
      ? []
      : sentence(`solid: ${describeSolid(solid)}: ${namesOf(solid)}`, paper)),
    ...[...others].flatMap(([says, alike]) =>
      sentence(`undecided: ${says}: ${namesOf(alike)}`, paper).map(paper.palette.yellow),
    ),
  ];
}

/** The bound that holds for every scenario: the one with the fewest runs has the weakest bound. */
function describeSolid(tallies: readonly Clean<ScenarioTally>[]): string {
  const usable = tallies.map(({ passed }) => passed);
  const [fewest, most] = [Math.min(...usable), Math.max(...usable)];
  const runs = fewest === most ? count(fewest, 'run') : `${fewest} to ${most} runs`;
  const each = tallies.length === 1 ? '' : ' of each';
  const highest = Math.max(...tallies.map(({ rulesOut = 1 }) => rulesOut));
  const bound = `a failure rate above ${percent(highest)} % is ruled out (95 %)`;
  return [`0 of ${runs}${each} failed: ${bound}`, ...leftOut(tallies)].join('; ');
}

function leftOut(tallies: readonly Clean<ScenarioTally>[]): string[] {
  const sum = (of: (tally: ScenarioTally) => number) =>
    tallies.reduce((all, one) => all + of(one), 0);
  const unknown = sum((one) => one.unknown);
  const missing = sum(({ planned, runs }) => planned - runs);
  return [
    ...(unknown === 0 ? [] : [`${count(unknown, 'unknown run')} not counted`]),
    ...(missing === 0 ? [] : [`${count(missing, 'planned run')} not done`]),
  ];
}

function namesOf(tallies: readonly Clean<ScenarioTally>[]): string {
  return listed(tallies.map(({ scenario }) => scenario));
}
