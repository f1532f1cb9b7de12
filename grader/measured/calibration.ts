/**
 * The findings of a calibration: how likely a run of each scenario is to catch each mutant, and how
 * often the reference is accused. It is the one model behind all its reports, and the content of
 * `calibration.json`. build-calibration.ts builds it.
 */

import { z } from 'zod';
import { AMOUNT, COUNT, SHARE, TEXT } from '../ground/schemas.js';
import { groupBy } from '../ground/group-by.js';
import { MACHINE } from './grading-machine.js';

export const CALIBRATION_FORMAT = 'pblab/calibration/1';
export const CALIBRATION_FILE = 'calibration.json';

const texts = z.array(TEXT);

const CELL = z.object({
  scenario: TEXT,
  /** Whether it had the close look, or only the screen. */
  closely: z.boolean(),
  /** Runs asked for. */
  planned: COUNT,
  passed: COUNT,
  failed: COUNT,
  /** Not counted in any rate. */
  unknown: COUNT,
  /** Median duration of its runs, in ms; absent without any. */
  medianMs: AMOUNT.exactOptional(),
});

const RUNS_NEEDED = z.object({
  /** If the estimate of the detection probability is right. */
  estimate: z.int().min(1),
  /** If the lower end of its interval is right. */
  atMost: z.int().min(1),
});

const DETECTION = z.object({
  scenario: TEXT,
  failed: COUNT,
  /** Runs that passed or failed. */
  usable: COUNT,
  estimate: SHARE,
  low: SHARE,
  high: SHARE,
  runsFor95: RUNS_NEEDED,
  runsFor99: RUNS_NEEDED,
});

const REFERENCE_ROW = z.object({
  digest: TEXT,
  /** One for each scenario; a failure here is a false alarm. */
  cells: z.array(CELL),
});

const MUTANT_ROW = z.object({
  name: TEXT,
  digest: TEXT,
  /** Ids of the scenarios that should catch it. */
  expected: texts,
  /** One for each scenario that could show its mistake; fewer in what is abridged. */
  cells: z.array(CELL),
  /** In which it was seen to fail, the surest first; empty for a mutant that survives. */
  caughtIn: z.array(DETECTION),
});

const SCENARIO_COLUMN = z.object({
  id: TEXT,
  /** How many mutants have a run in it that can be judged. */
  lookedAt: COUNT,
  /** Names of the mutants that were seen to fail in it. */
  catches: texts,
  /** The ones that were seen to fail in no other scenario. */
  alone: texts,
});

export const CALIBRATION = z.object({
  format: z.literal(CALIBRATION_FORMAT),
  /**
   * What was calibrated with, if not the mutants: then `mutants` has the wrong implementations of this set, and
   * `reference` is the correct one that belongs to it.
   */
  set: z.literal('independent').exactOptional(),
  /** The version of the kit. */
  kit: TEXT,
  /** When it was generated; ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  seed: TEXT,
  /** The world of all its runs; absent for real time. */
  world: z.literal('virtual').exactOptional(),
  machine: MACHINE,
  /** Runs of every cell in the screen. */
  screenRuns: z.int().min(1),
  /** Runs of a cell in the close look, those of the screen included. */
  closeRuns: z.int().min(1),
  /** Planned runs that were not done, because it was broken off. */
  undoneRuns: COUNT,
  reference: REFERENCE_ROW,
  mutants: z.array(MUTANT_ROW),
  scenarios: z.array(SCENARIO_COLUMN),
});

/** One submission in one scenario: how often it was run, and how the runs ended. */
export type CalibrationCell = z.infer<typeof CELL>;

/** The runs after which something is caught with a certainty. */
export type RunsNeeded = z.infer<typeof RUNS_NEEDED>;

/** How likely one run of a scenario is to catch a mutant: Clopper–Pearson, 95 %. */
export type Detection = z.infer<typeof DETECTION>;

export type ReferenceRow = z.infer<typeof REFERENCE_ROW>;
export type MutantRow = z.infer<typeof MUTANT_ROW>;
export type ScenarioColumn = z.infer<typeof SCENARIO_COLUMN>;
export type Calibration = z.infer<typeof CALIBRATION>;

/** Cells of the reference in which it was seen to fail. */
export function falseAlarms({ reference }: Calibration): CalibrationCell[] {
  return reference.cells.filter(({ failed }) => failed > 0);
}

/** Mutants that no scenario was seen to catch. */
export function survivors({ mutants }: Calibration): MutantRow[] {
  return mutants.filter(({ caughtIn }) => caughtIn.length === 0);
}

/** How many of a folder of the independent set were caught. */
export interface FolderTotal {
  folder: string;
  caught: number;
  /** Members that were run. */
  of: number;
  /** Names of those that were not caught, without the folder. */
  missed: string[];
}

/** One for each folder, in the order of the rows; none of a calibration with mutants. */
export function folderTotals({ set, mutants }: Calibration): FolderTotal[] {
  if (set === undefined) return [];
  const byFolder = groupBy(mutants, ({ name }) => name.split('/')[0] ?? name);
  return [...byFolder].map(([folder, rows]) => {
    const missed = rows.filter(({ caughtIn }) => caughtIn.length === 0);
    const names = missed.map(({ name }) => name.slice(folder.length + 1));
    return { folder, caught: rows.length - missed.length, of: rows.length, missed: names };
  });
}

/** Whether every planned run was done, and every cell has a run that can be judged. */
export function isComplete({ reference, mutants }: Calibration): boolean {
  return [reference, ...mutants].every(({ cells }) =>
    cells.every(
      ({ planned, passed, failed, unknown }) =>
        passed + failed > 0 && passed + failed + unknown === planned,
    ),
  );
}

/**
 * Without the cells of mutants in which the screen has found nothing: thousands that no table shows. What
 * is left claims less than was measured, and nothing else.
 */
export function abridged(calibration: Calibration): Calibration {
  const isTelling = ({ closely, failed }: CalibrationCell) => closely || failed > 0;
  const mutants = calibration.mutants.map((row) => ({
    ...row,
    cells: row.cells.filter(isTelling),
  }));
  return { ...calibration, mutants };
}

/** JSON with one line a cell, so that a person can read it and a diff is short. */
export function calibrationText(calibration: Calibration): string {
  const text = JSON.stringify(calibration, null, 2);
  // A line feed never stands inside a JSON string.
  return `${text.replaceAll(/\{[^{}]*\}/g, (flat) => flat.replaceAll(/\n\s*/g, ' '))}\n`;
}
