/**
 * How wide a text is on a terminal, in columns: names may be in any script. Letters of East Asia and emoji take
 * two, marks that combine with the letter before them take none (Unicode Standard Annexes #11 and #29).
 */

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Texts of which every character takes one column. */
const PLAIN = /^[\u0020-\u007E\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2500-\u257F]*$/;

/** What a grapheme begins with that takes two columns. */
const WIDE = new RegExp(
  [
    String.raw`\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Bopomofo}|\p{Script=Yi}`,
    String.raw`\p{Emoji_Presentation}|\p{Emoji}\uFE0F`,
    '[\u2E80-\u303E\u3200-\u33FF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]',
  ].join('|'),
  'u',
);

/** Narrow although their script is wide. */
const HALF_WIDTH = /^[\uFF61-\uFFDC]/;

/** What is seen, and takes a place of its own. */
const LETTER = /[^\p{Mn}\p{Me}\p{Cf}\p{Cc}]/gu;

/** Of a text of one line without escape sequences. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return graphemes(text).reduce((sum, one) => sum + widthOf(one), 0);
}

/** The longest beginning that fits into so many columns; graphemes stay whole. */
export function fitting(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let columns = 0;
  let end = 0;
  for (const one of graphemes(text)) {
    columns += widthOf(one);
    if (columns > width) break;
    end += one.length;
  }
  return text.slice(0, end);
}

/** At most so many columns wide; a cut shows as `…`. */
export function shortened(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${fitting(text, width - 1)}…`;
}

function graphemes(text: string): string[] {
  return [...GRAPHEMES.segment(text)].map(({ segment }) => segment);
}

function widthOf(grapheme: string): number {
  if (WIDE.test(grapheme) && !HALF_WIDTH.test(grapheme)) return 2;
  // Some scripts have graphemes of several letters beside each other.
  return grapheme.match(LETTER)?.length ?? 0;
}
