/** The items of a scene in the order of time. */

import type { Item } from './scene.js';

/** When the first thing happens that belongs to the item, in ms. */
export function momentOf(item: Item): number {
  switch (item.kind) {
    case 'operation':
      return item.fromMs;
    case 'call':
      return item.startMs;
    case 'event':
      return item.atMs;
  }
}

export function itemsInOrder(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => momentOf(a) - momentOf(b));
}
