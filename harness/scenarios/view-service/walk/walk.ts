/**
 * One run of words, played as the commands of fast-check's model-based testing. Each word but the first begins
 * when all is well, as far as that can be had; of its letters those are played that make sense where the view
 * service is by then.
 */

import * as fc from 'fast-check';
import { drawWords } from './drawn-words.js';
import { describeLetter, type Letter } from './letters.js';
import { createPlayer, type Player, type World } from './player.js';
import type { Table } from './table.js';

/** Ping intervals after which no further letter begins. */
const RUN_INTERVALS = 100;

/** Letters that are played of a random word. */
const PLAYED = 4;

/** The words that were played. */
export interface Walk {
  table: Table;
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
  const model: Walk = {
    table,
    steps: [],
    known: new Set(),
    played: 0,
    elapsed: () => (world.now() - startMs) / world.pingIntervalMs,
  };
  const commands = drawWords(seed).flatMap(({ isFull, letters, isRandom }, n) => [
    n === 0 ? asking() : recovery(isFull),
    ...letters.map((letter) => commandOf(letter, isRandom)),
  ]);
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
function commandOf(letter: Letter, isRandom: boolean): Command {
  const stepIn = ({ table }: Readonly<Walk>) => `${table.position()} / ${describeLetter(letter)}`;
  return {
    check(model) {
      const { table, known, played } = model;
      if (!hasTime(model) || table.who(letter).length === 0) return false;
      return !isRandom || (played < PLAYED && !known.has(stepIn(model)));
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
