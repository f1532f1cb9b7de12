/**
 * A calibration as Markdown: what is known of each mutant and of each scenario, as tables for the
 * READMEs and for a file of its own. Text in, text out.
 */

import type {
  Calibration,
  Detection,
  MutantRow,
  ScenarioColumn,
} from '../../measured/calibration.js';
import type { Clean } from '../../text/clean-text.js';
import { count, percent, percentRange } from '../../text/count.js';
import { wordsOf } from './calibration-words.js';
import { folderLines } from './folder-totals.js';
import { referenceLines } from './reference-row.js';

/** Rows of cells, the head first. */
export type Rows = readonly (readonly string[])[];

const NOT_MEASURED = 'not measured';

/** Both tables with a line of provenance above each, for a file of its own. */
export function renderCalibrationMarkdown(calibration: Clean<Calibration>): string {
  const names = calibration.mutants.map(({ name }) => name);
  const ids = calibration.scenarios.map(({ id }) => id);
  const tables = [mutantRows(calibration, names), scenarioRows(calibration, ids)];
  const totals = folderLines(calibration)
    .map((line) => `- ${line}`)
    .join('\n');
  const texts = [preface(calibration), ...(totals === '' ? [] : [totals])];
  return [...texts, ...tables.map(markdownTable)].join('\n\n').concat('\n');
}

/** A paragraph: where, when and how often was measured, and what became of the reference. */
export function preface(calibration: Clean<Calibration> | undefined): string {
  const own = calibration === undefined ? [] : referenceLines(calibration);
  return [provenance(calibration), ...own].join(' ');
}

/** One sentence: where, when and how often was measured. */
export function provenance(calibration: Clean<Calibration> | undefined): string {
  if (calibration === undefined) return 'This kit was not calibrated yet.';
  const { kit, createdAt, seed, world, machine, screenRuns, closeRuns, undoneRuns } = calibration;
  const inWorld = world === undefined ? '' : `, in the ${world} world`;
  const where = `${machine.platform}, ${count(machine.cpus, 'processor')}, Node ${machine.node}`;
  const undone =
    undoneRuns === 0 ? '' : ` It was interrupted: ${count(undoneRuns, 'planned run')} not done.`;
  return (
    `Measured with pblab ${kit} on ${createdAt.slice(0, 10)}, seed ${seed}, ${where}${inWorld}: ` +
    `${count(screenRuns, 'run')} of every cell in the screen, ${closeRuns} of each cell in the close look.${undone}`
  );
}

/** The measured facts about each of these mutants; a calibration may be older than some of them. */
export function mutantRows(
  calibration: Clean<Calibration> | undefined,
  names: readonly string[],
): Rows {
  const known = new Map<string, MutantRow>(calibration?.mutants.map((row) => [row.name, row]));
  return [
    [
      calibration === undefined ? 'mutant' : wordsOf(calibration).wrong,
      'caught best by',
      'detection per run (95 %)',
      'runs for 95 %',
      'runs for 99 %',
      'also caught by',
    ],
    ...names.map((name) => {
      const row = known.get(name);
      if (row === undefined) return [code(name), NOT_MEASURED, '', '', '', ''];
      const [best, ...others] = row.caughtIn;
      const also = others.map(
        ({ scenario, failed, usable }) => `${code(scenario)} (${failed} of ${usable})`,
      );
      return [
        code(name),
        ...(best === undefined ? survived(row) : bestCells(best)),
        also.join(', '),
      ];
    }),
  ];
}

/** The mutants that each of these scenarios has caught. */
export function scenarioRows(
  calibration: Clean<Calibration> | undefined,
  ids: readonly string[],
): Rows {
  const known = new Map<string, ScenarioColumn>(calibration?.scenarios.map((one) => [one.id, one]));
  return [
    ['scenario', 'catches', 'catches alone'],
    ...ids.map((id) => {
      const column = known.get(id);
      if (column === undefined || column.lookedAt === 0) return [code(id), NOT_MEASURED, ''];
      return [
        code(id),
        `${column.catches.length} of ${column.lookedAt}`,
        column.alone.map(code).join(', '),
      ];
    }),
  ];
}

/** A table in GitHub's Markdown; cells are Markdown already. */
export function markdownTable([head = [], ...rows]: Rows): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}

function survived({ cells }: MutantRow): string[] {
  const runs = cells.reduce((sum, { passed }) => sum + passed, 0);
  return [`nothing, in ${count(runs, 'run')}`, '', '', ''];
}

function bestCells(best: Detection): string[] {
  const { scenario, usable, estimate, low, high, runsFor95, runsFor99 } = best;
  return [
    code(scenario),
    `${percent(estimate)} % of ${usable} (${percentRange(low, high)})`,
    `${runsFor95.estimate} (≤ ${runsFor95.atMost})`,
    `${runsFor99.estimate} (≤ ${runsFor99.atMost})`,
  ];
}

function code(text: string): string {
  return `\`${text}\``;
}
