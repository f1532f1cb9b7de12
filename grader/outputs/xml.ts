/** Text for XML 1.0: what it forbids is taken out, since writers of XML let it through. */

/** Not even as a reference may these stand in a document: controls, halves of pairs, and the two that are no characters. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

export function xmlText(text: string): string {
  return text.replaceAll(FORBIDDEN, '\uFFFD');
}
