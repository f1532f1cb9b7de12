/** Two values that should not differ, cut down to where they do: the model of a comparison on a student's page. */

import {
  commonLength,
  valuesAtIssue,
  type FailFinding,
  type Operation,
} from '../../../../harness/index.js';
import { count } from '../../../text/count.js';
import { LENGTHS, type CleanText } from '../../../text/clean-text.js';
import { sanitizeLine } from '../../../text/sanitize.js';

/** How much of what both have in common is shown on either side of the difference, in characters. */
const AROUND = 24;

/** How much of the difference is shown, in characters. */
const DIFFERENCE = 80;

export interface ValuesApart {
  /** Where they differ, as a sentence. */
  says: string;
  rows: readonly ValueRow[];
}

export interface ValueRow {
  whose: CleanText;
  /** What both have before the difference, what only this one has, and what both have after it. */
  before: CleanText;
  own: CleanText;
  after: CleanText;
}

export function valuesApart(
  finding: FailFinding,
  history: readonly Operation[],
): ValuesApart | undefined {
  const pair = valuesAtIssue(finding, history);
  if (pair === undefined) return undefined;
  const [one, other] = pair.map(({ value }) => Array.from(value));
  if (one === undefined || other === undefined) return undefined;
  const start = commonLength(one, other);
  const end = commonLength(one.slice(start).toReversed(), other.slice(start).toReversed());
  return {
    says:
      start === 0
        ? 'The two values differ from the beginning:'
        : `The two values differ after ${count(start, 'character')}:`,
    rows: pair.map(({ whose }, index) => rowOf(whose, index === 0 ? one : other, start, end)),
  };
}

function rowOf(whose: string, value: readonly string[], start: number, end: number): ValueRow {
  const until = value.length - end;
  const own = value.slice(start, until);
  const left = own.length - DIFFERENCE;
  const rest = left > 0 ? `… (${count(left, 'more character')})` : '';
  return {
    whose: sanitizeLine(whose, LENGTHS.sentence),
    before: shown(
      (start > AROUND ? '…' : '') + value.slice(Math.max(0, start - AROUND), start).join(''),
    ),
    own: shown(own.slice(0, DIFFERENCE).join('') + rest),
    after: shown(value.slice(until, until + AROUND).join('') + (end > AROUND ? '…' : '')),
  };
}

/** As in quotes, so that white space and control characters can be seen. */
function shown(text: string): CleanText {
  return sanitizeLine(JSON.stringify(text).slice(1, -1), LENGTHS.paragraph);
}
