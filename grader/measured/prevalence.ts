/**
 * How many public submissions fail each scenario: `prevalence.json` beside the sources, with the date on which it was
 * measured. It holds counts, and no names. A failure that most submissions share is known, and not a sign of one that
 * is worse than others. results/prevalence-of.ts makes such a table from a grading.
 */

import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from '../files/read-json-file.js';
import { COUNT, TEXT } from '../ground/schemas.js';
import { MEASURED_FOLDER } from './measured.js';

export const PREVALENCE_FORMAT = 'pblab/prevalence/1';

const SCENARIO_PREVALENCE = z
  .object({
    scenario: TEXT,
    /** Submissions with a run that can be judged. */
    tried: COUNT,
    /** Those of them with a failure. */
    failed: COUNT,
    /** If it was measured on another day than the table; ISO 8601, UTC. */
    measuredAt: z.iso.date().exactOptional(),
  })
  .refine(({ tried, failed }) => failed <= tried, 'at most as many failed as tried');

export const PREVALENCE = z.object({
  format: z.literal(PREVALENCE_FORMAT),
  /** The version of the kit. */
  kit: TEXT,
  /** ISO 8601, UTC. */
  measuredAt: z.iso.date(),
  submissions: z.int().min(1),
  /** Of each scenario and submission, at most. */
  runs: z.int().min(1),
  /** Those that were tried; in the order of the registry. */
  scenarios: z.array(SCENARIO_PREVALENCE),
});

export type ScenarioPrevalence = z.infer<typeof SCENARIO_PREVALENCE>;
export type Prevalence = z.infer<typeof PREVALENCE>;

const PREVALENCE_FILE = join(MEASURED_FOLDER, 'prevalence.json');

let shipped: Prevalence | undefined;

/** The table of this kit. */
export function readPrevalence(): Prevalence {
  shipped ??= readJsonFile({
    file: PREVALENCE_FILE,
    schema: PREVALENCE,
    unreadable: 'the prevalence of failures cannot be read',
    expected: 'what `pblab list prevalence DIR --json` prints',
    hint: 'install this kit again',
  });
  return shipped;
}

/** The scenario's line in the table; undefined if it was not measured. */
export function prevalenceOf(
  scenario: string,
  { scenarios } = readPrevalence(),
): ScenarioPrevalence | undefined {
  return scenarios.find((one) => one.scenario === scenario && one.tried > 0);
}

/** Such as `16 of 19 public submissions fail this one`, or that it was not measured. */
export function describePrevalence(
  found: Pick<ScenarioPrevalence, 'tried' | 'failed'> | null | undefined,
): string {
  if (found === undefined || found === null) return 'public submissions: not measured';
  const { tried, failed } = found;
  if (failed === 0) return `none of ${tried} public submissions fails this one`;
  return `${failed} of ${tried} public submissions ${failed === 1 ? 'fails' : 'fail'} this one`;
}

/** The share of public submissions that fail a scenario from which on a failure is called common. */
const COMMON_FROM = 0.5;

/** Whether most public submissions fail it. */
export function isCommonlyFailed(scenario: string, table = readPrevalence()): boolean {
  const found = prevalenceOf(scenario, table);
  return found !== undefined && found.failed > COMMON_FROM * found.tried;
}
