/** The types that one stream has defined so far. */

import { cursorOn } from './cursor.js';
import { readDescription, type TypeBook } from './decode-values.js';
import { BASIC_TYPES, typeFrom, type GobType, type TypeSlot } from './types.js';

export interface Dictionary extends TypeBook {
  /**
   * Remembers a description of a type, which is read when it is first needed; false if there are more than
   * any program has.
   */
  remember(id: number, description: Buffer): boolean;
  /** Whether a value of this type can hold an interface value; of an unknown type, it can. */
  mayHoldInterface(id: number): boolean;
}

/** No program has so many types, or so many bytes of descriptions. */
const MAX_TYPES = 2_000;
const MAX_DESCRIPTION_BYTES = 4 * 1024 * 1024;

export function createDictionary(): Dictionary {
  const types = new Map<number, GobType | undefined>();
  const unread = new Map<number, Buffer>();
  const holdsInterface = new Map<number, boolean>();
  let bytesLeft = MAX_DESCRIPTION_BYTES;
  const isFree = (id: number) => !BASIC_TYPES.has(id) && !types.has(id) && !unread.has(id);
  const hasRoom = () => types.size + unread.size < MAX_TYPES && bytesLeft >= 0;

  const book: Dictionary = {
    define(id, type) {
      if (isFree(id) && hasRoom()) types.set(id, type);
    },
    remember(id, description) {
      bytesLeft -= description.length;
      if (!hasRoom()) return false;
      if (isFree(id)) unread.set(id, description);
      return true;
    },
    lookUp(id) {
      const known = types.get(id) ?? BASIC_TYPES.get(id);
      const description = known === undefined ? unread.get(id) : undefined;
      if (description === undefined) return known;
      unread.delete(id);
      const type = typeFrom(descriptionIn(description, book));
      types.set(id, type);
      return type;
    },
    mayHoldInterface(id) {
      const known = holdsInterface.get(id);
      if (known !== undefined) return known;
      const holds = reachesInterface({ id, type: undefined }, book, new Set());
      holdsInterface.set(id, holds);
      return holds;
    },
  };
  return book;
}

/** A program describes the same types on each of its connections, so what was read is kept by its bytes. */
const read = new Map<string, unknown>();
const MAX_KEPT = 200;
const MAX_KEPT_BYTES = 2_000;

function descriptionIn(bytes: Buffer, book: TypeBook): unknown {
  const key = bytes.toString('latin1');
  const known = read.get(key);
  if (known !== undefined) return known;
  const description = readDescription(cursorOn(bytes), book);
  if (read.size < MAX_KEPT && key.length <= MAX_KEPT_BYTES) read.set(key, description);
  return description;
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
