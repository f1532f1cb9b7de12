/** Text as a submission may make it: any characters, and often those that some readers take for the end of a line. */

import * as fc from 'fast-check';

export const SEPARATORS = {
  'a line separator': '\u2028',
  'a paragraph separator': '\u2029',
  'a next line': '\u0085',
  'a carriage return': '\r',
  'a carriage return and a line feed': '\r\n',
  'a line feed': '\n',
  'a vertical tab': '\u000b',
  'a form feed': '\u000c',
  'a file separator': '\u001c',
  NUL: '\u0000',
  'half of a surrogate pair': '\uD800',
  'the other half': '\uDC00',
  'a byte order mark': '\uFEFF',
} as const;

export const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...Object.values(SEPARATORS), '"', '\\', '}', '{', '/'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    // Halves of pairs, which no other unit has.
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  ),
});
