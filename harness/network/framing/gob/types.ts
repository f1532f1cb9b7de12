/**
 * The types of encoding/gob, and how a stream describes its own: by values of the type `wireType`, which is
 * known beforehand. Source: the documentation of Go's encoding/gob.
 */

import { isRecord } from '../../../../reference/protocol.js';

/** A type named by its number in the stream; looked up when it is first needed. */
export interface TypeSlot {
  readonly id: number;
  type: GobType | undefined;
}

export interface Field extends TypeSlot {
  readonly name: string;
}

/** A type without others inside; `opaque`: a value that has encoded itself, by the methods of its Go type. */
export interface SimpleType {
  kind: 'bool' | 'int' | 'uint' | 'float' | 'complex' | 'string' | 'bytes' | 'opaque';
}

export type CompositeType =
  | { kind: 'interface' }
  | { kind: 'list'; element: TypeSlot }
  | { kind: 'map'; key: TypeSlot; element: TypeSlot }
  | { kind: 'struct'; fields: readonly Field[] };

export type GobType = SimpleType | CompositeType;

export function isComposite(type: GobType): type is CompositeType {
  const { kind } = type;
  return kind === 'struct' || kind === 'list' || kind === 'map' || kind === 'interface';
}

const BASIC: readonly [number, GobType][] = [
  [1, { kind: 'bool' }],
  [2, { kind: 'int' }],
  [3, { kind: 'uint' }],
  [4, { kind: 'float' }],
  [5, { kind: 'bytes' }],
  [6, { kind: 'string' }],
  [7, { kind: 'complex' }],
  [8, { kind: 'interface' }],
];

/** The types that every stream knows. */
export const BASIC_TYPES: ReadonlyMap<number, GobType> = new Map(BASIC);

const INT = 2;
const STRING = 6;

/** Numbers of types that this file makes itself are looked up nowhere. */
const OWN = 0;

function struct(...fields: readonly [name: string, type: GobType][]): GobType {
  return { kind: 'struct', fields: fields.map(([name, type]) => ({ name, id: OWN, type })) };
}

function basic(id: number): GobType {
  return BASIC_TYPES.get(id) ?? { kind: 'opaque' };
}

const COMMON: readonly [string, GobType] = [
  'CommonType',
  struct(['Name', basic(STRING)], ['Id', basic(INT)]),
];
const FIELDS: GobType = {
  kind: 'list',
  element: { id: OWN, type: struct(['Name', basic(STRING)], ['Id', basic(INT)]) },
};
const MARSHALLED = struct([...COMMON]);

/** The type of a description of a type. */
export const WIRE_TYPE: GobType = struct(
  ['ArrayT', struct([...COMMON], ['Elem', basic(INT)], ['Len', basic(INT)])],
  ['SliceT', struct([...COMMON], ['Elem', basic(INT)])],
  ['StructT', struct([...COMMON], ['Field', FIELDS])],
  ['MapT', struct([...COMMON], ['Key', basic(INT)], ['Elem', basic(INT)])],
  ['GobEncoderT', MARSHALLED],
  ['BinaryMarshalerT', MARSHALLED],
  ['TextMarshalerT', MARSHALLED],
);

/** The type that a description says; undefined if it says none. */
export function typeFrom(description: unknown): GobType | undefined {
  if (!isRecord(description)) return undefined;
  const { ArrayT, SliceT, StructT, MapT } = description;
  if (isRecord(StructT)) return structFrom(StructT['Field']);
  if (isRecord(SliceT)) return { kind: 'list', element: slotFrom(SliceT['Elem']) };
  if (isRecord(ArrayT)) return { kind: 'list', element: slotFrom(ArrayT['Elem']) };
  if (isRecord(MapT)) {
    return { kind: 'map', key: slotFrom(MapT['Key']), element: slotFrom(MapT['Elem']) };
  }
  const marshalled = ['GobEncoderT', 'BinaryMarshalerT', 'TextMarshalerT'];
  return marshalled.some((name) => isRecord(description[name])) ? { kind: 'opaque' } : undefined;
}

/** Go exports only names that begin with a capital letter, so this is none; in our objects it is a trap. */
const TRAP = '__proto__';

function structFrom(fields: unknown): GobType | undefined {
  if (!Array.isArray(fields)) return undefined;
  const known: Field[] = [];
  for (const field of fields as readonly unknown[]) {
    if (!isRecord(field) || typeof field['Name'] !== 'string') return undefined;
    if (field['Name'] === TRAP) return undefined;
    known.push({ name: field['Name'], ...slotFrom(field['Id']) });
  }
  return { kind: 'struct', fields: known };
}

/** Slot of a type that may be defined later, or never. */
function slotFrom(id: unknown): TypeSlot {
  return { id: typeof id === 'number' ? id : OWN, type: undefined };
}
