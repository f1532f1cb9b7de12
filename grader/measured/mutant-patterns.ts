/**
 * In which scenarios each mutant was seen to fail, and how: `mutant-patterns.json` beside the sources. Guesses at the
 * mistake of a submission compare its failures with these. The benchmark `likely-mistake` makes the file from gradings
 * of the mutants, and measures how often such guesses are right.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from '../files/read-json-file.js';
import { COUNT, TEXT } from '../ground/schemas.js';

/** Where the package is; the compiled kit is below its `dist`. */
const PACKAGE_ROOT = join(import.meta.dirname, '../../..');

export const PATTERNS_FILE = join(PACKAGE_ROOT, 'grader/measured/mutant-patterns.json');

const CELL = z.object({
  /** Runs that passed or failed. */
  usable: z.int().min(1),
  failed: COUNT,
  /** How many of the failed runs had each kind of failure, `RULE / SYMPTOM`; empty where only rates were measured. */
  kinds: z.record(TEXT, COUNT),
});

export const MUTANT_PATTERNS = z.object({
  format: z.literal('pblab/patterns/1'),
  /** When it was made; ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  /** How often a guess was right, at implementations of the independent set, whose authors knew of no scenario. */
  guesses: z.object({ right: COUNT, said: COUNT }),
  /** By mutant, and then by scenario: only cells with a failure. */
  mutants: z.record(TEXT, z.record(TEXT, CELL)),
});

/** The runs of one mutant in one scenario. */
export type PatternCell = z.infer<typeof CELL>;

/** The failures of one mutant, by scenario. */
export type MutantPattern = Record<string, PatternCell>;

export type MutantPatterns = z.infer<typeof MUTANT_PATTERNS>;

/**
 * The patterns of this kit; undefined as long as there are none.
 *
 * @throws UsageError when the file is there and holds something else.
 */
export function readMutantPatterns(file = PATTERNS_FILE): MutantPatterns | undefined {
  if (!existsSync(file)) return undefined;
  return readJsonFile({
    file,
    schema: MUTANT_PATTERNS,
    unreadable: 'the patterns of the mutants cannot be read',
    expected: 'what the benchmark `likely-mistake` has written',
    hint: 'make it again, as the README of grader/results/likely-mistakes says',
  });
}
