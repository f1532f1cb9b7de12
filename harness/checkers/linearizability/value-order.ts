/**
 * Judges a key by what its reads tell, without a search: which write each read has seen follows from
 * the values, that makes blocks, and the blocks can be put in order or they cannot. Where values were
 * written more than once it guesses, and learns from contradictions until it has an account that holds
 * or knows that there is none. With unique values that cannot be put together in two ways there is nothing
 * to guess, and the first look decides.
 */

import type { Operation } from '../../history/operation.js';
import { buildBlocks } from './blocks.js';
import { findCircles } from './circles.js';
import { createLedger, type Guess, type Lesson } from './ledger.js';
import { traceLineages, type Conflict } from './lineages.js';
import { openReadings, wayOf, type Readings } from './possible-reads.js';
import { indexSources, type Sources } from './sources.js';
import { spanOfRead, type PosedWrite, type Span } from './span.js';
import type { Turn } from './touching-operations.js';
import type { Answers } from './unanswered.js';
import { growTree } from './value-tree.js';
import { findClashes } from './zones.js';

export type Account =
  | { answer: 'linearizable' }
  /** Each of these sets of operations contradicts itself; there is one at least. */
  | { answer: 'contradiction'; conflicts: Operation[][] }
  /** This way of judging cannot tell, though these sets of operations may contradict themselves. */
  | { answer: 'open'; suspects: Operation[][] };

/** Most conflicts looked into at once; the earliest tell most. */
const MAX_CONFLICTS = 32;

/** Most writes of one value; with more, guessing is not better than searching. */
const MAX_ALTERNATIVES = 40;

/** Most operations looked at in all rounds of guessing together. */
const MAX_LOOKED_AT = 1_000_000;

const LINEARIZABLE: Account = { answer: 'linearizable' };
const OPEN: Account = { answer: 'open', suspects: [] };

/**
 * `hashes` are the answers that unanswered puthashes of the whole key may have had, `turns` those among these reads
 * and writes.
 */
export function accountFor(
  reads: readonly Operation[],
  writes: readonly PosedWrite[],
  hashes: Answers,
  turns: readonly Turn[],
): Account {
  const sources = indexSources(writes, hashes.found);
  const tree = growTree(sources.origins, sources.appended.keys());
  if (tree === undefined || sources.alternatives > MAX_ALTERNATIVES) return OPEN;
  const ledger = createLedger();
  const readings = openReadings(reads.map(spanOfRead), tree, sources, ledger);
  const refuse = (conflicts: Operation[][]): Account =>
    hashes.complete
      ? { answer: 'contradiction', conflicts }
      : { answer: 'open', suspects: conflicts };
  const size = reads.length + writes.length;
  for (let lookedAt = 0; lookedAt <= MAX_LOOKED_AT; lookedAt += size) {
    const conflicts = findConflicts(readings, sources, turns);
    if (conflicts.length === 0) return LINEARIZABLE;
    if (ledger.size === 0)
      return refuse(earliest(conflicts).map(({ operations }) => [...operations]));
    const lessons = earliest(conflicts).map((conflict) => lessonOf(conflict, readings));
    const certain = lessons.filter(({ answers }) => answers.size === 0);
    if (certain.length > 0) return refuse(certain.map(({ because }) => [...because]));
    const learned = ledger.learn(lessons);
    if (learned.state === 'refuted') return refuse([[...learned.because]]);
    if (learned.state === 'exhausted') return OPEN;
  }
  return OPEN;
}

function findConflicts(
  readings: Readings,
  { writes }: Sources,
  turns: readonly Turn[],
): Conflict[] {
  const { lineages, conflicts } = traceLineages(readings);
  const blocks = buildBlocks(lineages, readings, writes, conflicts);
  conflicts.push(...findClashes(blocks));
  return conflicts.length > 0 ? conflicts : findCircles(blocks, turns);
}

function earliest(conflicts: readonly Conflict[]): Conflict[] {
  return conflicts
    .map((conflict) => ({ conflict, atMs: lastCallMs(conflict) }))
    .toSorted((a, b) => a.atMs - b.atMs)
    .slice(0, MAX_CONFLICTS)
    .map(({ conflict }) => conflict);
}

function lastCallMs({ operations }: Conflict): number {
  return operations.reduce((latest, { callMs }) => Math.max(latest, callMs), 0);
}

/** The conflict with the guesses it rests on. */
function lessonOf({ operations, shared }: Conflict, readings: Readings): Lesson {
  const because = new Set(operations);
  const answers = new Map<Guess, number>();
  const rest = (guess: Guess | undefined) => {
    if (guess !== undefined) answers.set(guess, guess.chosen);
  };
  const matters = ({ operation }: Span) =>
    operation !== undefined && (operation === shared || because.has(operation));
  const involved = new Set(operations.flatMap((operation) => readings.of(operation) ?? []));
  // It grows on the way, by the puthashes that come before.
  for (const reading of involved) {
    rest(reading.guess);
    const { source, stage } = wayOf(reading) ?? {};
    if (source === undefined) continue;
    for (let at = stage; at?.before !== undefined; at = at.before) {
      // Which append it was matters only for those whose times count.
      const choice = readings.choice(source, at);
      if (choice.guess !== undefined && choice.appends.some(matters)) rest(choice.guess);
    }
    if (source.before !== undefined) involved.add(readings.ofHash(source));
  }
  return { answers, because };
}
