/**
 * What a register that is only put and read may be in at one moment, going by what has been called and has returned:
 * its value, which operations under way have taken effect, and how many puts that were never answered are left. Of
 * two situations with the same value, one may allow all that the other allows; only such are kept that none betters.
 */

/** A value that no read shows, or none any more. */
export const UNSEEN = -1;

/** Bits in one word of marks. */
const WORD_BITS = 32;

/** How many situations go by between two looks at the clock. */
const CLOCK_STRIDE = 256;

export interface Situation {
  /** What the register holds. */
  value: number;
  /**
   * For each slot of an operation under way the bits *good* and *free*, then for each value how many puts of it that
   * were never answered have not been used. More of anything is better. *Good*: the read has been explained, or the
   * put has not taken effect. *Free*: the put need not take effect any more; also set for reads and empty slots.
   */
  marks: number[];
}

/** The marks of situations with so many slots and values. */
export interface Marking {
  start(value: number): Situation;
  copy(from: Situation, value: number): Situation;
  isGood(situation: Situation, slot: number): boolean;
  isFree(situation: Situation, slot: number): boolean;
  setGood(situation: Situation, slot: number, good: boolean): void;
  setFree(situation: Situation, slot: number, free: boolean): void;
  /** Every put under way is free. */
  freeAll(situation: Situation): void;
  /** How many puts of the value that were never answered are left. */
  spare(situation: Situation, value: number): number;
  setSpare(situation: Situation, value: number, count: number): void;
  /** Without those that another one betters; undefined if it has become late on the way. */
  best(situations: readonly Situation[], isLate: () => boolean): Situation[] | undefined;
}

export function createMarking(slots: number, values: number): Marking {
  const words = Math.ceil(slots / WORD_BITS);
  const bits = 2 * words;
  const get = ({ marks }: Situation, base: number, slot: number) =>
    (((marks[base + (slot >>> 5)] ?? 0) >>> (slot & 31)) & 1) === 1;
  const set = ({ marks }: Situation, base: number, slot: number, on: boolean) => {
    const at = base + (slot >>> 5);
    const bit = 1 << (slot & 31);
    marks[at] = on ? (marks[at] ?? 0) | bit : (marks[at] ?? 0) & ~bit;
  };
  /** Whether `b` allows all that `a` allows; they hold the same value. */
  const isBettered = ({ marks: a }: Situation, { marks: b }: Situation) => {
    for (let at = 0; at < bits; at += 1) if (((a[at] ?? 0) & ~(b[at] ?? 0)) !== 0) return false;
    for (let at = bits; at < a.length; at += 1) if ((a[at] ?? 0) > (b[at] ?? 0)) return false;
    return true;
  };
  const start = (value: number): Situation => {
    const marks = Array.from({ length: bits + values }, () => 0);
    return { value, marks: marks.fill(-1, words, bits) };
  };
  return {
    start,
    copy: (from, value) => ({ value, marks: from.marks.slice() }),
    isGood: (situation, slot) => get(situation, 0, slot),
    isFree: (situation, slot) => get(situation, words, slot),
    setGood: (situation, slot, good) => set(situation, 0, slot, good),
    setFree: (situation, slot, free) => set(situation, words, slot, free),
    freeAll: ({ marks }) => void marks.fill(-1, words, bits),
    spare: ({ marks }, value) => marks[bits + value] ?? 0,
    setSpare: ({ marks }, value, count) => void (marks[bits + value] = count),
    best: (situations, isLate) => {
      const kept = new Map<number, Situation[]>();
      // A situation that betters another one has more marks, so it comes first.
      for (const [at, situation] of inOrderOfMarks(situations, bits).entries()) {
        if (at % CLOCK_STRIDE === CLOCK_STRIDE - 1 && isLate()) return undefined;
        const rivals = kept.get(situation.value);
        if (rivals === undefined) kept.set(situation.value, [situation]);
        else if (!rivals.some((rival) => isBettered(situation, rival))) rivals.push(situation);
      }
      return [...kept.values()].flat();
    },
  };
}

/** Those with most marks first. */
function inOrderOfMarks(situations: readonly Situation[], bits: number): Situation[] {
  return situations
    .map((situation) => ({ situation, count: countMarks(situation, bits) }))
    .toSorted((a, b) => b.count - a.count)
    .map(({ situation }) => situation);
}

function countMarks({ marks }: Situation, bits: number): number {
  let sum = 0;
  for (let at = 0; at < marks.length; at += 1) {
    const mark = marks[at] ?? 0;
    sum += at < bits ? countBits(mark) : mark;
  }
  return sum;
}

/** Bits that are set in a word, counted in parallel (Warren, Hacker's Delight, 5-1). */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
