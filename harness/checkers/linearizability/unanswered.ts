/**
 * What puthashes that were never answered can have written, told from the values that were seen. Such
 * a puthash has followed some value, and only the one that makes a value that was seen matters.
 * Several may have followed each other without a read in between.
 */

import { putHashOf } from '../../../reference/protocol.js';
import type { Operation } from '../../history/operation.js';
import { resultOf, seenBy } from './seen-writes.js';

/** A puthash that may have followed one value and made another. */
export interface Answer {
  operation: Operation;
  before: string;
  after: string;
}

export interface Answers {
  found: readonly Answer[];
  /** Whether these are all there can be. */
  complete: boolean;
}

export const NO_ANSWERS: Answers = { found: [], complete: true };

/** Puthashes that followed each other from a known value on, through values that were never seen. */
interface Path {
  value: string;
  answers: readonly Answer[];
}

/** Most hashes that are tried. */
const MAX_TRIED = 200_000;

export function findAnswers(reads: readonly Operation[], writes: readonly Operation[]): Answers {
  const unanswered = writes.filter(
    ({ op, returned }) => op === 'puthash' && returned === undefined,
  );
  if (unanswered.length === 0) return NO_ANSWERS;
  const seen = new Set([...reads, ...writes].flatMap((operation) => seenBy(operation) ?? []));
  const made = writes.flatMap(
    (write) => (write.op === 'put' ? write.value : resultOf(write)) ?? [],
  );
  const known = new Set(['', ...seen, ...made]);
  const found = new Map<string, Answer>();
  let tried = 0;
  let paths: Path[] = Array.from(known, (value) => ({ value, answers: [] }));
  while (paths.length > 0) {
    tried += paths.length * unanswered.length;
    if (tried > MAX_TRIED) return { found: [...found.values()], complete: false };
    const longer = paths.flatMap((path) => goOn(path, unanswered));
    for (const { value, answers } of longer) if (seen.has(value)) note(answers, found);
    // From a known value on all paths have been begun already.
    paths = longer.filter(({ value }) => !known.has(value));
  }
  // A puthash may follow an append without a read in between.
  const complete = !writes.some(({ op }) => op === 'append');
  return { found: [...found.values()], complete };
}

function goOn({ value, answers }: Path, unanswered: readonly Operation[]): Path[] {
  const taken = new Set(answers.map(({ operation }) => operation));
  return unanswered
    .filter((operation) => !taken.has(operation))
    .map((operation) => {
      const after = putHashOf(value, operation.value ?? '');
      return { value: after, answers: [...answers, { operation, before: value, after }] };
    });
}

function note(answers: readonly Answer[], found: Map<string, Answer>): void {
  for (const answer of answers) found.set(`${answer.operation.id} ${answer.before}`, answer);
}
