/**
 * Words for one run, drawn by fast-check and played as the commands of its model-based testing. Each word
 * begins when all is well; of its letters those are played that make sense where the view service is by
 * then, and that were not played in that position before. So a run goes through as many positions and
 * letters as its time allows, and runs with other seeds go elsewhere.
 */

import * as fc from 'fast-check';
import { describeLetter, LETTERS, type Deed, type Letter } from './letters.js';
import { createPlayer, type Player, type World } from './player.js';
import { SHORT_WORDS, type Beginning } from './short-words.js';
import type { Table } from './table.js';

/** Rounds of words that are drawn for a run: more than it has time for. */
const ROUNDS = 8;

/** Letters that are drawn for a random word, and that are played of it: most make no sense where they stand. */
const DRAWN = 16;
const PLAYED = 4;

/** Ping intervals after which no further letter begins. */
const RUN_INTERVALS = 92;

/**
 * Ping intervals after which letters are played that may leave nobody with the data, one of these in a run:
 * after such a letter there may be no further view.
 */
const RISKY_INTERVALS = [0, 30, 60];

/** How often each deed is drawn, against the others. Silences are few, and most mistakes show in them. */
const WEIGHTS: Readonly<Record<Deed, number>> = { zero: 1, old: 1, told: 1, silence: 4, pause: 3 };

const WEIGHTED = LETTERS.flatMap((letter) =>
  Array.from({ length: WEIGHTS[letter.does] }, () => letter),
);

/** Where the short words of one round begin; after them comes a random one. */
const BEGINNINGS: readonly Beginning[] = ['new view', 'pair', 'new view', 'alone', 'nobody'];

const RANDOM_WORD = fc.array(fc.constantFrom(...WEIGHTED), { minLength: DRAWN, maxLength: DRAWN });

const ROUND = fc.record({
  /** Whether all servers live when a word begins, or only the members of the view and who lives anyway. */
  isFull: fc.boolean(),
  random: RANDOM_WORD,
});

const DRAWS = fc.record({
  riskyFrom: fc.constantFrom(...RISKY_INTERVALS),
  decks: fc.record({
    pair: shuffled(SHORT_WORDS.pair),
    'new view': shuffled(SHORT_WORDS['new view']),
    alone: shuffled(SHORT_WORDS.alone),
    nobody: shuffled(SHORT_WORDS.nobody),
  }),
  rounds: fc.array(ROUND, { minLength: ROUNDS, maxLength: ROUNDS }),
});

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}

/** What was played. */
export interface Walk {
  table: Table;
  /** Ping intervals after which risky letters are played. */
  riskyFrom: number;
  /** Position and letter of each one that was played, in order. */
  steps: string[];
  /** The same without repetitions. */
  known: Set<string>;
  /** Letters of this word that were played. */
  played: number;
  /** Ping intervals since the beginning. */
  elapsed: () => number;
}

type Command = fc.AsyncCommand<Walk, Player>;

/** Walks until the time is over; throws `Unmet` at the first answer that breaks a rule. */
export async function walk(world: World, table: Table, seed: number): Promise<Walk> {
  const startMs = world.now();
  const [draw] = fc.sample(DRAWS, { seed, numRuns: 1 });
  if (draw === undefined) throw new Error('fast-check has drawn nothing');
  const model: Walk = {
    table,
    riskyFrom: draw.riskyFrom,
    steps: [],
    known: new Set(),
    played: 0,
    elapsed: () => (world.now() - startMs) / world.pingIntervalMs,
  };
  const decks = new Map(
    Object.entries(draw.decks).map(([beginning, words]) => [beginning, [...words]]),
  );
  const commands = draw.rounds.flatMap(({ isFull, random }) => [
    ...BEGINNINGS.flatMap((beginning) => {
      const word = decks.get(beginning)?.pop() ?? [];
      return [recovery(isFull), ...word.map((letter) => commandOf(letter, 'always'))];
    }),
    recovery(!isFull),
    ...random.map((letter) => commandOf(letter, 'once')),
  ]);
  // The first word is a random one, because it begins where the view service begins.
  commands.unshift(
    asking(),
    ...(draw.rounds[0]?.random ?? []).map((letter) => commandOf(letter, 'once')),
  );
  await fc.asyncModelRun(() => ({ model, real: createPlayer(world, table) }), commands);
  return model;
}

/** Where a view has no primary there will never be another, and nothing more to see. */
function hasTime({ table, elapsed }: Readonly<Walk>): boolean {
  return elapsed() <= RUN_INTERVALS && !table.isOver();
}

/** Asks for the view before anybody has pinged. */
function asking(): Command {
  return { check: hasTime, run: (_, player) => player.ask(), toString: () => 'asking' };
}

/** Lets the servers live on with what they are told, until all is well. */
function recovery(isFull: boolean): Command {
  return {
    check: hasTime,
    async run(model, player) {
      model.played = 0;
      await player.recover(isFull);
    },
    toString: () => (isFull ? 'all recover' : 'the members recover'),
  };
}

/** A letter of a random word is played only where it was not yet, and only so many of a word. */
function commandOf(letter: Letter, times: 'once' | 'always'): Command {
  const stepIn = ({ table }: Readonly<Walk>) => `${table.position()} / ${describeLetter(letter)}`;
  return {
    check(model) {
      const { table, elapsed, riskyFrom, known, played } = model;
      if (!hasTime(model) || table.who(letter).length === 0) return false;
      if (elapsed() < riskyFrom && table.isRisky(letter)) return false;
      return times === 'always' || (played < PLAYED && !known.has(stepIn(model)));
    },
    async run(model, player) {
      const step = stepIn(model);
      model.steps.push(step);
      model.known.add(step);
      model.played += 1;
      await player.play(letter);
    },
    toString: () => describeLetter(letter),
  };
}
