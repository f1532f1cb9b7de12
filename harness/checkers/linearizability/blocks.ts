/**
 * Lineages that follow each other without a gap, taken as one: a block. Its operations stand in a row,
 * by what was read: a write, the reads of its value, the next write. No other write may come between
 * the first and the last of them, so blocks are put in order as wholes. A write that no read shows is a
 * block by itself: it fits anywhere between the others.
 */

import type { Operation } from '../../history/operation.js';
import { clash, depthOf, type Conflict, type Lineage } from './lineages.js';
import { appendOf, proofOf, type Reading, type Readings } from './possible-reads.js';
import type { Source } from './sources.js';
import { isRequired, type Span } from './span.js';
import type { Stage } from './value-tree.js';

/** An operation in the row of its block. */
export interface Place {
  span: Span;
  /** Grows with each write. */
  rank: number;
  /** Absent for a write. */
  reading: Reading | undefined;
}

export interface Block {
  /** Its operation that returned first, and its operation that was called last. */
  firstReturn: Place;
  lastCall: Place;
  /** In the order of ranks. */
  row: readonly Place[];
}

/** Most conflicts reported for one row; an operation in the wrong place may clash with all others. */
const MAX_TOLD = 32;

/** All blocks. Contradictions within a block are added to the conflicts. */
export function buildBlocks(
  lineages: readonly Lineage[],
  readings: Readings,
  writes: readonly Span[],
  conflicts: Conflict[],
): Block[] {
  const shown = createClaims(conflicts);
  const bySource = new Map(lineages.map((lineage) => [lineage.source, lineage]));
  const blocks: Block[] = [];
  const passed = new Set<Lineage>();
  for (const lineage of lineages) {
    if (lineage.source.before !== undefined) continue;
    const row = chain(lineage, bySource);
    row.forEach((part) => passed.add(part));
    blocks.push(standInRow(placesOf(row, readings, shown), conflicts));
  }
  // Puthashes that follow each other in a circle follow no beginning; nor do those whose beginning is
  // in conflict.
  const circle = lineages.filter((lineage) => !passed.has(lineage));
  if (conflicts.length === 0 && circle.length > 0) conflicts.push(clashOfAll(circle));
  for (const span of writes) if (isRequired(span) && !shown.has(span)) blocks.push(alone(span));
  return blocks;
}

function clashOfAll(circle: readonly Lineage[]): Conflict {
  const readings = circle.flatMap(({ gets, end }) => (end === undefined ? gets : [...gets, end]));
  return { operations: readings.flatMap(proofOf) };
}

/** A read that proves that two operations stand in the block in this order, if there is one. */
export function proofOfOrder(block: Block, a: Place, b: Place): Operation[] {
  const own = [a, b].flatMap(proofOfPlace);
  const rank = Math.max(a.rank, b.rank);
  if ([a, b].some((place) => place.reading !== undefined && place.rank === rank)) return own;
  const witness = block.row.find((place) => place.reading !== undefined && place.rank >= rank);
  return witness === undefined ? own : [...own, ...proofOfPlace(witness)];
}

function proofOfPlace({ span, reading }: Place): Operation[] {
  if (reading !== undefined) return proofOf(reading);
  return span.operation === undefined ? [] : [span.operation];
}

function chain(first: Lineage, bySource: ReadonlyMap<Source, Lineage>): Lineage[] {
  const row: Lineage[] = [];
  let next: Lineage | undefined = first;
  while (next !== undefined) {
    row.push(next);
    const { becomes }: Partial<Reading> = next.end ?? {};
    next = becomes && bySource.get(becomes);
  }
  return row;
}

function placesOf(row: readonly Lineage[], readings: Readings, shown: Claims): Place[] {
  const places: Place[] = [];
  let rank = -1;
  for (const { source, stages, gets, end } of row) {
    let at = 0;
    for (let depth = 0; depth === 0 || depth < stages.length; depth += 1) {
      const span = leadingTo(source, stages[depth], readings);
      rank += 1;
      shown.claim(span, gets[at] ?? end);
      places.push({ span, rank, reading: undefined });
      for (let get = gets[at]; get !== undefined && depthOf(get) === depth; get = gets[(at += 1)]) {
        places.push({ span: get.span, rank, reading: get });
      }
    }
    if (end !== undefined) places.push({ span: end.span, rank, reading: end });
  }
  return places;
}

/** The write that made the value of a stage; without a stage, the source. */
function leadingTo(source: Source, stage: Stage | undefined, readings: Readings): Span {
  return stage?.before === undefined ? source.write : appendOf(readings.choice(source, stage));
}

/** Goes along the row and looks whether each operation can come after those before it. */
function standInRow(row: readonly Place[], conflicts: Conflict[]): Block {
  const [first] = row;
  if (first === undefined) throw new Error('blocks: a row of nothing');
  const block = { firstReturn: first, lastCall: first, row };
  let before = first;
  let told = 0;
  for (const place of row) {
    // Reads of the same value may come in any order, but after its write.
    if (place.reading === undefined) before = block.lastCall;
    if (place.span.return < before.span.call && told < MAX_TOLD) {
      told += 1;
      conflicts.push({ operations: proofOfOrder(block, before, place) });
    }
    if (place.span.return < block.firstReturn.span.return) block.firstReturn = place;
    if (place.span.call > block.lastCall.span.call) block.lastCall = place;
    if (place.reading === undefined) before = block.lastCall;
  }
  return block;
}

function alone(span: Span): Block {
  const place = { span, rank: 0, reading: undefined };
  return { firstReturn: place, lastCall: place, row: [place] };
}

interface Claims {
  /** The write is what led to the value that the reading shows; it can have led to one only. */
  claim(write: Span, by: Reading | undefined): void;
  has(write: Span): boolean;
}

function createClaims(conflicts: Conflict[]): Claims {
  const claims = new Map<Span, Reading | undefined>();
  return {
    claim(write, by) {
      if (claims.has(write)) {
        conflicts.push({ ...clash(claims.get(write), by), shared: write.operation });
      } else claims.set(write, by);
    },
    has: (write) => claims.has(write),
  };
}
