/**
 * The writes about which reads disagree. Two reads that no order explains together say that something is
 * wrong; the calls of the write that one of them has and the other has not, or has elsewhere, say where.
 */

import { commonLength } from '../../ground/common-length.js';
import type { History, Operation } from '../../history/operation.js';

/** Ids of the writes that stand where the values of two reads of a key, one after the other, part. */
export function writesAtOdds(reads: History, history: History): Set<number> {
  const found = new Set<number>();
  for (const [index, read] of reads.entries()) {
    const next = reads.slice(index + 1).find(({ key }) => key === read.key);
    if (next === undefined || read.value === next.value) continue;
    const writes = history.filter(({ op, key }) => op !== 'get' && key === read.key);
    for (const write of writes) if (standsAtParting(write, read, next)) found.add(write.id);
  }
  return found;
}

function standsAtParting({ value: written = '' }: Operation, one: Operation, other: Operation) {
  const [a = '', b = ''] = [one.value, other.value];
  const parting = commonLength(a, b);
  return [a, b].some((text) => {
    const start = text.indexOf(written);
    return start >= 0 && start <= parting && parting < start + written.length;
  });
}
