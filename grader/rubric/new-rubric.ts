/**
 * A first rubric.yaml to change: the scenarios in the parts of the lab, by tier, with the points that the registry
 * suggests as weights, and a comment for every key. Those that the hand-out does not ask for cost nobody points unless
 * staff decide so: they are a part of their own, which is commented out.
 */

import { SCENARIOS, TIER_ORDER, TIERS, type Scenario, type Tier } from '../../harness/index.js';
import { groupBy } from '../ground/group-by.js';
import { ALL_OR_NOTHING } from './policies/all-or-nothing.js';
import { policyInYaml } from './policies/form.js';
import { LINEAR } from './policies/linear.js';
import { WRITTEN_KINDS, type WrittenKind } from './policies/registry.js';

const EXAMPLE_WIDTH = 51;

/** Points of a part in the lab, of 100 in all. */
const PARTS: readonly { part: Scenario['part']; name: string; points: number }[] = [
  { part: 'A', name: 'Part A: the view service', points: 30 },
  { part: 'B', name: 'Part B: the key/value service', points: 70 },
];

const BEYOND: Tier = 'beyond';

const BEYOND_HEAD = `
# ${BEYOND}: ${TIERS[BEYOND]} These scenarios are neither run
# nor graded. To grade them, too, remove the first # of each line below. The maximum rises by the points of this part,
# so a student with all other points then has less than 100 %. To keep the maximum, lower the points of other parts.
`;

const BEYOND_POINTS = 5;

const HEAD = `# How failure rates become points. \`pblab rubric explain FILE\` shows the points of submissions that
# fail in 0.1 %, 1 %, 3 %, ... of their runs. Run it before you grade.

# The title in reports.
title: "Lab 2: primary/backup key/value service"

# Runs of each scenario; -n on the command line overrides it.
runs: 100

# Instead, each scenario may have runs until it is clear whether its failure rate is acceptable; then \`runs\` are
# the maximum. A submission at the acceptable rate is called unacceptable with the probability falseAlarm, and one at
# the unacceptable rate is called acceptable with the probability miss. Intervals are wide after an early stop, and with
# the low end of one even an unacceptable submission may earn much: the policy should then be decision, see below.
# stopping: { acceptable: 1 %, unacceptable: 10 %, falseAlarm: 0.1 %, miss: 5 % }

# Only an interval of a failure rate is known, and points always follow from one end of it. With the low end a
# submission loses points for what is proven; with the high end it gets points for what is proven.
confidence: 95 %
gradedEnd: low # or high

# Where the ends of the interval earn different points because a step lies between them: review (the points stand
# for now, and staff look at it) or keep.
straddle: review

# A scenario without a run that can be judged earns no points: for good (none), or until staff decide (review). Missing
# and unknown runs never earn points; where they would make a difference, staff decide.
unjudged: review

# One mistake may fail many scenarios. Failures that match the same pattern (* and ? are wildcards) are charged in
# the one scenario in which they cost most, and count as passes in the others. The patterns match signatures, as
# reports show them: RULE / SYMPTOM / .... Keep them narrow: with "view-*" a view service that does nothing would
# lose the points of only one scenario. Programs that cannot be built are always charged everywhere. So are crashes,
# except by a pattern that begins with "kit-process / exited" (or ended-before-listening) or "kit-clerk / exited".
chargeOnce: []
#  - view-promotion / promoted-without-data*
#  - kv-at-most-once / duplicate-append*

# How points follow from a failure rate. A part or a scenario may have a policy of its own. The kinds are:
${WRITTEN_KINDS.map(kindText).join('\n')}
policy: ${policyInYaml(LINEAR.example)}

# A scenario is given as its id, as a pattern that stands for several, or as one of the lab's own tests, such as
# TestBasicFail; each may be in the rubric once. The points of a part are shared by weight (1, unless given).
# Without points of the part each scenario has its own: { scenario: primary-failure, points: 10 }.
# Students see only their points of a scenario with \`hidden: true\`, or of one in a part with it.
parts:
`;

/** As a comment of the file, with the example's meaning in a column of its own. */
function kindText({ example, comment }: WrittenKind): string {
  return `#   ${policyInYaml(example).padEnd(EXAMPLE_WIDTH)}${comment}`.trimEnd();
}

/** The text of a valid rubric. */
export function newRubric(): string {
  return HEAD + PARTS.map(partText).join('') + BEYOND_HEAD + beyondText();
}

/** Each line begins with a comment sign. Without it, the line has the indent of a part. */
function beyondText(): string {
  const scenarios = SCENARIOS.filter(({ tier }) => tier === BEYOND);
  return [
    '- name: "Beyond the hand-out"',
    `  points: ${BEYOND_POINTS}`,
    '  scenarios:',
    ...scenarios.map((one) => `    - ${entry(one)}`),
  ]
    .map((line) => `#  ${line}\n`)
    .join('');
}

function partText({ part, name, points }: (typeof PARTS)[number]): string {
  const scenarios = SCENARIOS.filter((one) => one.part === part && one.tier !== BEYOND);
  const active = scenarios.filter((one) => !needsPutHash(one));
  const others = scenarios.filter(needsPutHash);
  return [
    `  - name: "${name}"`,
    `    points: ${points}`,
    `    # policy: ${policyInYaml(ALL_OR_NOTHING.example)}`,
    '    # hidden: true',
    '    scenarios:',
    ...entriesByTier(active, '- '),
    ...(others.length === 0 ? [] : ['', '      # For labs with PutHash instead of Append:']),
    ...entriesByTier(others, '# - '),
    '',
  ].join('\n');
}

/** Below a comment for each tier its scenarios. */
function entriesByTier(scenarios: readonly Scenario[], begin: string): string[] {
  const byTier = groupBy(scenarios, ({ tier }) => tier);
  return TIER_ORDER.flatMap((tier) => {
    const own = byTier.get(tier) ?? [];
    if (own.length === 0) return [];
    return [`      # ${tier}: ${TIERS[tier]}`, ...own.map((one) => `      ${begin}${entry(one)}`)];
  });
}

/** Scenarios that labs without PutHash cannot run. */
function needsPutHash({ requires }: Scenario): boolean {
  return requires.includes('puthash');
}

function entry({ id, points, title }: Scenario): string {
  return `{ scenario: ${id}, weight: ${points} } # ${title}`;
}
