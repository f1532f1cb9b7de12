/**
 * A quick check whether a value is a run's record, made from the record's schema. A class has hundreds of thousands of
 * records, for which the schema itself takes seconds. If this check fails, the schema decides.
 */

import { z } from 'zod';
import { RUN_RECORD, type RunRecord } from '../../../harness/index.js';

type Look = (value: unknown) => boolean;

const { core } = z;

const lookAtRecord = lookFor(RUN_RECORD);

/** True only for values that the schema also accepts and does not change; false if the schema has to decide. */
export function isSurelyRecord(value: unknown): value is RunRecord {
  return lookAtRecord(value);
}

/** The look for a schema; it is never sure of a kind of schema or check that it does not know. */
function lookFor(schema: z.core.$ZodType): Look {
  const checks = schema._zod.def.checks ?? [];
  const [only, ...others] = checks;
  if (schema instanceof core.$ZodString && only instanceof core.$ZodCheckMinLength) {
    if (others.length === 0) return lookForText(only._zod.def.minimum);
  }
  return checks.map(lookForCheck).reduce(both, lookForKind(schema));
}

function both(first: Look, next: Look): Look {
  return (value) => first(value) && next(value);
}

function lookForKind(schema: z.core.$ZodType): Look {
  if (schema instanceof core.$ZodString) return lookForText(0);
  if (schema instanceof core.$ZodBoolean) return (value) => typeof value === 'boolean';
  if (schema instanceof core.$ZodNumber) return lookForNumber(schema);
  if (schema instanceof core.$ZodLiteral) return isAmong(schema._zod.def.values);
  if (schema instanceof core.$ZodEnum) return isAmong(Object.values(schema._zod.def.entries));
  if (schema instanceof core.$ZodObject) return lookForObject(schema._zod.def);
  if (schema instanceof core.$ZodRecord) return lookForMap(schema._zod.def);
  if (schema instanceof core.$ZodArray) return lookForList(lookFor(schema._zod.def.element));
  if (schema instanceof core.$ZodOptional) return lookFor(schema._zod.def.innerType);
  if (schema instanceof core.$ZodUnion) {
    return schema._zod.def.options.map((option) => lookFor(option)).reduce(either);
  }
  return isUnsure;
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

function lookForNumber(schema: z.core.$ZodNumber): Look {
  if (!(schema instanceof core.$ZodNumberFormat)) return Number.isFinite;
  return schema._zod.def.format === 'safeint' ? Number.isSafeInteger : isUnsure;
}

function isAmong(values: readonly unknown[]): Look {
  const known = new Set(values);
  return (value) => known.has(value);
}

function lookForObject({ shape, catchall }: z.core.$ZodObjectDef): Look {
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

function lookForMap({ keyType, valueType }: z.core.$ZodRecordDef): Look {
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

/** The check applies only to values of its kind. */
function lookForCheck(check: z.core.$ZodCheck): Look {
  if (check instanceof core.$ZodCheckGreaterThan) {
    return lookForBound(check._zod.def, (value, bound) => value > bound);
  }
  if (check instanceof core.$ZodCheckLessThan) {
    return lookForBound(check._zod.def, (value, bound) => value < bound);
  }
  if (check instanceof core.$ZodCheckMinLength) {
    const { minimum } = check._zod.def;
    return (value) => hasLength(value) && value.length >= minimum;
  }
  if (check instanceof core.$ZodCustom) {
    const { fn } = check._zod.def;
    return (value) => fn(value) === true;
  }
  return isUnsure;
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
