/**
 * All short words that matter, by the position in which they begin. Which of them a run plays, and in which
 * order, is for its seed to say; twenty runs or so play nearly all.
 */

import type { Deed, Letter, Person } from './letters.js';

export type Word = readonly Letter[];

/** Where a word begins: primary and backup know their view; their view is new to the primary; it is alone; both are silent. */
export type Beginning = 'pair' | 'new view' | 'alone' | 'nobody';

const AT_ONCE = { quick: true };
const AGAIN = { again: true };

/** What may befall the members of a view. */
const STRIKES: Word = [
  letter('primary', 'zero'),
  letter('primary', 'zero', AGAIN),
  letter('primary', 'silence'),
  letter('primary', 'told'),
  letter('backup', 'zero'),
  letter('backup', 'zero', AGAIN),
  letter('backup', 'silence'),
  letter('backup', 'told'),
];

/** What may befall idle servers before. */
const IDLE: Word = [
  letter('idle', 'silence'),
  letter('idle', 'zero', AGAIN),
  letter('stranger', 'zero'),
];

/** Who may come while the members are gone. */
const COMERS: Word = [
  letter('primary', 'zero'),
  letter('primary', 'told'),
  letter('backup', 'zero'),
  letter('backup', 'zero', AGAIN),
  letter('backup', 'told'),
  letter('idle', 'zero', AGAIN),
  letter('silent', 'zero', AGAIN),
  letter('stranger', 'zero'),
];

export const SHORT_WORDS: Readonly<Record<Beginning, readonly Word[]>> = {
  pair: [
    ...STRIKES.map((strike) => [strike]),
    ...pairs(STRIKES, STRIKES),
    ...IDLE.flatMap((first) => STRIKES.map((strike) => [first, strike])),
    [letter('primary', 'pause')],
    [letter('backup', 'pause')],
    [letter('primary', 'old'), letter('backup', 'old')],
  ],
  // The primary goes on with an old number while the view changes, and acknowledges the new one at last.
  'new view': [...STRIKES.map((strike) => [strike]), ...pairs(STRIKES, STRIKES)].map((strikes) => [
    letter('primary', 'old', AT_ONCE),
    letter('backup', 'zero'),
    ...strikes,
    letter('primary', 'told'),
  ]),
  alone: [
    letter('primary', 'zero', AGAIN),
    letter('primary', 'zero'),
    letter('primary', 'silence'),
    letter('primary', 'old'),
  ].flatMap((strike) =>
    [letter('silent', 'zero'), letter('silent', 'told')].map((comer) => [
      letter('others', 'silence'),
      strike,
      comer,
    ]),
  ),
  nobody: COMERS.map((comer) => [letter('both members', 'silence'), comer]),
};

function letter(
  who: Person,
  does: Deed,
  { again = false, quick = false }: { again?: boolean; quick?: boolean } = {},
): Letter {
  return { who, does, again, quick };
}

/** All words of two letters, of which the second follows at once. */
function pairs(first: Word, second: Word): Word[] {
  return first.flatMap((one) => second.map((other) => [{ ...one, ...AT_ONCE }, other]));
}
