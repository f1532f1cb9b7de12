/**
 * Guesses, and what was learned from those that went wrong. Where a value was written twice it is
 * open which write a read has seen. Then one is taken as true; a contradiction that rests on such
 * guesses is noted down as a lesson, and the guesses are changed until all lessons hold. If all
 * answers to a guess are ruled out by lessons, what those rest on besides rules itself out, which is
 * a lesson about earlier guesses (dynamic backtracking, Ginsberg 1993). It ends, because each lesson
 * rules out a combination that was not ruled out before.
 */

import type { Operation } from '../../history/operation.js';

/** A question with several answers, known by number, the likeliest first. */
export interface Guess {
  answers: number;
  chosen: number;
  /** In the order in which guesses were opened. */
  place: number;
  /** Lessons in which no guess has a higher place. */
  lessons: Lesson[];
}

/** These answers cannot all be right, because these operations contradict each other if they are. */
export interface Lesson {
  answers: Map<Guess, number>;
  because: Set<Operation>;
}

export interface Ledger {
  /** How many guesses were opened. */
  readonly size: number;
  guess(answers: number): Guess;
  /** Changes guesses so that the lessons hold, and all before. Each is about one guess at least. */
  learn(lessons: readonly Lesson[]): Learned;
}

type Learned =
  | { state: 'guessed' }
  /** No guesses are left, because these operations contradict each other whatever is guessed. */
  | { state: 'refuted'; because: Set<Operation> }
  /** It has turned more pages than it may. */
  | { state: 'exhausted' };

/** Most lessons looked at, in all. */
const MAX_LOOKED_AT = 200_000;

export function createLedger(): Ledger {
  const guesses: Guess[] = [];
  let lookedAt = 0;
  return {
    get size() {
      return guesses.length;
    },
    guess(answers) {
      const opened = { answers, chosen: 0, place: guesses.length, lessons: [] };
      guesses.push(opened);
      return opened;
    },
    learn(lessons) {
      let place = guesses.length;
      for (const lesson of lessons) place = Math.min(place, note(lesson).place);
      for (let guess = guesses[place]; guess !== undefined; guess = guesses[place]) {
        lookedAt += guess.lessons.length;
        if (lookedAt > MAX_LOOKED_AT) return { state: 'exhausted' };
        const ruledOut = settle(guess);
        place += 1;
        if (ruledOut === undefined) continue;
        if (ruledOut.answers.size === 0) return { state: 'refuted', because: ruledOut.because };
        ({ place } = note(ruledOut));
      }
      return { state: 'guessed' };
    },
  };
}

/** Puts the lesson where it applies, and returns that guess. */
function note(lesson: Lesson): Guess {
  const [first, ...rest] = lesson.answers.keys();
  if (first === undefined) throw new Error('ledger: a lesson about no guess');
  const last = rest.reduce((late, guess) => (guess.place > late.place ? guess : late), first);
  last.lessons.push(lesson);
  return last;
}

/** Takes an answer that no lesson rules out, given the guesses before; or returns why there is none. */
function settle(guess: Guess): Lesson | undefined {
  const against: Lesson[] = [];
  for (let turn = 0; turn < guess.answers; turn += 1) {
    const answer = (guess.chosen + turn) % guess.answers;
    const lesson = guess.lessons.find(({ answers }) => rulesOut(answers, guess, answer));
    if (lesson === undefined) {
      guess.chosen = answer;
      return undefined;
    }
    against.push(lesson);
  }
  return combine(against, guess);
}

function rulesOut(answers: Map<Guess, number>, guess: Guess, answer: number): boolean {
  for (const [other, ruledOut] of answers) {
    if ((other === guess ? answer : other.chosen) !== ruledOut) return false;
  }
  return true;
}

function combine(lessons: readonly Lesson[], guess: Guess): Lesson {
  const answers = new Map(lessons.flatMap((lesson) => [...lesson.answers]));
  answers.delete(guess);
  return { answers, because: new Set(lessons.flatMap(({ because }) => [...because])) };
}
