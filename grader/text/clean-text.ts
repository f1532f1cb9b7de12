/**
 * Text that is harmless on a terminal and in a file, as a type of its own: only the functions of `sanitize.ts` make
 * it, so that a view that asks for it never gets raw text of a submission, a roster or a compiler.
 */

declare const CLEAN: unique symbol;

/** Without escape sequences, control characters and marks of direction; line feeds and tabs may be in it. */
export type CleanText = string & { readonly [CLEAN]: true };

/** A model whose texts are all clean. Words of a fixed vocabulary stay what they are. */
export type Clean<T> = T extends string
  ? string extends T
    ? CleanText
    : T
  : T extends object
    ? { [Key in keyof T]: Clean<T[Key]> }
    : T;

/** How long a text may be that is shown, in UTF-16 units. */
export const LENGTHS = {
  /** A name in a row of others. */
  cell: 60,
  /** A name that stands alone. */
  name: 100,
  sentence: 300,
  paragraph: 1000,
  block: 2000,
} as const;
