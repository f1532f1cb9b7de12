/** The titles of columns, compared as people read them: without case, accents, blanks and punctuation. */

/** `E-Mail-Adresse` and `e-mail adresse` are one word. */
export function plainWord(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
