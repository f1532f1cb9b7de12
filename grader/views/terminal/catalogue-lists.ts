/**
 * The lists of scenarios, mutants, variants, faults and rules for a terminal or a pipe: a name begins a line of
 * its own, and what belongs to it is indented below. Data in, text out.
 */

import type { FaultDescription } from '../../../harness/index.js';
import type { MutantEntry, RuleEntry, ScenarioEntry, VariantEntry } from '../../plan/catalogue.js';
import { groupBy } from '../../ground/group-by.js';
import { textOf } from './terminal-layout.js';
import { wrap } from './wrap.js';

const MAX_WIDTH = 120;
const MIN_WIDTH = 72;
/** The width without a terminal. */
const PIPE_WIDTH = 100;

const NAME_INDENT = '  ';
const TEXT_INDENT = '      ';

/** Width of the columns for part, points and seconds, with the blanks around them. */
const NUMBERS_WIDTH = 25;

/** The width that a list takes on a terminal of so many columns, or on none. */
export function listWidth(columns: number | undefined): number {
  return Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, columns ?? PIPE_WIDTH));
}

/** Below each rule, with its sentence, the scenarios that test it. */
export function renderScenarios(entries: readonly ScenarioEntry[], width: number): string {
  const longest = Math.max(...entries.map(({ id }) => id.length));
  const columns = (id: string, part: string, points: string, seconds: string, needs: string) =>
    wrap(
      `${NAME_INDENT}${id.padEnd(longest)}  ${part.padEnd(4)}  ${points.padStart(6)}  ${seconds.padStart(7)}  ${needs}`,
      width,
      ' '.repeat(Math.min(longest + NAME_INDENT.length + NUMBERS_WIDTH, width - MIN_WIDTH / 2)),
    );
  const line = ({ id, part, points, typicalSeconds, operations }: ScenarioEntry) =>
    columns(
      id,
      part,
      String(points),
      typicalSeconds?.toFixed(1) ?? '-',
      operations.join(', ') || '-',
    );
  return textOf([
    ...columns('scenario', 'part', 'points', 'seconds', 'operations'),
    ...[...groupBy(entries, ({ rule }) => rule)].flatMap(([rule, group]) => [
      '',
      ...wrap(`${rule}: ${group[0].sentence}`, width, NAME_INDENT),
      ...group.flatMap((entry) => [
        ...line(entry),
        ...indented(entry.title, width),
        ...(entry.stockTest === undefined ? [] : indented(`as ${entry.stockTest} does`, width)),
      ]),
    ]),
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

function indented(sentence: string, width: number): string[] {
  return wrap(`${TEXT_INDENT}${sentence}`, width, TEXT_INDENT);
}
