/** Text for XML 1.0, as it is to be given to xmlbuilder2, which lets through what the format forbids. */

/** Not even as a reference may these stand in a document: controls, halves of pairs, and the two that are no characters. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * The builder takes `&name;` for a reference that is meant, and writes it as it is: here it never is meant. It does
 * leave `&amp;` as that is.
 */
export function xmlText(text: string): string {
  return text.replaceAll(FORBIDDEN, '\uFFFD').replaceAll('&', '&amp;');
}
