/** `pblab rubric`: explains a rubric, checks it, and prints a first one to change. */

import { readMeasured } from '../../measured/measured.js';
import { count } from '../../text/count.js';
import { buildOperatingCurve } from '../../studies/operating-curve/build-operating-curve.js';
import { cleaned } from '../../text/sanitize.js';
import { renderOperatingCurve } from '../../views/terminal/operating-curve-terminal.js';
import { newRubric } from '../../rubric/new-rubric.js';
import { sumOfPoints } from '../../rubric/hundredths.js';
import { readRubric } from '../../rubric/read-rubric.js';
import type { Rubric } from '../../rubric/rubric.js';
import { leastCap } from '../../statistics/sequential/exact.js';

/** Runs of each scenario where neither the caller nor the rubric says how many. */
const DEFAULT_RUNS = 100;

export interface ExplainOptions {
  runs?: number;
  json?: boolean;
}

/** Prints the operating curve; the exit code. */
export function explainRubric(file: string, { runs, json = false }: ExplainOptions): number {
  const rubric = readRubric(file);
  const curve = buildOperatingCurve(rubric, runs ?? usualRuns(rubric), readMeasured());
  const { columns } = process.stdout;
  process.stdout.write(
    json
      ? `${JSON.stringify(curve, null, 2)}\n`
      : renderOperatingCurve(cleaned(curve), { width: columns }),
  );
  return 0;
}

/** Says what is in a rubric that is valid; the exit code. */
export function checkRubric(file: string): number {
  const { parts } = readRubric(file);
  const scenarios = parts.flatMap((part) => part.scenarios);
  const hidden = scenarios.filter((one) => one.hidden).length;
  const points = sumOfPoints(scenarios.map((one) => one.points));
  process.stdout.write(
    `${file} is valid: ${count(parts.length, 'part')}, ${count(scenarios.length, 'scenario')} ` +
      `(${hidden} hidden), ${count(points, 'point')}\n`,
  );
  return 0;
}

/** Prints a rubric of all scenarios; the exit code. */
export function printNewRubric(): number {
  process.stdout.write(newRubric());
  return 0;
}

/** The number of runs, as in `pblab grade`. */
function usualRuns({ runs, stopping }: Rubric): number {
  return runs ?? (stopping === undefined ? DEFAULT_RUNS : leastCap(stopping));
}
