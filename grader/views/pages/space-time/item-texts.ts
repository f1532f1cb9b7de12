/** The texts of selectable items of a diagram: harmless, and none too long. */

import { describeMs } from '../../../../harness/index.js';
import { sanitizeLine } from '../../../text/sanitize.js';

export const LABEL_LENGTH = 30;
export const METHOD_LENGTH = 18;
const DETAIL_LENGTH = 600;
const TITLE_LENGTH = 160;

export type Details = (readonly [string, string])[];

export function time(ms: number): string {
  return describeMs(ms);
}

export function title(text: string): string {
  return sanitizeLine(text, TITLE_LENGTH);
}

export function details(pairs: Details): Details {
  return pairs.map(([name, text]) => [name, sanitizeLine(text, DETAIL_LENGTH)] as const);
}

/** A short value in quotes. */
export function quote(value = ''): string {
  return JSON.stringify(sanitizeLine(value, METHOD_LENGTH));
}
