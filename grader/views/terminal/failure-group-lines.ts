/**
 * Failure groups for a terminal. A mistake in the view service or in a clerk shows wherever it is used: a reader of
 * fifty scenarios that failed must see that there may be one thing to mend.
 */

import { count } from '../../text/count.js';
import type { FailureGroup } from '../../results/failure-groups/group.js';
import {
  isRootCause,
  whatIsBesides,
  whatItDecided,
} from '../../results/failure-groups/root-cause.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { shorten } from '../../text/sanitize.js';
import { listed, sentence, type Paper } from './terminal-layout.js';

/** From this number of scenarios on, a group says that it may be one mistake. */
const RECURS_FROM = 3;

const GROUPS_SHOWN = 10;
const SCENARIOS_SHOWN = 5;
const INDENT = '      ';

/** The failure groups of one submission, the most frequent first; each rule is shown once. */
export function renderFailureGroups(
  groups: readonly Clean<FailureGroup>[],
  paper: Paper,
): string[] {
  const shown = groups.slice(0, GROUPS_SHOWN);
  return [
    ...shown.flatMap((group, index) => {
      const isKnown = shown.slice(0, index).some(({ rule }) => rule === group.rule);
      return renderGroup(group, isKnown ? undefined : group.rule, paper);
    }),
    ...renderRest(groups.slice(GROUPS_SHOWN), paper),
  ];
}

function renderRest(groups: readonly Clean<FailureGroup>[], paper: Paper): string[] {
  if (groups.length === 0) return [];
  const runs = groups.reduce((sum, { failures }) => sum + failures, 0);
  const kinds = count(groups.length, 'more kind');
  return sentence(`and ${kinds} of failures, ${count(runs, 'run')}`, paper, '  ');
}

function renderGroup(group: Clean<FailureGroup>, rule: string | undefined, paper: Paper): string[] {
  const { failures, scenarios, says, artifacts, exampleRun, besides } = group;
  const recurs =
    scenarios.length < RECURS_FROM
      ? ''
      : `, alike in ${scenarios.length} scenarios, so it may be one mistake`;
  const what = isRootCause(group)
    ? `${failures} × ${group.class}, root cause (${whatItDecided(scenarios.length)})`
    : `${failures} × ${group.class}${recurs}`;
  const title = shorten(group.title, LENGTHS.sentence);
  const example = shorten(artifacts ?? exampleRun, LENGTHS.sentence);
  const details = [
    shorten(says, LENGTHS.sentence),
    ...(rule === undefined ? [] : [`The lab asks: ${rule}`]),
    ...(besides === undefined
      ? []
      : [whatIsBesides(besides, listed(besides.failing, SCENARIOS_SHOWN))]),
    `in ${listed(scenarios, SCENARIOS_SHOWN)}; such as ${example}`,
  ];
  return [
    ...sentence(`${what}: ${title}`, paper, '  ').map(paper.palette.red),
    ...details.flatMap((text) => sentence(text, paper, INDENT)),
  ];
}
