/** Text for XML 1.0; xmlbuilder2 lets through characters that the format forbids. */

/** Characters that XML forbids even as references: controls, halves of pairs, and two code points that are not characters. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * The builder writes `&name;` unchanged, as a reference; here it is always text. It leaves `&amp;` unchanged.
 */
export function xmlText(text: string): string {
  return text.replaceAll(FORBIDDEN, '\uFFFD').replaceAll('&', '&amp;');
}
