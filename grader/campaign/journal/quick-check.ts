/**
 * A quick look at whether a value is a run's record, made of the record's schema. A class has hundreds of thousands
 * of records, for which the schema itself takes seconds; what this look refuses, the schema is asked about.
 */

import type { z } from 'zod';
import { RUN_RECORD, type RunRecord } from '../../../harness/index.js';

type Look = (value: unknown) => boolean;

type Definition = z.core.$ZodTypes['_zod']['def'];

type DefinitionOf<Type> = Extract<Definition, { type: Type }>;

type Check = (z.core.$ZodChecks | z.core.$ZodCustom)['_zod']['def'];

const lookAtRecord = lookFor(RUN_RECORD);

/** True only for what the schema accepts too, and leaves as it is; false may be either. */
export function isSurelyRecord(value: unknown): value is RunRecord {
  return lookAtRecord(value);
}

/** The look for a schema; it is never sure of a kind of schema or check that it does not know. */
function lookFor(schema: z.core.$ZodType): Look {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const checks = (def.checks ?? []).map((check) => check._zod.def as Check);
  const [only, ...others] = checks;
  if (def.type === 'string' && only?.check === 'min_length' && others.length === 0) {
    return lookForText(only.minimum);
  }
  return checks.map(lookForCheck).reduce(both, lookForKind(def));
}

function both(first: Look, next: Look): Look {
  return (value) => first(value) && next(value);
}

function lookForKind(def: Definition): Look {
  switch (def.type) {
    case 'string':
      return lookForText(0);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'number':
      return lookForNumber(def);
    case 'literal':
      return isAmong(def.values);
    case 'enum':
      return isAmong(Object.values(def.entries));
    case 'object':
      return lookForObject(def);
    case 'record':
      return lookForMap(def);
    case 'array':
      return lookForList(lookFor(def.element));
    case 'optional':
      return lookFor(def.innerType);
    case 'union':
      return def.options.map(lookFor).reduce(either);
    default:
      return isUnsure;
  }
}

function either(first: Look, next: Look): Look {
  return (value) => first(value) || next(value);
}

function isUnsure(): boolean {
  return false;
}

function lookForText(leastLength: number): Look {
  return (value) => typeof value === 'string' && value.length >= leastLength;
}

function lookForNumber(def: DefinitionOf<'number'>): Look {
  if (!('format' in def)) return Number.isFinite;
  return def.format === 'safeint' ? Number.isSafeInteger : isUnsure;
}

function isAmong(values: readonly unknown[]): Look {
  const known = new Set(values);
  return (value) => known.has(value);
}

function lookForObject({ shape, catchall }: DefinitionOf<'object'>): Look {
  const fields = Object.entries(shape).map(([name, schema]) => ({
    name,
    look: lookFor(schema),
    mayBeAbsent: schema._zod.optin === 'optional',
  }));
  const known = new Set(Object.keys(shape));
  const keepsOthers = catchall?._zod.def.type === 'unknown';
  return (value) => {
    if (!isFields(value)) return false;
    for (const { name, look, mayBeAbsent } of fields) {
      const field = value[name];
      if (field === undefined && mayBeAbsent ? name in value : !look(field)) return false;
    }
    if (keepsOthers) return true;
    for (const name in value) if (!known.has(name)) return false;
    return true;
  };
}

function lookForMap({ keyType, valueType }: DefinitionOf<'record'>): Look {
  const { type, checks } = keyType._zod.def;
  if (type !== 'string' || checks !== undefined) return isUnsure;
  const look = lookFor(valueType);
  return (value) => {
    if (!isFields(value)) return false;
    for (const name in value) if (!look(value[name])) return false;
    return true;
  };
}

function lookForList(look: Look): Look {
  return (value) => Array.isArray(value) && value.every((item) => look(item));
}

/** Only for values of the kind that the check is for. */
function lookForCheck(def: Check): Look {
  switch (def.check) {
    case 'greater_than':
      return lookForBound(def, (value, bound) => value > bound);
    case 'less_than':
      return lookForBound(def, (value, bound) => value < bound);
    case 'min_length':
      return (value) => hasLength(value) && value.length >= def.minimum;
    case 'custom':
      return (value) => def.fn(value) === true;
    default:
      return isUnsure;
  }
}

function lookForBound(
  { value: bound, inclusive }: { value: z.core.util.Numeric; inclusive: boolean },
  isWithin: (value: number, bound: number) => boolean,
): Look {
  if (typeof bound !== 'number') return isUnsure;
  return (value) =>
    typeof value === 'number' && (isWithin(value, bound) || (inclusive && value === bound));
}

function hasLength(value: unknown): value is { length: number } {
  return typeof value === 'string' || Array.isArray(value);
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
