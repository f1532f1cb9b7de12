/** Names like failures in plain words. */

import { symptomWords } from '../../../harness/index.js';
import type { NonEmpty } from '../../ground/group-by.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { circumstanceOf } from './circumstances.js';
import type { Failure } from './failure.js';
import { unanimous } from '../../ground/unanimous.js';

const TITLE_LENGTH = 160;

/** The most frequent one comes first. Where there are no words for its symptom, its signature stands. */
export function titleOf(alike: Readonly<NonEmpty<Failure>>): string {
  const [{ parts, signature }] = alike;
  const words = symptomWords(parts.rule, parts.symptom);
  if (words === undefined) return sanitizeLine(signature, TITLE_LENGTH);
  const operation = unanimous(alike.map((one) => one.parts.operation)) ?? 'operation';
  const exit = unanimous(alike.map((one) => one.parts.exit));
  const when = circumstanceOf(
    alike.map(({ scenario }) => scenario),
    alike.map((one) => one.parts.after),
  );
  const title = [
    words.title.replace('{operation}', operation),
    ...(exit === undefined ? [] : [`(${exit})`]),
    ...(when === undefined ? [] : [when]),
  ];
  return sanitizeLine(title.join(' '), TITLE_LENGTH);
}
