/** How long a run of each scenario should take, by this kit's calibration. */

import { readMeasured } from './measured.js';

/** Assumed where the kit's calibration does not have the scenario, in ms. */
const UNMEASURED_MS = 5000;

/** Gives the median duration of the reference's runs of a scenario, in ms. */
export function expectedDurations(): (scenario: string) => number {
  const cells = readMeasured()?.reference.cells ?? [];
  const medians = new Map(cells.map(({ scenario, medianMs }) => [scenario, medianMs]));
  return (scenario) => medians.get(scenario) ?? UNMEASURED_MS;
}
