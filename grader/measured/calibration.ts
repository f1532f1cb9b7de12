/**
 * What a calibration has found: how likely a run of each scenario is to catch each mutant, and how
 * often the reference is accused. It is the one model behind all its reports, and the content of
 * `calibration.json`. How it is put together is build-calibration.ts.
 */

import { groupBy } from '../ground/group-by.js';
import type { Machine } from './grading-machine.js';

export const CALIBRATION_FORMAT = 'pblab/calibration/1';
export const CALIBRATION_FILE = 'calibration.json';

/** One submission in one scenario: how often it was run, and how the runs ended. */
export interface CalibrationCell {
  scenario: string;
  /** Whether it was looked at closely, or in the screen only. */
  closely: boolean;
  /** Runs asked for. */
  planned: number;
  passed: number;
  failed: number;
  /** Not in any rate. */
  unknown: number;
  /** Median duration of its runs, in ms; absent without any. */
  medianMs?: number;
}

/** The runs after which something is caught with a certainty. */
export interface RunsNeeded {
  /** If the estimate of the detection probability is right. */
  estimate: number;
  /** If the lower end of its interval is. */
  atMost: number;
}

/** How likely one run of a scenario is to catch a mutant: Clopper–Pearson, 95 %. */
export interface Detection {
  scenario: string;
  failed: number;
  /** Runs that passed or failed. */
  usable: number;
  estimate: number;
  low: number;
  high: number;
  runsFor95: RunsNeeded;
  runsFor99: RunsNeeded;
}

export interface ReferenceRow {
  digest: string;
  /** One for each scenario; a failure here is a false alarm. */
  cells: CalibrationCell[];
}

export interface MutantRow {
  name: string;
  digest: string;
  /** Ids of the scenarios that should catch it. */
  expected: string[];
  /** One for each scenario that could show its mistake; fewer in what is abridged. */
  cells: CalibrationCell[];
  /** In which it was seen to fail, the surest first; empty for a mutant that survives. */
  caughtIn: Detection[];
}

export interface ScenarioColumn {
  id: string;
  /** How many mutants have a run in it that can be judged. */
  lookedAt: number;
  /** Names of the mutants that were seen to fail in it. */
  catches: string[];
  /** Those of them that were seen to fail in no other scenario. */
  alone: string[];
}

export interface Calibration {
  format: typeof CALIBRATION_FORMAT;
  /**
   * What was calibrated with, if not the mutants: then `mutants` has the wrong implementations of this set, and
   * `reference` is the correct one that belongs to it.
   */
  set?: 'independent';
  /** The version of the kit. */
  kit: string;
  /** When it was put together; ISO 8601, UTC. */
  createdAt: string;
  seed: string;
  machine: Machine;
  /** Runs of every cell in which something wrong is started. */
  screenRuns: number;
  /** Runs of a cell that was looked at closely, those of the screen included. */
  closeRuns: number;
  /** Planned runs that were not done, because it was broken off. */
  undoneRuns: number;
  reference: ReferenceRow;
  mutants: MutantRow[];
  scenarios: ScenarioColumn[];
}

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
  /** Those that were looked at. */
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

/** As JSON in which a cell is one line, so that a person can read it and a diff is short. */
export function calibrationText(calibration: Calibration): string {
  const text = JSON.stringify(calibration, null, 2);
  // A line feed never stands inside a JSON string.
  return `${text.replaceAll(/\{[^{}]*\}/g, (flat) => flat.replaceAll(/\n\s*/g, ' '))}\n`;
}
