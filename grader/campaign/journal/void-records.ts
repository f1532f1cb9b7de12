/**
 * Takes records out of a journal that cannot be relied on, the passing ones too: to take out only some would choose by
 * the outcome. They are kept in a file of their own, and their runs count as not done.
 */

import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunRecord } from '../../../harness/index.js';
import { writeFileAtomically } from '../../files/write-file-atomically.js';
import { decodeLine, encodeLine } from './journal-line.js';
import { linesOf, readRecords } from './journal.js';

/**
 * Moves those records from the journal `file` to the journal `voided`, and gives them. No other process may write either.
 * Whenever it is broken off, no record is lost, and it can be done again.
 */
export async function voidRecords(
  file: string,
  voided: string,
  isVoid: (record: RunRecord) => boolean,
): Promise<RunRecord[]> {
  const taken = [...readRecords(file)].filter(isVoid);
  if (taken.length === 0) return [];
  const before = existsSync(voided) ? [...readRecords(voided)].map(encodeLine) : [];
  const lines = new Set([...before, ...taken.map(encodeLine)]);
  await mkdir(dirname(voided), { recursive: true });
  await writeFileAtomically(voided, lines);
  await writeFileAtomically(file, keptLines(file, isVoid));
  return taken;
}

/** Damaged lines stay, except for a last one without its end, which was never acknowledged. */
function* keptLines(file: string, isVoid: (record: RunRecord) => boolean): Generator<string> {
  for (const { text, isEnded } of linesOf(file)) {
    if (!isEnded) return;
    const read = decodeLine(text);
    if (read.kind === 'damaged' || !isVoid(read.record)) yield `${text}\n`;
  }
}
