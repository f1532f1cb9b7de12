/**
 * All short words that matter, in groups by how they begin. Which words of a group a run plays, and in which
 * order, is for its seed to say.
 */

import type { Deed, Letter, Person } from './letters.js';

export type Word = readonly Letter[];

const AT_ONCE = { quick: true };
const AGAIN = { again: true };

/** The events that members of a view may meet. */
const STRIKES: readonly Letter[] = (['primary', 'backup'] as const).flatMap((who) => [
  letter(who, 'zero'),
  letter(who, 'zero', AGAIN),
  letter(who, 'silence'),
]);

const MEMBERS = [
  { who: 'primary', other: 'backup' },
  { who: 'backup', other: 'primary' },
] as const;

/** Two things that happen at once: to one member, to both in either order, or while another server joins. */
const DOUBLE_STRIKES: readonly Word[] = MEMBERS.flatMap(({ who, other }) => {
  const [zero, silence] = [letter(who, 'zero', AT_ONCE), letter(who, 'silence', AT_ONCE)];
  return [
    [zero, letter(who, 'told')],
    [zero, letter(who, 'zero')],
    [zero, letter(other, 'zero')],
    [zero, letter(other, 'silence')],
    [silence, letter(other, 'zero')],
    [silence, letter(other, 'zero', AGAIN)],
    [silence, letter(other, 'silence')],
    [zero, letter('stranger', 'zero')],
    [silence, letter('stranger', 'zero')],
  ];
});

const SINGLE_STRIKES: readonly Word[] = STRIKES.map((strike) => [strike]);

/** A primary goes on with an old number while the view changes; the new primary acknowledges at last. */
const NEW_VIEWS: readonly Word[] = [
  [letter('primary', 'old', AT_ONCE), letter('backup', 'zero')],
  [letter('backup', 'old', AT_ONCE), letter('primary', 'zero')],
];

/** Who may come while the members are gone. */
const COMERS: readonly Letter[] = [
  letter('primary', 'told'),
  letter('backup', 'zero'),
  letter('backup', 'zero', AGAIN),
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
