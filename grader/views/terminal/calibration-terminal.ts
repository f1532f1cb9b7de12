/**
 * A calibration for a terminal: its size, the false alarms, a table of the mutants with the hardest to catch first,
 * the scenarios that catch nothing, and for the independent set how many were caught. Text in, text out.
 */

import {
  falseAlarms,
  survivors,
  type Calibration,
  type CalibrationCell,
  type MutantRow,
} from '../../measured/calibration.js';
import type { Clean } from '../../text/clean-text.js';
import { count } from '../../text/count.js';
import { provenance } from './calibration-markdown.js';
import { wordsOf } from './calibration-words.js';
import { folderLines } from './folder-totals.js';
import { mutantTable } from './calibration-table.js';
import { referenceLines } from './reference-row.js';
import { paperFor, report, sentence, type PaperOptions } from './terminal-layout.js';

/** How many other scenarios that caught a member of the independent set are named; its mistakes show in many. */
const OTHERS_SHOWN = 3;

/** The report, with a line feed at its end. */
export function renderCalibration(calibration: Clean<Calibration>, options: PaperOptions): string {
  const paper = paperFor(options);
  const { red } = paper.palette;
  const fit = (texts: readonly string[]) => texts.flatMap((text) => sentence(text, paper));
  const shown = calibration.set === undefined ? Infinity : OTHERS_SHOWN;
  const alarmed = falseAlarms(calibration).length > 0;
  return report([
    fit([provenance(calibration), ...lookedAtLines(calibration)]),
    fit(referenceLines(calibration)).map(alarmed ? red : String),
    fit(survivors(calibration).map((row) => survivorLine(row, calibration))).map(red),
    mutantTable(calibration, paper),
    fit(calibration.mutants.flatMap((row) => alsoLines(row, shown))),
    fit(scenarioLines(calibration)),
    fit(folderLines(calibration)),
  ]);
}

/** The cells and their runs. */
function lookedAtLines(calibration: Calibration): string[] {
  const { reference, mutants, screenRuns, closeRuns } = calibration;
  const { wrong, correct } = wordsOf(calibration);
  const cells = [reference, ...mutants].flatMap((row) => row.cells);
  const sum = (of: (cell: CalibrationCell) => number) =>
    cells.reduce((total, cell) => total + of(cell), 0);
  const unknown = sum((cell) => cell.unknown);
  const undone = sum(undoneOf);
  const unusable = cells.filter(({ passed, failed }) => passed + failed === 0).length;
  const closely = cells.filter((cell) => cell.closely).length;
  return [
    `${count(mutants.length, wrong)} and ${correct} in ${count(reference.cells.length, 'scenario')}: ` +
      `${cells.length} cells, each with ${count(screenRuns, 'run')} (the screen); ` +
      `${closely} of them had the close look, with ${count(closeRuns, 'run')}.`,
    ...(unknown === 0 ? [] : [`${count(unknown, 'unknown run')}, not counted.`]),
    ...(undone === 0 ? [] : [`${count(undone, 'planned run')} not done.`]),
    ...(unusable === 0 ? [] : [`${count(unusable, 'cell')} without a run that can be judged.`]),
  ];
}

function undoneOf({ planned, passed, failed, unknown }: CalibrationCell): number {
  return planned - passed - failed - unknown;
}

function survivorLine({ name, cells, expected }: MutantRow, calibration: Calibration): string {
  const { survives } = wordsOf(calibration);
  const runs = cells.reduce((sum, { passed }) => sum + passed, 0);
  const isDone = cells.every((cell) => undoneOf(cell) === 0);
  // Nothing was expected of the independent set, so all scenarios are equally close to it.
  const near = calibration.set === undefined ? cells : [];
  const closest = near.filter(({ closely }) => closely).map(inWords);
  const absent = expected.filter((id) => cells.every(({ scenario }) => scenario !== id));
  return [
    `${name} ${isDone ? `${survives}: not caught` : 'is not caught so far'} in ${count(runs, 'run')}`,
    ...(closest.length === 0 ? [] : [`of them ${closest.join(', ')}`]),
    ...(absent.length === 0 ? [] : [`${absent.join(', ')} not run`]),
  ].join('; ');
}

function inWords({ passed, scenario }: CalibrationCell): string {
  return `${passed} in ${scenario}`;
}

/** The other scenarios in which it failed, at most `shown` by name, and those that should have caught it. */
function alsoLines(
  { name, caughtIn: [, ...others], expected, cells, caughtIn }: MutantRow,
  shown: number,
): string[] {
  const seen = new Set(caughtIn.map(({ scenario }) => scenario));
  // Cells without runs are not listed.
  const missed = cells.filter(
    (cell) =>
      expected.includes(cell.scenario) &&
      !seen.has(cell.scenario) &&
      cell.passed > 0 &&
      undoneOf(cell) === 0,
  );
  const also = others
    .slice(0, shown)
    .map(({ scenario, failed, usable }) => `${scenario} (${failed} of ${usable})`);
  const more = others.length > also.length ? [`${others.length - also.length} more`] : [];
  return [
    ...(also.length === 0 ? [] : [`${name} also failed in ${[...also, ...more].join(', ')}`]),
    ...missed.map(
      ({ scenario, passed }) =>
        `${name} should be caught by ${scenario}, but passed ${passed} runs`,
    ),
  ];
}

function scenarioLines(calibration: Calibration): string[] {
  const { scenarios } = calibration;
  const { wrong } = wordsOf(calibration);
  const nothing = scenarios.filter(({ lookedAt, catches }) => lookedAt > 0 && catches.length === 0);
  const shared = scenarios.filter(({ catches, alone }) => catches.length > 0 && alone.length === 0);
  const only = scenarios.flatMap(({ id, alone }) =>
    alone.length === 0 ? [] : [`Only ${id} catches ${alone.join(', ')}.`],
  );
  const names = (list: readonly { id: string }[]) => list.map(({ id }) => id).join(', ');
  return [
    ...only,
    ...(shared.length === 0
      ? []
      : [`None of these is the only one to catch a ${wrong}: ${names(shared)}.`]),
    ...(nothing.length === 0 ? [] : [`These catch no ${wrong}: ${names(nothing)}.`]),
  ];
}
