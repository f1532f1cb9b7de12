/**
 * The likely mistake of a submission: a guess from its failures, for people who look for the mistake. It changes no
 * points. Nothing is guessed unless the failures are clear, since a wrong guess costs more time than none.
 */

import { readMutantPatterns, type MutantPatterns } from '../../measured/mutant-patterns.js';
import { count } from '../../text/count.js';
import { MISTAKES } from './mistakes/registry.js';
import { rankMistakes, type RankedMistake, type Seen } from './rank-mistakes.js';

/** Mistakes are shown if one of them is at least this probable: less was right too rarely when it was measured. */
const SURE_ENOUGH = 0.8;

/** A mistake that explains a smaller share of the failures is one of many, and is not shown. */
const EXPLAINED_AT_LEAST = 0.25;

/** Mistakes that are shown. */
const SHOWN = 2;

/** Scenarios that a sentence names. */
const NAMED = 4;

/** The mistakes that the failures look like. All texts are full sentences. */
export interface LikelyMistakes {
  /** One or two, the likeliest first. */
  mistakes: readonly LikelyMistake[];
  /** How often such guesses were right. */
  howSure: string;
}

export interface LikelyMistake {
  says: string;
  lookAt: string;
  /** Which failures the mistake would explain. */
  explains: string;
}

/**
 * The guess from what `seen` shows; pass only scenarios that the reader may know of. Undefined where nothing failed, or
 * where the failures do not tell.
 */
export function guessMistakes(
  seen: readonly Seen[],
  patterns: MutantPatterns | undefined = readMutantPatterns(),
): LikelyMistakes | undefined {
  const failed = seen.filter((one) => one.failed > 0).length;
  if (patterns === undefined || failed === 0) return undefined;
  const clear = clearest(rankMistakes(seen, patterns));
  if (clear.length === 0) return undefined;
  const { right, said } = patterns.guesses;
  return {
    mistakes: clear.map((one) => ({
      says: MISTAKES[one.id].says,
      lookAt: MISTAKES[one.id].lookAt,
      explains: describeExplained(one, failed),
    })),
    howSure: `This is a guess from which scenarios failed and how. ${right} of ${said} such guesses were right for programs with a known mistake.`,
  };
}

/** The first of them, as few as are probable enough together; none if that takes more than are shown. */
export function clearest(ranked: readonly RankedMistake[]): RankedMistake[] {
  let probability = 0;
  const first = ranked.slice(0, SHOWN).filter((one) => {
    const isEnough = probability >= SURE_ENOUGH;
    probability += one.probability;
    return !isEnough;
  });
  const isClear =
    probability >= SURE_ENOUGH && first.every(({ share }) => share >= EXPLAINED_AT_LEAST);
  return isClear ? first : [];
}

function describeExplained({ explained }: RankedMistake, failed: number): string {
  const named = explained.slice(0, NAMED).join(', ');
  const others = explained.length - NAMED;
  const more = others > 0 ? ` and ${others} more` : '';
  if (failed === 1) return `It would explain the failure of ${named}.`;
  return `It would explain ${explained.length} of ${count(failed, 'failing scenario')}: ${named}${more}.`;
}
