/**
 * Whether blocks can be put in an order that keeps to the times of their operations. A block must come
 * before another if one of its operations returned before one of the other's was called: if its first
 * return is before the other's last call. No order exists exactly if two blocks must each come before
 * the other. (Gibbons & Korach 1997; a longer circle holds one of two: the block in it that returned
 * first comes before all others, and one of them comes before it.) Between its first return and its
 * last call a block is under way whatever happens: such zones must not meet, and none may hold
 * another block whole.
 */

import { proofOfOrder, type Block } from './blocks.js';
import type { Conflict } from './lineages.js';

/** Most clashes that are reported; a block in the wrong place may clash with all others. */
const MAX_CLASHES = 32;

/** The earliest of the pairs of blocks that must each come before the other. */
export function findClashes(blocks: readonly Block[]): Conflict[] {
  const pairs: [Block, Block][] = [];
  const clash = (a: Block | undefined, b: Block) => {
    if (a !== undefined && startOf(b) < endOf(a)) pairs.push([a, b]);
  };
  const zones = blocks.filter(isZone).toSorted((a, b) => startOf(a) - startOf(b));
  /** Up to each zone, the one that reaches furthest. */
  const reach: Block[] = [];
  for (const zone of zones) {
    const before = reach.at(-1);
    clash(before, zone);
    reach.push(before === undefined || endOf(zone) > endOf(before) ? zone : before);
  }
  for (const block of blocks) {
    if (!isZone(block)) clash(reach[countBefore(zones, endOf(block)) - 1], block);
  }
  return pairs
    .toSorted((a, b) => clashTime(a) - clashTime(b))
    .slice(0, MAX_CLASHES)
    .map(proofOfClash);
}

function proofOfClash(pair: readonly Block[]): Conflict {
  const proof = pair.flatMap((block) => proofOfOrder(block, block.firstReturn, block.lastCall));
  return { operations: [...new Set(proof)] };
}

/** When both of them have been seen to come after the other. */
function clashTime([a, b]: [Block, Block]): number {
  return Math.max(endOf(a), endOf(b));
}

function isZone(block: Block): boolean {
  return startOf(block) < endOf(block);
}

function startOf({ firstReturn }: Block): number {
  return firstReturn.span.return;
}

function endOf({ lastCall }: Block): number {
  return lastCall.span.call;
}

/** How many zones, in the order of their starts, start before a time. */
function countBefore(zones: readonly Block[], time: number): number {
  let from = 0;
  let to = zones.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const zone = zones[middle];
    if (zone !== undefined && startOf(zone) < time) from = middle + 1;
    else to = middle;
  }
  return from;
}
