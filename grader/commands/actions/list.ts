/**
 * `pblab list`: scenarios, mutants, variants, faults, rules and steps, the situations that generated runs can meet, and
 * how many submissions fail each scenario.
 */

import { join, resolve } from 'node:path';
import { COVERABLE, unknownName, UsageError } from '../../../harness/index.js';
import { readMeasured } from '../../measured/measured.js';
import { readPrevalence, type Prevalence } from '../../measured/prevalence.js';
import {
  faultEntries,
  mutantEntries,
  ruleEntries,
  scenarioEntries,
  stepEntries,
  variantEntries,
} from '../../plan/catalogue.js';
import { prevalenceIn } from '../../results/prevalence-of.js';
import { readResults } from '../../results/results-file.js';
import { countCoverage } from '../../tally/situations-met.js';
import { describeDamagedLines } from '../../campaign/journal/damage.js';
import { JOURNAL_FILE, readJournal } from '../../campaign/journal/journal.js';
import { readPlan } from '../../plan/plan-file.js';
import { renderCoverable, renderCoverage } from '../../views/terminal/coverage-list.js';
import {
  listWidth,
  renderFaults,
  renderMutants,
  renderPrevalence,
  renderRules,
  renderScenarios,
  renderSteps,
  renderVariants,
} from '../../views/terminal/catalogue-lists.js';
import { assertGrading } from './report.js';

/** A list as data for JSON, and as text of a width. */
interface List {
  data: object;
  render: (width: number) => string;
}

/** The lists that can also describe a grading. */
const COVERAGE = 'coverage';
const PREVALENCE = 'prevalence';

const LISTS: Record<string, () => List | Promise<List>> = {
  scenarios: () => listOf(scenarioEntries(readMeasured(), readPrevalence()), renderScenarios),
  mutants: async () => listOf(await mutantEntries(), renderMutants),
  variants: async () => listOf(await variantEntries(), renderVariants),
  faults: () => listOf(faultEntries(), renderFaults),
  rules: () => listOf(ruleEntries(), renderRules),
  steps: () => listOf(stepEntries(), renderSteps),
  [COVERAGE]: () => listOf(COVERABLE, renderCoverable),
  [PREVALENCE]: () => prevalenceList(readPrevalence(), 'public submission'),
};

/** Prints one list, perhaps of a grading; resolves to the exit code. */
export async function list(
  what: string,
  directory: string | undefined,
  { json = false }: { json?: boolean },
): Promise<number> {
  const found = directory === undefined ? await listWithout(what) : listIn(what, directory);
  const width = listWidth(process.stdout.columns);
  process.stdout.write(json ? `${JSON.stringify(found.data, null, 2)}\n` : found.render(width));
  return 0;
}

async function listWithout(what: string): Promise<List> {
  const found = Object.hasOwn(LISTS, what) ? await LISTS[what]?.() : undefined;
  if (found === undefined) {
    throw new UsageError('no such list', unknownName(what, { names: Object.keys(LISTS) }));
  }
  return found;
}

/** The list for a grading. */
function listIn(what: string, folder: string): List {
  const directory = resolve(folder);
  if (what === COVERAGE) return coverageIn(directory);
  if (what === PREVALENCE)
    return prevalenceList(prevalenceIn(readResults(directory)), 'submission');
  throw new UsageError(`only ${COVERAGE} and ${PREVALENCE} can be listed for a grading`, {
    got: `"${what}" with the directory ${folder}`,
    expected: `${COVERAGE} or ${PREVALENCE} with a directory, or "${what}" alone`,
  });
}

/** The situations that the runs of a grading have met so far; it may still be under way. */
function coverageIn(directory: string): List {
  const plan = readPlan(directory);
  assertGrading(plan, directory);
  const { records: attempts, damaged } = readJournal(join(directory, JOURNAL_FILE));
  for (const line of describeDamagedLines(damaged)) process.stderr.write(`${line}\n`);
  const { runs, situations } = countCoverage(plan, attempts);
  return listOf(situations, (entries, width) => renderCoverage(entries, runs, width));
}

function prevalenceList(table: Prevalence, what: string): List {
  return { data: table, render: (width) => renderPrevalence(table, { what, width }) };
}

function listOf<T extends object>(
  entries: readonly T[],
  render: (entries: readonly T[], width: number) => string,
): List {
  return { data: entries, render: (width) => render(entries, width) };
}
