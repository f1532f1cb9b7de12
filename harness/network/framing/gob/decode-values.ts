/**
 * Values of encoding/gob as plain data that JSON can hold: structs as objects, fields that were left out
 * because they are zero included; maps as objects, or as lists of pairs where the keys are not strings;
 * interface values with the name of their type; whole numbers beyond 2^53 as decimal digits. Reading never
 * throws, whatever the bytes are, and does not do more than the limits allow.
 */

import {
  readCount,
  readFloat,
  readId,
  readInt,
  readUint,
  stop,
  type Cursor,
  type Problem,
} from './cursor.js';
import { showBytes, showText } from './readable-text.js';
import {
  isComposite,
  typeFrom,
  WIRE_TYPE,
  type CompositeType,
  type Field,
  type GobType,
  type SimpleType,
  type TypeSlot,
} from './types.js';

/** Types by their numbers in the stream. */
export interface TypeBook {
  lookUp(id: number): GobType | undefined;
  /** Takes note of a type that was defined inside a value. */
  define(id: number, type: GobType | undefined): void;
}

/** How much of a value is shown. */
export interface Limits {
  /** Values in all, zero fields included. */
  values: number;
  /** Depth of values inside values. */
  depth: number;
  /** Length of one text, in bytes. */
  textBytes: number;
}

export interface Decoded {
  /** The readable part; undefined if nothing could be read. */
  value: unknown;
  /** Why it is not all; undefined if it is. */
  problem: Problem | undefined;
  /** How many more values the limits would have allowed. */
  valuesLeft: number;
}

/** Reads the value of type `id` that begins at the cursor, and leaves the cursor behind it. */
export function decodeValue(cursor: Cursor, id: number, book: TypeBook, limits: Limits): Decoded {
  const reading = { cursor, book, limits, valuesLeft: limits.values, depth: 0 };
  const value = readTopLevel(reading, id);
  return { value, problem: cursor.problem, valuesLeft: reading.valuesLeft };
}

/** No description of a type is as long as this. */
const DESCRIPTION_LIMITS: Limits = { values: 20_000, depth: 8, textBytes: 1_000 };

/** Reads the description of a type at the cursor, and leaves the cursor behind it; undefined if it is none. */
export function readDescription(cursor: Cursor, book: TypeBook): unknown {
  const { values } = DESCRIPTION_LIMITS;
  const reading = { cursor, book, limits: DESCRIPTION_LIMITS, valuesLeft: values, depth: 0 };
  const description = readValue(reading, WIRE_TYPE);
  return cursor.problem === undefined ? description : undefined;
}

interface Reading {
  readonly cursor: Cursor;
  readonly book: TypeBook;
  readonly limits: Limits;
  valuesLeft: number;
  depth: number;
}

/** A value that is not a struct follows a zero, like a field of a struct. */
function readTopLevel(reading: Reading, id: number): unknown {
  const { cursor } = reading;
  const type = reading.book.lookUp(id);
  if (type === undefined) return giveUp(cursor, 'unreadable');
  if (type.kind !== 'struct' && readCount(cursor) !== 0) return giveUp(cursor, 'unreadable');
  return cursor.problem === undefined ? readValue(reading, type) : undefined;
}

/** Undefined if there was a problem before anything of the value could be read. */
function readValue(reading: Reading, type: GobType): unknown {
  if (--reading.valuesLeft < 0) return giveUp(reading.cursor, 'limit');
  return isComposite(type) ? readInside(reading, type) : readSimple(reading, type);
}

function readSimple({ cursor, limits }: Reading, type: SimpleType): unknown {
  switch (type.kind) {
    case 'bool':
      return ifRead(cursor, readCount(cursor) !== 0);
    case 'int':
      return ifRead(cursor, readInt(cursor));
    case 'uint':
      return ifRead(cursor, readUint(cursor));
    case 'float':
      return ifRead(cursor, showFloat(readFloat(cursor)));
    case 'complex':
      return ifRead(cursor, showComplex(readFloat(cursor), readFloat(cursor)));
    case 'string':
      return readBytes(cursor, limits, showText);
    case 'bytes':
    case 'opaque':
      return readBytes(cursor, limits, showBytes);
  }
}

function readInside(reading: Reading, type: CompositeType): unknown {
  if (reading.depth >= reading.limits.depth) return giveUp(reading.cursor, 'limit');
  reading.depth++;
  const value = readComposite(reading, type);
  reading.depth--;
  return value;
}

function readComposite(reading: Reading, type: CompositeType): unknown {
  switch (type.kind) {
    case 'list':
      return readList(reading, type.element);
    case 'map':
      return readMap(reading, type.key, type.element);
    case 'struct':
      return readStruct(reading, type.fields);
    case 'interface':
      return readInterface(reading);
  }
}

function readBytes(cursor: Cursor, { textBytes }: Limits, show: typeof showText): unknown {
  const length = readCount(cursor);
  if (cursor.problem !== undefined) return undefined;
  const from = cursor.at;
  cursor.at = Math.min(from + length, cursor.end);
  if (cursor.at < from + length) stop(cursor, 'cut');
  return show(cursor.bytes, from, cursor.at, textBytes);
}

function readList(reading: Reading, element: TypeSlot): unknown[] {
  const { cursor } = reading;
  const count = readCount(cursor);
  const type = typeIn(reading, element);
  const list: unknown[] = [];
  if (type === undefined) return list;
  while (list.length < count && cursor.problem === undefined) {
    const value = readValue(reading, type);
    if (value !== undefined) list.push(value);
  }
  const left = count - list.length;
  if (cursor.problem === 'limit' && left > 0) list.push(`… ${left} more`);
  return list;
}

function readMap(reading: Reading, keySlot: TypeSlot, elementSlot: TypeSlot): unknown {
  const { cursor } = reading;
  const count = readCount(cursor);
  const keyType = typeIn(reading, keySlot);
  const type = typeIn(reading, elementSlot);
  const entries = keyType?.kind === 'string' ? createObjectEntries() : createPairs();
  if (keyType === undefined || type === undefined) return entries.all;
  for (let read = 0; read < count && cursor.problem === undefined; read++) {
    const key = readValue(reading, keyType);
    const value = cursor.problem === undefined ? readValue(reading, type) : undefined;
    if (value !== undefined) entries.add(key, value);
    else if (cursor.problem === 'limit') entries.add('…', `${count - read} more`);
  }
  return entries.all;
}

interface Entries {
  readonly all: unknown;
  add(key: unknown, value: unknown): void;
}

function createPairs(): Entries {
  const all: [unknown, unknown][] = [];
  return { all, add: (key, value) => all.push([key, value]) };
}

/** Without a prototype any key is an ordinary one, and there may be many. */
function createObjectEntries(): Entries {
  const all: Record<string, unknown> = Object.create(null);
  return { all, add: (key, value) => (all[String(key)] = value) };
}

/** Fields come in order, each with its distance from the one before; those between are zero. */
function readStruct(reading: Reading, fields: readonly Field[]): Record<string, unknown> {
  const { cursor } = reading;
  const object: Record<string, unknown> = {};
  for (let place = 0; ; place++) {
    const distance = readCount(cursor);
    const next = distance === 0 ? fields.length : place + distance - 1;
    const field = fields[next];
    if (distance !== 0 && field === undefined) stop(cursor, 'unreadable');
    for (; place < next && cursor.problem === undefined; place++) {
      setZero(reading, object, fields[place]);
    }
    if (field === undefined || cursor.problem !== undefined) return object;
    const type = typeIn(reading, field);
    const value = type === undefined ? undefined : readValue(reading, type);
    if (value !== undefined) object[field.name] = value;
    if (cursor.problem !== undefined) return object;
  }
}

function setZero(reading: Reading, object: Record<string, unknown>, field: Field | undefined) {
  if (field === undefined) return;
  if (--reading.valuesLeft < 0) stop(reading.cursor, 'limit');
  else object[field.name] = zeroOf((field.type ??= reading.book.lookUp(field.id)));
}

/** The value of a field that was left out. A struct is always sent, so a missing one is a nil pointer. */
function zeroOf(type: GobType | undefined): unknown {
  switch (type?.kind) {
    case 'bool':
      return false;
    case 'int':
    case 'uint':
    case 'float':
      return 0;
    case 'complex':
      return showComplex(0, 0);
    case 'string':
    case 'bytes':
    case 'opaque':
      return '';
    case 'list':
      return [];
    case 'map':
      return {};
    case 'struct':
    case 'interface':
    case undefined:
      return null;
  }
}

/** The name of a type, the type where it is new, the length of the value, the value; or an empty name. */
function readInterface(reading: Reading): unknown {
  const { cursor } = reading;
  const name = readBytes(cursor, reading.limits, showText);
  if (cursor.problem !== undefined) return undefined;
  if (name === '') return null;
  const id = readNewTypes(reading);
  readCount(cursor);
  const value = cursor.problem === undefined ? readTopLevel(reading, id) : undefined;
  return value === undefined ? undefined : { type: name, value };
}

/**
 * Reads the definitions that stand before the number of a type, which is positive. After each of them Go
 * begins a new message: then the value goes on in the next one, behind its length.
 */
function readNewTypes({ cursor, book }: Reading): number {
  let id = readId(cursor);
  while (id < 0 && cursor.problem === undefined) {
    book.define(-id, typeFrom(readDescription(cursor, book)));
    if (cursor.at === cursor.end) stop(cursor, 'continued');
    readCount(cursor);
    id = readId(cursor);
  }
  return id;
}

function typeIn({ cursor, book }: Reading, slot: TypeSlot): GobType | undefined {
  const type = (slot.type ??= book.lookUp(slot.id));
  if (type === undefined) stop(cursor, 'unreadable');
  return type;
}

function ifRead<T>(cursor: Cursor, value: T): T | undefined {
  return cursor.problem === undefined ? value : undefined;
}

function giveUp(cursor: Cursor, problem: Problem): undefined {
  stop(cursor, problem);
  return undefined;
}

/** JSON cannot hold NaN or an infinity. */
function showFloat(value: number): number | string {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

function showComplex(real: number, imaginary: number): string {
  const sign = imaginary < 0 || Object.is(imaginary, -0) ? '' : '+';
  return `(${showFloat(real)}${sign}${showFloat(imaginary)}i)`;
}
