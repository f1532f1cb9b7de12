/**
 * The lists of scenarios, mutants, variants, faults, rules and steps for a terminal or a pipe: a name begins a line of
 * its own, and what belongs to it is indented below. Data in, text out.
 */

import {
  findScenario,
  TIER_ORDER,
  TIERS,
  type FaultDescription,
  type Step,
} from '../../../harness/index.js';
import { describePrevalence, type Prevalence } from '../../measured/prevalence.js';
import type { MutantEntry, RuleEntry, ScenarioEntry, VariantEntry } from '../../plan/catalogue.js';
import { groupBy } from '../../ground/group-by.js';
import { count } from '../../text/count.js';
import { textOf } from './terminal-layout.js';
import { wrap } from './wrap.js';

const MAX_WIDTH = 120;
const MIN_WIDTH = 72;
/** The width without a terminal. */
const PIPE_WIDTH = 100;

const NAME_INDENT = '  ';
const TEXT_INDENT = '      ';

const TIER_WIDTH = Math.max(...TIER_ORDER.map((tier) => tier.length));

/** Width of the columns for part, tier, points and seconds, with the blanks around them. */
const NUMBERS_WIDTH = 27 + TIER_WIDTH;

/** The width that a list takes on a terminal of so many columns, or on none. */
export function listWidth(columns: number | undefined): number {
  return Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, columns ?? PIPE_WIDTH));
}

/** Below each rule, with its sentence, the scenarios that test it. */
export function renderScenarios(entries: readonly ScenarioEntry[], width: number): string {
  const longest = Math.max(...entries.map(({ id }) => id.length));
  const columns = (
    id: string,
    part: string,
    tier: string,
    points: string,
    seconds: string,
    needs: string,
  ) =>
    wrap(
      `${NAME_INDENT}${id.padEnd(longest)}  ${part.padEnd(4)}  ${tier.padEnd(TIER_WIDTH)}  ${points.padStart(6)}  ${seconds.padStart(7)}  ${needs}`,
      width,
      ' '.repeat(Math.min(longest + NAME_INDENT.length + NUMBERS_WIDTH, width - MIN_WIDTH / 2)),
    );
  const line = ({ id, part, tier, points, typicalSeconds, operations }: ScenarioEntry) =>
    columns(
      id,
      part,
      tier,
      String(points),
      typicalSeconds?.toFixed(1) ?? '-',
      operations.join(', ') || '-',
    );
  return textOf([
    ...columns('scenario', 'part', 'tier', 'points', 'seconds', 'operations'),
    ...[...groupBy(entries, ({ rule }) => rule)].flatMap(([rule, group]) => [
      '',
      ...wrap(`${rule}: ${group[0].sentence}`, width, NAME_INDENT),
      ...group.flatMap((entry) => [
        ...line(entry),
        ...indented(entry.title, width),
        ...(entry.stockTest === undefined ? [] : indented(`as ${entry.stockTest} does`, width)),
        ...indented(describePrevalence(entry.publicSubmissions), width),
      ]),
    ]),
    '',
    ...TIER_ORDER.flatMap((tier) =>
      wrap(`${tier.padEnd(TIER_WIDTH)}  ${TIERS[tier]}`, width, ' '.repeat(TIER_WIDTH + 2)),
    ),
  ]);
}

/** Below each part of the service the mutants that replace it. */
export function renderMutants(entries: readonly MutantEntry[], width: number): string {
  return textOf(
    [...groupBy(entries, ({ replaces }) => replaces)].flatMap(([replaces, group], index) => [
      ...(index === 0 ? [] : ['']),
      `${replaces}:`,
      ...group.flatMap(({ name, thought, caughtBy }) => [
        `${NAME_INDENT}${name}`,
        ...indented(thought, width),
        ...indented(`caught by ${caughtBy.join(', ') || 'no scenario'}`, width),
      ]),
    ]),
  );
}

/** Below each question that the lab leaves open the variants that settle it, and why they may. */
export function renderVariants(entries: readonly VariantEntry[], width: number): string {
  return textOf(
    [...groupBy(entries, ({ settles }) => settles)].flatMap(([settles, group], index) => [
      ...(index === 0 ? [] : ['']),
      `${settles}:`,
      ...group.flatMap(({ name, differs, allowed }) => [
        `${NAME_INDENT}${name}`,
        ...indented(differs, width),
        ...indented(allowed, width),
      ]),
    ]),
  );
}

/** Each rule with the scenarios that test it. */
export function renderRules(entries: readonly RuleEntry[], width: number): string {
  return textOf(
    entries.flatMap(({ id, sentence, scenarios }) => [
      `${NAME_INDENT}${id}`,
      ...indented(sentence, width),
      ...indented(`tested by ${scenarios.join(', ') || 'no scenario'}`, width),
    ]),
  );
}

/** Each step with what to build, its scenarios, and the command that plays them. */
export function renderSteps(entries: readonly Step[], width: number): string {
  return textOf(
    entries.flatMap(({ number, title, build, scenarios }, index) => [
      ...(index === 0 ? [] : ['']),
      `${NAME_INDENT}step ${number}: ${title}`,
      ...indented(build, width),
      ...indented(`pblab test DIR --step ${number}: ${scenarios.join(', ')}`, width),
    ]),
  );
}

/** The action of each fault, and its effect for the caller. */
export function renderFaults(entries: readonly FaultDescription[], width: number): string {
  return textOf(
    entries.flatMap(({ name, does, callerSees }) => [
      `${NAME_INDENT}${name}`,
      ...indented(does, width),
      ...indented(`the caller sees: ${callerSees}`, width),
    ]),
  );
}

/** Below when and how it was measured, each scenario with its count; those that most fail come first. */
export function renderPrevalence(
  { submissions, runs, kit, measuredAt, scenarios }: Prevalence,
  { what, width }: { what: string; width: number },
): string {
  const longest = Math.max(0, ...scenarios.map(({ scenario }) => scenario.length));
  const shareOf = ({ failed, tried }: Prevalence['scenarios'][number]) => failed / tried;
  const measured =
    `${count(submissions, what)}, up to ${count(runs, 'run')} of each scenario, ` +
    `measured with pblab ${kit} on ${measuredAt}; how many fail:`;
  return textOf([
    ...wrap(measured, width, NAME_INDENT),
    '',
    ...scenarios
      .toSorted((a, b) => shareOf(b) - shareOf(a))
      .map(({ scenario, failed, tried, measuredAt: other }) => {
        const tier = findScenario(scenario)?.tier ?? '-';
        const date = other === undefined ? '' : ` (${other})`;
        const padded = `${scenario.padEnd(longest)}  ${tier.padEnd(TIER_WIDTH)}`;
        return `${NAME_INDENT}${padded}  ${String(failed).padStart(3)} of ${tried}${date}`;
      }),
  ]);
}

function indented(sentence: string, width: number): string[] {
  return wrap(`${TEXT_INDENT}${sentence}`, width, TEXT_INDENT);
}
