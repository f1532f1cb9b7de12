/**
 * Readings taken together by source. From a put to the next the register grows by appends only, so
 * the values read in between are beginnings of one another: a lineage. A puthash ends one lineage and
 * begins another, with nothing in between.
 */

import type { Operation } from '../../history/operation.js';
import { proofOf, wayOf, type Reading, type Readings } from './possible-reads.js';
import type { Source } from './sources.js';
import type { Stage } from './value-tree.js';

export interface Lineage {
  source: Source;
  /** From the origin to the longest value read, one append a stage. */
  stages: readonly Stage[];
  /** The values that gets saw, from the shortest to the longest. */
  gets: readonly Reading[];
  /** The puthash that ended it. */
  end: Reading | undefined;
}

/** Operations that contradict each other, as long as the guesses that were made about them hold. */
export interface Conflict {
  operations: readonly Operation[];
  /** A write that is taken to have led to two values: guesses about it count, too. */
  shared?: Operation | undefined;
}

/** All lineages that readings tell of, and what speaks against them. */
export function traceLineages(readings: Readings): { lineages: Lineage[]; conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];
  const groups = new Map<Source, Reading[]>();
  const made = new Set(readings.required);
  // It grows on the way: what was read may be the work of a puthash, which then has read as well.
  for (const reading of made) {
    const way = wayOf(reading);
    if (way === undefined) {
      conflicts.push(clash(reading));
      continue;
    }
    groupOf(way.source, groups).push(reading);
    if (way.source.before === undefined) continue;
    const hash = readings.ofHash(way.source);
    if (!made.has(hash)) hash.shownBy = reading;
    made.add(hash);
  }
  for (const { becomes } of made) if (becomes !== undefined) groupOf(becomes, groups);
  const lineages = [...groups].map(([source, group]) => asLineage(source, group, conflicts));
  return { lineages, conflicts };
}

function groupOf(source: Source, groups: Map<Source, Reading[]>): Reading[] {
  const group = groups.get(source) ?? [];
  groups.set(source, group);
  return group;
}

function asLineage(source: Source, group: Reading[], conflicts: Conflict[]): Lineage {
  if (group.length > 1) {
    group.sort((a, b) => depthOf(a) - depthOf(b) || a.span.return - b.span.return);
  }
  const top = group.at(-1);
  const stages = stagesTo(top && wayOf(top)?.stage);
  const gets: Reading[] = [];
  let end: Reading | undefined;
  for (const reading of group) {
    if (stages[depthOf(reading)] !== wayOf(reading)?.stage) conflicts.push(clash(reading, top));
    else if (reading.becomes === undefined) gets.push(reading);
    else {
      if (end !== undefined) conflicts.push(clash(end, reading));
      end = reading;
    }
  }
  if (end !== undefined && depthOf(end) < stages.length - 1) {
    conflicts.push(clash(end, top));
    // It does not end what goes on after it: nothing may be concluded from its place.
    end = undefined;
  }
  return { source, stages, gets, end };
}

function stagesTo(top: Stage | undefined): Stage[] {
  const stages: Stage[] = [];
  for (let stage = top; stage !== undefined; stage = stage.before) stages.push(stage);
  return stages.toReversed();
}

/** How many appends the value is away from its origin. */
export function depthOf(reading: Reading): number {
  return wayOf(reading)?.stage.depth ?? 0;
}

/** Readings that cannot all have been made. */
export function clash(...readings: (Reading | undefined)[]): Conflict {
  const proof = readings.flatMap((reading) => (reading === undefined ? [] : proofOf(reading)));
  return { operations: [...new Set(proof)] };
}
