/** The types that one stream has defined so far. */

import { cursorOn } from './cursor.js';
import { readDescription, type TypeBook } from './decode.js';
import { BASIC_TYPES, type GobType, type TypeSlot } from './types.js';

export interface Dictionary extends TypeBook {
  /** Remembers a definition, from the number of its type to the end; it is read when it is first needed. */
  remember(id: number, description: Buffer): void;
  /** Whether a value of this type can hold an interface value; of an unknown type, it can. */
  mayHoldInterface(id: number): boolean;
}

/** A stream that defines more types than this is none of a submission; what is beyond stays unknown. */
const MAX_TYPES = 2_000;

export function createDictionary(): Dictionary {
  const types = new Map<number, GobType | undefined>(BASIC_TYPES);
  const unread = new Map<number, Buffer>();
  const isFree = (id: number) => !types.has(id) && !unread.has(id);
  const hasRoom = () => types.size + unread.size < MAX_TYPES;

  const book: Dictionary = {
    define(id, type) {
      if (isFree(id) && hasRoom()) types.set(id, type);
    },
    remember(id, description) {
      if (isFree(id) && hasRoom()) unread.set(id, description);
    },
    lookUp(id) {
      const description = unread.get(id);
      if (description === undefined) return types.get(id);
      unread.delete(id);
      const type = readDescription(cursorOn(description), book);
      types.set(id, type);
      return type;
    },
    mayHoldInterface: (id) => reachesInterface({ id, type: undefined }, book, new Set()),
  };
  return book;
}

function reachesInterface(slot: TypeSlot, book: TypeBook, seen: Set<number>): boolean {
  if (seen.has(slot.id)) return false;
  seen.add(slot.id);
  const type = book.lookUp(slot.id);
  const holds = (inner: TypeSlot) => reachesInterface(inner, book, seen);
  switch (type?.kind) {
    case undefined:
    case 'interface':
      return true;
    case 'list':
      return holds(type.element);
    case 'map':
      return holds(type.key) || holds(type.element);
    case 'struct':
      return type.fields.some(holds);
    case 'bool':
    case 'int':
    case 'uint':
    case 'float':
    case 'complex':
    case 'string':
    case 'bytes':
    case 'opaque':
      return false;
  }
}
