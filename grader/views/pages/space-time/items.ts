/** Turns operations, calls and events of a run into selectable items of its diagram, each with its details. */

import type {
  Evidence,
  FaultEvent,
  TimelineEvent,
  Told,
  TracedCall,
} from '../../../../harness/index.js';
import type { FailedDial } from '../../../campaign/evidence/kept-evidence.js';
import { callItem } from './call-item.js';
import { dialItem, eventItem } from './event-item.js';
import { operationItem } from './operation-item.js';
import type { Item } from './scene.js';

/** Cuts that came so close to each other are one, in ms. */
const ONE_CUT_MS = 5;

/** The items, in order of time, and to which of them belongs what was made into them. */
export function createItems(
  { operations, events, calls = [] }: Evidence,
  { contradicting, dials }: { contradicting: readonly number[]; dials: readonly FailedDial[] },
): { items: Item[]; itemOf: ReadonlyMap<Told, number> } {
  const itemOf = new Map<Told, number>();
  const items: Item[] = [];
  const add = (item: Item, abouts: readonly Told[]) => {
    items.push(item);
    for (const about of abouts) itemOf.set(about, item.id);
  };
  for (const one of operations) add(operationItem(items.length, one, contradicting), [one]);
  for (const call of calls) add(callItem(items.length, call), [call]);
  const isNews = (event: TimelineEvent) =>
    event.kind !== 'fault' || !calls.some((call) => isOfCall(event, call));
  for (const group of groupCuts(events.filter(isNews))) {
    const item = eventItem(items.length, group);
    if (item !== undefined) add(item, group);
  }
  for (const dial of dials) add(dialItem(items.length, dial), []);
  return { items, itemOf };
}

function isOfCall({ from, to, fault, call = 0 }: FaultEvent, told: TracedCall): boolean {
  const { number, again } = told;
  const isLink = told.from === from && told.to === to;
  return isLink && told.fault === fault && number <= call && call <= (again?.lastNumber ?? number);
}

/** Links that one and the same server is cut off at, together; everything else by itself. */
function groupCuts(events: readonly TimelineEvent[]): TimelineEvent[][] {
  const groups: TimelineEvent[][] = [];
  for (const event of events) {
    const group = groups.find(([first]) => first !== undefined && isOneCut(first, event));
    if (group === undefined) groups.push([event]);
    else group.push(event);
  }
  return groups;
}

function isOneCut(a: TimelineEvent, b: TimelineEvent): boolean {
  return (
    a.kind === 'fault' &&
    b.kind === 'fault' &&
    a.call === undefined &&
    b.call === undefined &&
    a.fault === b.fault &&
    (a.to === b.to || a.from === b.from) &&
    Math.abs(a.atMs - b.atMs) <= ONE_CUT_MS
  );
}
