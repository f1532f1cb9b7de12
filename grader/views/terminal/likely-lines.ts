/** The likely mistakes of a submission, for a terminal. */

import type { LikelyMistakes } from '../../results/likely-mistakes/guess-mistake.js';
import type { Clean } from '../../text/clean-text.js';
import { textOf } from './terminal-layout.js';
import { wrap } from './wrap.js';

const INDENT = '  ';

/** The width without a terminal, and the maximum with one. */
const MAX_WIDTH = 100;

/** A heading and sentences below it, with an empty line after them; empty without a guess. */
export function renderLikely(likely: Clean<LikelyMistakes> | undefined, width = MAX_WIDTH): string {
  if (likely === undefined) return '';
  const { mistakes, howSure } = likely;
  const columns = Math.min(MAX_WIDTH, width);
  const wrapped = (text: string, indent: string) => wrap(`${indent}${text}`, columns, indent);
  const [one, ...others] = mistakes.map(({ says, lookAt, explains }) => [
    ...wrapped(says, INDENT),
    ...[lookAt, explains].flatMap((text) => wrapped(text, INDENT.repeat(2))),
  ]);
  const heading = others.length === 0 ? 'Likely mistake:' : 'Likely mistake, one of these:';
  return textOf([heading, ...(one ?? []), ...others.flat(), ...wrapped(howSure, INDENT), '']);
}
