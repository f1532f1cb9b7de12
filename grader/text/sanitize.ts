/**
 * Makes text from a submission harmless for a terminal or a file: names, messages and output may contain anything.
 * Each target, such as HTML or CSV, escapes the result itself.
 */

import type { Clean, CleanText } from './clean-text.js';

const ESCAPE = String.fromCodePoint(0x1b);
const BELL = String.fromCodePoint(0x07);
const CSI = String.fromCodePoint(0x9b);
const STRING_END = String.fromCodePoint(0x9c);
const NUL = String.fromCodePoint(0);
const REPLACEMENT = '\uFFFD';
const ELLIPSIS = '…';

/** Escape sequences of ECMA-48: commands to the terminal, with their parameters. */
const ESCAPE_SEQUENCES = new RegExp(
  [
    // Titles, links and other strings, up to their end.
    `${ESCAPE}[\\]PX^_][^${BELL}${ESCAPE}${STRING_END}]*(?:${BELL}|${ESCAPE}\\\\|${STRING_END})`,
    // Colours, cursor movements and the like.
    `(?:${ESCAPE}\\[|${CSI})[0-?]*[ -/]*[@-~]`,
    // Everything shorter.
    `${ESCAPE}[ -/]*[0-~]`,
  ].join('|'),
  'g',
);

/** Half of a surrogate pair, which no valid UTF-8 holds. */
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Control characters but for line feed and tab. */
const CONTROLS = /(?![\n\t])\p{Cc}/gu;

/** Unicode's own ends of lines and paragraphs. Some readers end a line at them and others do not. */
const SEPARATORS = /[\u2028\u2029]/g;

/** Changes of the writing direction, which make a line read as something else than it is. */
const DIRECTION_MARKS = /\p{Bidi_Control}/gu;

/** Nearly all texts have only these characters, which need no replacement. */
const PLAIN = /^[ -~]*$/;

/** And stand on one line already. */
const PLAIN_LINE = /^[!-~]+(?: [!-~]+)*$/;

/**
 * The text without escape sequences and control characters, line feeds and tabs excepted, NUL and
 * invalid characters shown as U+FFFD; U+2028 and U+2029 become line feeds. At most `maxLength` UTF-16 units long; a cut shows as `…`.
 */
export function sanitize(text: string, maxLength: number): CleanText {
  if (PLAIN.test(text)) return cut(text, maxLength);
  const harmless = text
    .replaceAll(NUL, REPLACEMENT)
    .replaceAll(LONE_SURROGATES, REPLACEMENT)
    .replaceAll(ESCAPE_SEQUENCES, '')
    .replaceAll(CONTROLS, '')
    .replaceAll(SEPARATORS, '\n')
    .replaceAll(DIRECTION_MARKS, '');
  return cut(harmless, maxLength);
}

/** As `sanitize`, on one line: every run of white space becomes one blank. */
export function sanitizeLine(text: string, maxLength: number): CleanText {
  if (PLAIN_LINE.test(text)) return cut(text, maxLength);
  return cut(onOneLine(sanitize(text, Infinity)), maxLength);
}

/** As `sanitize`, on one line, but blanks stay, so that the times of events stand below each other. */
export function sanitizeEvent(text: string, maxLength: number): CleanText {
  return cut(sanitize(text, Infinity).replaceAll(/[\n\t]/g, ' '), maxLength);
}

/** The model with every text in it made clean, in keys as well; parts without such a text stay the same objects. */
export function cleaned<T>(model: T): Clean<T>;
export function cleaned(model: unknown): unknown {
  if (typeof model === 'string') return sanitize(model, Infinity);
  if (Array.isArray(model)) return cleanedItems(model);
  return isPlainObject(model) ? cleanedFields(model) : model;
}

/** Clean text on one line, of at most this length. */
export function shorten(text: CleanText, maxLength: number): CleanText {
  return PLAIN_LINE.test(text) ? cut(text, maxLength) : cut(onOneLine(text), maxLength);
}

/** Clean text on as many lines as it has, of at most this length. */
export function shortenBlock(text: CleanText, maxLength: number): CleanText {
  return cut(text, maxLength);
}

/** Clean texts in a row; what stands between them is the kit's own. */
export function joined(texts: readonly CleanText[], separator: string): CleanText {
  return cut(texts.join(separator), Infinity);
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function cleanedItems(items: readonly unknown[]): readonly unknown[] {
  const harmless = items.map((one) => cleaned(one));
  return harmless.every((one, index) => one === items[index]) ? items : harmless;
}

function cleanedFields(fields: object): object {
  const entries = Object.entries(fields);
  const harmless = entries.map(([key, value]) => [cleaned(key), cleaned<unknown>(value)] as const);
  const isSame = ([key, value]: readonly [string, unknown], index: number) =>
    key === entries[index]?.[0] && value === entries[index]?.[1];
  return harmless.every(isSame) ? fields : Object.fromEntries(harmless);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The only place that calls a text clean; it must have been made so. */
function cut(text: string, maxLength: number): CleanText;
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  if (maxLength < 1) return '';
  // A surrogate pair that the cut would halve goes as a whole.
  return text.slice(0, maxLength - 1).replace(/\p{Surrogate}$/u, '') + ELLIPSIS;
}
