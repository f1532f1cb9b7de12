/** Numbers of views: view 0 has no members, every other number stands for one view, and numbers never go back. */

import { describeView } from '../../history/describe.js';
import type { ToldEvent } from '../../history/timeline.js';
import { isSameView } from '../../history/view-lane.js';
import type { ViewBook } from './book.js';
import { describeWitness, type Contradiction } from './contradiction.js';

export function foundInNumbers(book: ViewBook): Contradiction[] {
  return [membersOfViewZero(book), reusedNumber(book), wentBack(book)].flatMap((one) => one ?? []);
}

function membersOfViewZero({ sightings }: ViewBook): Contradiction | undefined {
  const found = sightings.find(
    ({ view }) => view.viewnum === 0 && (view.primary !== '' || view.backup !== ''),
  );
  return (
    found && {
      rule: 'view-first',
      symptom: 'members-of-view-zero',
      says: `${describeWitness(found)} ${describeView(found.view)}, but number 0 means that there is no view yet.`,
      events: [found],
    }
  );
}

function reusedNumber({ sightings, first }: ViewBook): Contradiction | undefined {
  for (const sighting of sightings) {
    const before = first.get(sighting.view.viewnum);
    if (before === undefined || isSameView(before.view, sighting.view)) continue;
    return {
      rule: 'view-numbers',
      symptom: 'view-number-reused',
      says: `${describeWitness(sighting)} ${describeView(sighting.view)}, but before that the same number stood for ${describeView(before.view)}.`,
      events: [before, sighting],
    };
  }
  return undefined;
}

/** A process was told an older number than by a call that had ended before it asked. */
function wentBack({ sightings }: ViewBook): Contradiction | undefined {
  /** For each process, the views with a higher number than all views that it had been told before. */
  const climbs = new Map<string, ToldEvent[]>();
  for (const event of sightings) {
    if (event.kind !== 'told') continue;
    const climb = climbs.get(event.process) ?? [];
    climbs.set(event.process, climb);
    // Only calls that overlap with this one are passed over, so this looks at few.
    const known = climb.findLast(({ atMs }) => atMs < event.askedMs);
    if (known !== undefined && known.view.viewnum > event.view.viewnum)
      return stepBack(known, event);
    const highest = climb.at(-1)?.view.viewnum ?? -1;
    if (event.view.viewnum > highest) climb.push(event);
  }
  return undefined;
}

function stepBack(known: ToldEvent, event: ToldEvent): Contradiction {
  return {
    rule: 'view-numbers',
    symptom: 'view-went-back',
    says: `${event.process} was told ${describeView(event.view)}, although it had been told view ${known.view.viewnum} before it asked.`,
    events: [known, event],
  };
}
