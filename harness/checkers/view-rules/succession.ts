/** How one view may follow another: acknowledged first, with a primary that was a member, no number left out. */

import { describeView } from '../../history/describe.js';
import type { Sighting, ViewBook } from './book.js';
import { describeWitness, type Contradiction } from './contradiction.js';

export function foundInSuccession(book: ViewBook): Contradiction[] {
  return [...book.first.values()]
    .filter(({ view }) => view.viewnum > 1)
    .flatMap((next) => {
      const before = book.first.get(next.view.viewnum - 1);
      if (before === undefined) return skipped(next, book) ?? [];
      return (
        promotedIdle(before, next, book) ??
        leftLeaderless(before, next) ??
        leftUnacknowledged(before, next, book) ??
        []
      );
    });
}

function promotedIdle(before: Sighting, next: Sighting, book: ViewBook): Contradiction | undefined {
  const { primary } = next.view;
  if (primary === '' || primary === before.view.primary || primary === before.view.backup) {
    return undefined;
  }
  return {
    rule: 'view-promotion',
    symptom: 'idle-server-promoted',
    says: `${describeWitness(next)} ${describeView(next.view)}, but ${primary} was not a member of ${describeView(before.view)}, and ${describeData(primary, before, book)}.`,
    events: [before, next],
  };
}

/** The data of a view that a server which was not its member can have. */
function describeData(server: string, { view }: Sighting, book: ViewBook): string {
  const earlier = [...book.first.values()]
    .map((sighting) => sighting.view)
    .filter(({ viewnum }) => viewnum < view.viewnum)
    .filter(({ primary, backup }) => primary === server || backup === server)
    .at(-1);
  return earlier === undefined
    ? 'was never in a view before and so received no data'
    : `was last in view ${earlier.viewnum} and has none of the later writes`;
}

function leftLeaderless(before: Sighting, next: Sighting): Contradiction | undefined {
  if (before.view.primary !== '' || next.view.primary === '') return undefined;
  return {
    rule: 'view-acknowledged',
    symptom: 'view-left-unacknowledged',
    says: `${describeWitness(next)} ${describeView(next.view)}, but view ${before.view.viewnum} had no primary that could have acknowledged it.`,
    events: [before, next],
  };
}

function leftUnacknowledged(
  before: Sighting,
  next: Sighting,
  book: ViewBook,
): Contradiction | undefined {
  const { viewnum, primary } = before.view;
  if (!book.seesPings || primary === '') return undefined;
  const acknowledgement = book.firstPing(primary, viewnum);
  if (acknowledgement !== undefined && acknowledgement.atMs <= next.atMs) return undefined;
  const lastPing = book.lastPing(primary, next.atMs);
  return {
    rule: 'view-acknowledged',
    symptom: 'view-left-unacknowledged',
    says: `${describeWitness(next)} ${describeView(next.view)}, but ${primary}, the primary of view ${viewnum}, had not pinged with ${viewnum} yet.`,
    events: [before, lastPing, next].filter((event) => event !== undefined),
  };
}

/** If no process saw a view, its primary did not know it either, so the view was not acknowledged. */
function skipped(next: Sighting, book: ViewBook): Contradiction | undefined {
  const { viewnum, primary } = next.view;
  if (!book.seesPings || primary === '') return undefined;
  const ping = book.firstPingWith(viewnum - 1);
  if (ping !== undefined && ping.atMs <= next.atMs) return undefined;
  const last = [...book.first.values()].findLast(
    ({ view, atMs }) => view.viewnum < viewnum && atMs <= next.atMs,
  );
  return {
    rule: 'view-numbers',
    symptom: 'view-number-skipped',
    says: `${describeWitness(next)} ${describeView(next.view)}, but no server had pinged with ${viewnum - 1}, so view ${viewnum - 1} cannot have been acknowledged.`,
    events: last === undefined ? [next] : [last, next],
  };
}
