/** One entry of a recorded history, in EDN or in JSON. */

export type Field =
  | { kind: 'nothing' }
  | { kind: 'text'; text: string }
  /** A keyword of EDN, without its colon. */
  | { kind: 'word'; text: string }
  /** A whole number, by its digits, so that one of any length is exact. */
  | { kind: 'whole'; text: string }
  | { kind: 'list'; items: readonly Field[]; source: string }
  /** Anything else, by its text. */
  | { kind: 'other'; source: string };

export interface Entry {
  /** Where it begins, from 1. */
  line: number;
  fields: ReadonlyMap<string, Field>;
  /** How its notation writes the name of a field: `:process` or `"process"`. */
  write: (name: string) => string;
}

/** A field as it stood in the text, for messages. */
export function showField(field: Field | undefined): string {
  switch (field?.kind) {
    case undefined:
      return 'none';
    case 'nothing':
      return 'nil';
    case 'text':
      return JSON.stringify(field.text);
    case 'word':
      return `:${field.text}`;
    case 'whole':
      return field.text;
    case 'list':
    case 'other':
      return field.source;
  }
}
