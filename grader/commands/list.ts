/** `pblab list`: the scenarios, the mutants, the variants, the faults and the rules that there are. */

import { UsageError } from '../../harness/index.js';
import { readMeasured } from '../calibration/measured.js';
import {
  faultEntries,
  mutantEntries,
  ruleEntries,
  scenarioEntries,
  variantEntries,
} from '../catalogue.js';
import {
  listWidth,
  renderFaults,
  renderMutants,
  renderRules,
  renderScenarios,
  renderVariants,
} from '../reports/lists.js';

/** A list as data, and as text of a width. */
interface List {
  entries: readonly object[];
  render: (width: number) => string;
}

const LISTS: Record<string, () => List | Promise<List>> = {
  scenarios: () => listOf(scenarioEntries(readMeasured()), renderScenarios),
  mutants: async () => listOf(await mutantEntries(), renderMutants),
  variants: async () => listOf(await variantEntries(), renderVariants),
  faults: () => listOf(faultEntries(), renderFaults),
  rules: () => listOf(ruleEntries(), renderRules),
};

/** Prints one list; resolves to the exit code. */
export async function list(what: string, { json = false }: { json?: boolean }): Promise<number> {
  const found = Object.hasOwn(LISTS, what) ? await LISTS[what]?.() : undefined;
  if (found === undefined) {
    throw new UsageError('there is no such list', {
      got: `"${what}"`,
      expected: Object.keys(LISTS).join(', '),
    });
  }
  const width = listWidth(process.stdout.columns);
  process.stdout.write(json ? `${JSON.stringify(found.entries, null, 2)}\n` : found.render(width));
  return 0;
}

function listOf<T extends object>(
  entries: readonly T[],
  render: (entries: readonly T[], width: number) => string,
): List {
  return { entries, render: (width) => render(entries, width) };
}
