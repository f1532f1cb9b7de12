/**
 * Whether blocks can be put in order if, besides their times, clients say which of their operations came first
 * (`touching-operations.ts`). By times alone two blocks are the reason if they cannot (`zones.ts`); with turns it may take more of
 * them, each of which must come before the next, and the last before the first.
 */

import type { Operation } from '../../history/operation.js';
import { proofOfOrder, type Block, type Place } from './blocks.js';
import type { Conflict } from './lineages.js';
import type { Turn } from './touching-operations.js';

/** Most conflicts within blocks that are reported. */
const MAX_TOLD = 32;

/** One block must come before another, because of an operation in each. */
interface Link {
  from: Block;
  exit: Place;
  to: Block;
  entry: Place;
}

/** The contradictions to an order of these blocks, no two of which clash by their times. */
export function findCircles(blocks: readonly Block[], turns: readonly Turn[]): Conflict[] {
  if (turns.length === 0) return [];
  const { links, conflicts } = linkBlocks(blocks, turns);
  if (conflicts.length > 0 || links.length === 0) return conflicts;
  const circle = findCircle(blocks, links);
  return circle === undefined ? [] : [proofOfCircle(circle)];
}

/** Turns between blocks, and the conflicts that turns within a block make. */
function linkBlocks(blocks: readonly Block[], turns: readonly Turn[]) {
  const places = new Map<Operation | undefined, { block: Block; place: Place }>();
  for (const block of blocks) {
    for (const place of block.row) places.set(place.span.operation, { block, place });
  }
  const links: Link[] = [];
  const conflicts: Conflict[] = [];
  for (const [before, after] of turns) {
    const [exit, entry] = [places.get(before), places.get(after)];
    // A write that may be left out and that no read shows is not needed.
    if (exit === undefined || entry === undefined) continue;
    if (exit.block !== entry.block) {
      links.push({ from: exit.block, exit: exit.place, to: entry.block, entry: entry.place });
    } else if (standsBefore(entry.place, exit.place) && conflicts.length < MAX_TOLD) {
      conflicts.push({ operations: unique(proofOfOrder(exit.block, exit.place, entry.place)) });
    }
  }
  return { links, conflicts };
}

/** Whether the row has `a` before `b`; reads of one value may stand in any order. */
function standsBefore(a: Place, b: Place): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.reading === undefined);
}

/** Takes away blocks that may come next until none is left; if some must wait for each other, why. */
function findCircle(blocks: readonly Block[], links: readonly Link[]): Link[] | undefined {
  const left = new Set(blocks);
  const waiting = new Map<Block, number>();
  const onward = new Map<Block, Block[]>();
  for (const { from, to } of links) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1);
    const after = onward.get(from);
    if (after === undefined) onward.set(from, [to]);
    else after.push(to);
  }
  const inTime = new Set<Block>();
  const next: Block[] = [];
  const admit = (block: Block) => {
    if (inTime.has(block)) return;
    inTime.add(block);
    if ((waiting.get(block) ?? 0) === 0) next.push(block);
  };
  const leaders = createLeaders(blocks, left);
  const byEnd = blocks.toSorted((a, b) => compare(endOf(a), endOf(b)));
  let reached = 0;
  while (left.size > 0) {
    const [first, second] = leaders();
    for (let block = byEnd[reached]; block !== undefined; block = byEnd[(reached += 1)]) {
      if (first !== undefined && endOf(block) > startOf(first)) break;
      admit(block);
    }
    if (first !== undefined && (second === undefined || endOf(first) <= startOf(second))) {
      admit(first);
    }
    const block = next.pop();
    if (block === undefined) return walkBack(left, links, leaders());
    left.delete(block);
    for (const after of onward.get(block) ?? []) {
      const count = (waiting.get(after) ?? 0) - 1;
      waiting.set(after, count);
      if (count === 0 && inTime.has(after)) next.push(after);
    }
  }
  return undefined;
}

type Leaders = readonly [first: Block | undefined, second: Block | undefined];

/** The two blocks that returned first among those that are left. */
function createLeaders(blocks: readonly Block[], left: ReadonlySet<Block>): () => Leaders {
  const byStart = blocks.toSorted((a, b) => compare(startOf(a), startOf(b)));
  let first = 0;
  let second = 1;
  const skip = (from: number) => {
    let at = from;
    for (let block = byStart[at]; block !== undefined && !left.has(block); block = byStart[at]) {
      at += 1;
    }
    return at;
  };
  return () => {
    first = skip(first);
    second = skip(Math.max(second, first + 1));
    return [byStart[first], byStart[second]];
  };
}

/** Each block that is left waits for another one: from any of them back until one comes again. */
function walkBack(
  left: ReadonlySet<Block>,
  links: readonly Link[],
  [first, second]: Leaders,
): Link[] {
  const into = new Map<Block, Link>();
  for (const link of links) if (left.has(link.from) && left.has(link.to)) into.set(link.to, link);
  const byTime = (to: Block): Link | undefined => {
    const from = to === first ? second : first;
    return from && { from, exit: from.firstReturn, to, entry: to.lastCall };
  };
  const path: Link[] = [];
  const passed = new Map<Block, number>();
  let [block] = left;
  while (block !== undefined && !passed.has(block)) {
    passed.set(block, path.length);
    const link: Link | undefined = into.get(block) ?? byTime(block);
    if (link === undefined) break;
    path.push(link);
    block = link.from;
  }
  return path.slice(block && passed.get(block));
}

/** `circle` goes back in time: each link leads to where the one before it came from. */
function proofOfCircle(circle: readonly Link[]): Conflict {
  const proof = circle.flatMap((link, at) => {
    const later = at === 0 ? circle.at(-1) : circle[at - 1];
    return later === undefined ? [] : proofOfOrder(link.to, link.entry, later.exit);
  });
  return { operations: unique(proof) };
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}

function startOf({ firstReturn }: Block): number {
  return firstReturn.span.return;
}

function endOf({ lastCall }: Block): number {
  return lastCall.span.call;
}

/** Infinity equals itself here. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
