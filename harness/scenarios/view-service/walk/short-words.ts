/**
 * All short words that matter, in groups by how they begin. Which words of a group a run plays, and in which
 * order, is for its seed to say; some twenty runs play nearly all.
 */

import type { Deed, Letter, Person } from './letters.js';

export type Word = readonly Letter[];

const AT_ONCE = { quick: true };
const AGAIN = { again: true };

/** What may befall the members of a view. */
const STRIKES: readonly Letter[] = (['primary', 'backup'] as const).flatMap((who) => [
  letter(who, 'zero'),
  letter(who, 'zero', AGAIN),
  letter(who, 'silence'),
]);

/** What they may do otherwise, and what may follow a strike. */
const MOVES: readonly Letter[] = [
  ...STRIKES,
  letter('primary', 'told'),
  letter('backup', 'told'),
  letter('stranger', 'zero'),
];

/** Two moves, of which the second follows at once. */
const DOUBLE_STRIKES: readonly Word[] = STRIKES.flatMap((one) =>
  MOVES.map((other) => [{ ...one, ...AT_ONCE }, other]),
);

const SINGLE_STRIKES: readonly Word[] = STRIKES.map((strike) => [strike]);

/** A primary goes on with an old number while the view changes; the new primary acknowledges at last. */
const NEW_VIEWS: readonly Word[] = [
  [letter('primary', 'old', AT_ONCE), letter('backup', 'zero')],
  [letter('backup', 'old', AT_ONCE), letter('primary', 'zero')],
];

/** Who may come while the members are gone. */
const COMERS: readonly Letter[] = [
  letter('primary', 'zero'),
  letter('primary', 'told'),
  letter('backup', 'zero'),
  letter('backup', 'zero', AGAIN),
  letter('backup', 'told'),
  letter('idle', 'zero', AGAIN),
];

const LOST_ALONE = letter('primary', 'zero', AGAIN);
const BACK_WITH_NOTHING = letter('silent', 'zero', AGAIN);
const BACK = letter('silent', 'told');

export const SHORT_WORDS = {
  deaths: [[letter('primary', 'silence')], [letter('backup', 'silence')]],
  single: [
    ...SINGLE_STRIKES,
    [letter('primary', 'pause')],
    [letter('backup', 'pause')],
    [letter('primary', 'old'), letter('backup', 'old')],
  ],
  double: DOUBLE_STRIKES,
  'single in a new view': inNewView(SINGLE_STRIKES),
  'double in a new view': inNewView(DOUBLE_STRIKES),
  'beside a dead idle server': SINGLE_STRIKES.map((strikes) => [
    letter('idle', 'silence'),
    ...strikes,
  ]),
  'of one that is alone': [
    [LOST_ALONE, BACK_WITH_NOTHING],
    [LOST_ALONE, BACK],
    [letter('primary', 'zero'), BACK_WITH_NOTHING],
    [letter('primary', 'silence'), BACK],
    [BACK_WITH_NOTHING],
  ].map((word) => [letter('others', 'silence'), ...word]),
  'while all members are silent': COMERS.map((comer) => [letter('both members', 'silence'), comer]),
} as const satisfies Readonly<Record<string, readonly Word[]>>;

export type Group = keyof typeof SHORT_WORDS;

function letter(
  who: Person,
  does: Deed,
  { again = false, quick = false }: { again?: boolean; quick?: boolean } = {},
): Letter {
  return { who, does, again, quick };
}

function inNewView(words: readonly Word[]): Word[] {
  return NEW_VIEWS.flatMap((beginning) =>
    words.map((word) => [...beginning, ...word, letter('primary', 'told')]),
  );
}
