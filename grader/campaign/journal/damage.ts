/**
 * Unreadable lines of a journal, for results and for people. Each line has lost the record of a run, perhaps of a
 * failing one, so every report on such a journal mentions them first.
 */

import { z } from 'zod';
import { openObject } from '../../ground/schemas.js';
import { count } from '../../text/count.js';
import { readRecords, type DamagedLine } from './journal.js';

/** At most so many are named; the rest are counted. */
const NAMED = 10;

export const JOURNAL_DAMAGE = openObject({
  /** How many lines cannot be read. */
  lines: z.int().min(1),
  /** The numbers of the first of them, from 1. */
  first: z.array(z.int().min(1)).min(1),
});

export type JournalDamage = z.infer<typeof JOURNAL_DAMAGE>;

/** Undefined where every line could be read. */
export function damageOf(damaged: readonly DamagedLine[]): JournalDamage | undefined {
  if (damaged.length === 0) return undefined;
  return { lines: damaged.length, first: damaged.slice(0, NAMED).map(({ line }) => line) };
}

/** The damage of the journal in this file; undefined if there is none. */
export function damageIn(file: string): JournalDamage | undefined {
  const damaged: DamagedLine[] = [];
  const records = readRecords(file, (line) => damaged.push(line));
  // The damage is complete only after the journal has been read to its end.
  while (records.next().done !== true);
  return damageOf(damaged);
}

/** One sentence each: what is lost, and what to do. */
export function describeJournalDamage({ lines, first }: JournalDamage): string[] {
  const more = lines - first.length;
  const named = `${first.length === 1 ? 'line' : 'lines'} ${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    `${count(lines, 'line')} of the journal cannot be read (${named}), so it is unknown how ${lines === 1 ? 'its run' : 'their runs'} ended.`,
    'Such runs count as not done until `pblab resume` has repeated them; do not publish points before you know what damaged the journal.',
  ];
}

/** Why the lines cannot be read, for the first of them. */
export function describeDamagedLines(damaged: readonly DamagedLine[]): string[] {
  const more = damaged.length - NAMED;
  return [
    ...damaged
      .slice(0, NAMED)
      .map(({ line, why }) => `journal line ${line} is ignored, because ${why}`),
    ...(more > 0 ? [`${count(more, 'more journal line')} ignored`] : []),
  ];
}
