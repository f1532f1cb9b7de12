/** Who may be a member of a view at all, whatever the view before was. */

import { describeView } from '../../history/describe.js';
import type { Sighting, ViewBook } from './book.js';
import { describeWitness, type Contradiction } from './contradiction.js';

export function foundInMembers(book: ViewBook): Contradiction[] {
  return [...book.first.values()].flatMap(
    (sighting) => inBothPlaces(sighting) ?? stranger(sighting, book) ?? [],
  );
}

function inBothPlaces(sighting: Sighting): Contradiction | undefined {
  const { primary, backup } = sighting.view;
  if (primary === '' || primary !== backup) return undefined;
  return {
    rule: 'view-members',
    symptom: 'one-server-in-both-places',
    says: `${describeWitness(sighting)} ${describeView(sighting.view)}, but one server cannot be its own backup.`,
    events: [sighting],
  };
}

/** A server that is named before the view service was given any ping of it. */
function stranger(sighting: Sighting, book: ViewBook): Contradiction | undefined {
  const { primary, backup } = sighting.view;
  if (!book.seesPings) return undefined;
  for (const server of [primary, backup].filter((name) => name !== '')) {
    const ping = book.firstPing(server);
    if (ping !== undefined && ping.atMs <= sighting.atMs) continue;
    return {
      rule: 'view-members',
      symptom: 'member-never-pinged',
      says: `${describeWitness(sighting)} ${describeView(sighting.view)}, but ${server} had not pinged yet.`,
      events: [sighting],
    };
  }
  return undefined;
}
