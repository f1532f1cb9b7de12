/**
 * Words for one run, drawn by fast-check: short ones, a group after the other, and between them random ones.
 * The same seed draws the same words; how many of them are played is a matter of time.
 */

import * as fc from 'fast-check';
import { LETTERS, type Deed } from './letters.js';
import { SHORT_WORDS, type Group, type Word } from './short-words.js';

/** Rounds of words that are drawn for a run: more than it has time for. */
const ROUNDS = 8;

/** Letters that are drawn for a random word: most make no sense where they stand. */
const DRAWN = 16;

/** How often each deed is drawn, against the others. Silences are few, and most mistakes show in them. */
const WEIGHTS: Readonly<Record<Deed, number>> = { zero: 1, old: 1, told: 1, silence: 4, pause: 3 };

const WEIGHTED = LETTERS.flatMap((letter) =>
  Array.from({ length: WEIGHTS[letter.does] }, () => letter),
);

/** The groups of the short words of one round; after them comes a random one. */
const GROUPS: readonly Group[] = [
  'deaths',
  'single in a new view',
  'double',
  'of one that is alone',
  'double in a new view',
  'while all members are silent',
  'single',
  'beside a dead idle server',
];

/** Words that are about servers beside the members. */
const NEED_ALL: readonly Group[] = [
  'single in a new view',
  'double in a new view',
  'beside a dead idle server',
];

const RANDOM_WORD = fc.array(fc.constantFrom(...WEIGHTED), { minLength: DRAWN, maxLength: DRAWN });

const ROUND = fc.record({
  /** Whether all servers live when a word begins, or only the members of the view and who lives anyway. */
  isFull: fc.boolean(),
  random: RANDOM_WORD,
});

const DRAWS = fc.record({
  /** The group with which the rounds begin. */
  firstGroup: fc.nat({ max: GROUPS.length - 1 }),
  /** The words of each group, in the order in which they are played. */
  decks: fc.record({
    deaths: shuffled(SHORT_WORDS.deaths),
    single: shuffled(SHORT_WORDS.single),
    double: shuffled(SHORT_WORDS.double),
    'single in a new view': shuffled(SHORT_WORDS['single in a new view']),
    'double in a new view': shuffled(SHORT_WORDS['double in a new view']),
    'beside a dead idle server': shuffled(SHORT_WORDS['beside a dead idle server']),
    'of one that is alone': shuffled(SHORT_WORDS['of one that is alone']),
    'while all members are silent': shuffled(SHORT_WORDS['while all members are silent']),
  } satisfies Record<Group, fc.Arbitrary<Word[]>>),
  first: RANDOM_WORD,
  rounds: fc.array(ROUND, { minLength: ROUNDS, maxLength: ROUNDS }),
});

function shuffled(items: readonly Word[]): fc.Arbitrary<Word[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}

/** A word of a run. */
export interface DrawnWord {
  /** Whether all servers live when it begins, or only the members of the view and who lives anyway. */
  isFull: boolean;
  letters: Word;
  /** A random word is played only as far as it leads somewhere new. */
  isRandom: boolean;
}

/** The words that a seed draws; the first word begins where the view service begins. */
export function drawWords(seed: number): DrawnWord[] {
  const [draw] = fc.sample(DRAWS, { seed, numRuns: 1 });
  if (draw === undefined) throw new Error('fast-check has drawn nothing');
  const { firstGroup, decks, rounds, first } = draw;
  const groups = [...GROUPS.slice(firstGroup), ...GROUPS.slice(0, firstGroup)];
  const words = rounds.flatMap(({ isFull, random }): DrawnWord[] => [
    ...groups.map((group) => ({
      isFull: isFull || NEED_ALL.includes(group),
      letters: decks[group].pop() ?? [],
      isRandom: false,
    })),
    { isFull: !isFull, letters: random, isRandom: true },
  ]);
  return [{ isFull: true, letters: first, isRandom: true }, ...words];
}
