/**
 * The calibration that this kit was released with: `measured.json` beside the sources. The tables in
 * the READMEs and the durations in the lists are made from it. It may lack what is newer than it is.
 */

import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { MACHINE } from './machine-schema.js';
import { readJsonFile } from '../files/read-json-file.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { abridged, CALIBRATION_FORMAT, calibrationText, type Calibration } from './calibration.js';

/** Where the package is; the compiled kit is below its `dist`. */
const PACKAGE_ROOT = join(import.meta.dirname, '../../..');

export const MEASURED_FILE = join(PACKAGE_ROOT, 'grader/measured/measured.json');

const count = z.int().min(0);
const rate = z.number().min(0).max(1);
const text = z.string().min(1);
const texts = z.array(text);
const needed = z.object({ estimate: z.int().min(1), atMost: z.int().min(1) });

const CELL = z.object({
  scenario: text,
  closely: z.boolean(),
  planned: count,
  passed: count,
  failed: count,
  unknown: count,
  medianMs: z.number().min(0).exactOptional(),
});

const DETECTION = z.object({
  scenario: text,
  failed: count,
  usable: count,
  estimate: rate,
  low: rate,
  high: rate,
  runsFor95: needed,
  runsFor99: needed,
});

const CALIBRATION = z.object({
  format: z.literal(CALIBRATION_FORMAT),
  kit: text,
  createdAt: z.iso.datetime(),
  seed: text,
  machine: MACHINE,
  screenRuns: z.int().min(1),
  closeRuns: z.int().min(1),
  undoneRuns: count,
  reference: z.object({ digest: text, cells: z.array(CELL) }),
  mutants: z.array(
    z.object({
      name: text,
      digest: text,
      expected: texts,
      cells: z.array(CELL),
      caughtIn: z.array(DETECTION),
    }),
  ),
  scenarios: z.array(z.object({ id: text, lookedAt: count, catches: texts, alone: texts })),
}) satisfies z.ZodType<Calibration>;

/**
 * The calibration of this kit; undefined as long as there is none.
 *
 * @throws UsageError when the file is there and holds something else.
 */
export function readMeasured(file = MEASURED_FILE): Calibration | undefined {
  if (!existsSync(file)) return undefined;
  return readJsonFile({
    file,
    schema: CALIBRATION,
    unreadable: 'the calibration of this kit cannot be read',
    expected: 'what `pblab calibrate --save` has written',
    hint: 'only what `pblab calibrate --save` of a kit with the same formats has written can be read',
  });
}

/** Makes a calibration that of this kit; it is kept abridged. */
export async function saveMeasured(calibration: Calibration, file = MEASURED_FILE): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  await writeFileAtomically(file, calibrationText(abridged(calibration)));
}
