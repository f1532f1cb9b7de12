/** The schemas of policies in files, made from the descriptions of their kinds. */

import { z } from 'zod';
import type { NonEmpty } from '../../ground/group-by.js';
import { percentage } from '../percentage.js';
import { POLICY_KINDS, WRITTEN_KINDS, type Policy, type WrittenKind } from './registry.js';

type Shape = Record<string, z.ZodType>;

/** How objects are checked, and the numbers in them. */
interface Checks {
  object: (shape: Shape) => z.ZodObject;
  rate: z.ZodType<number>;
}

const WRITTEN: Checks = { object: z.strictObject, rate: percentage };
const STORED: Checks = { object: z.looseObject, rate: z.number().min(0).max(1) };

const NAMES = WRITTEN_KINDS.map(({ kind }) => kind);
const EXPECTED = `expected a kind: ${NAMES.slice(0, -1).join(', ')} or ${NAMES.at(-1)}`;

/** A policy as in rubric.yaml: with percentages as a person writes them. */
export const WRITTEN_POLICY: z.ZodType<Policy> = z.discriminatedUnion(
  'kind',
  nonEmpty(WRITTEN_KINDS.map(writtenSchema)),
  { error: ({ code }) => (code === 'invalid_union' ? EXPECTED : undefined) },
);

/** A policy as in results: spelled out. Fields that this kit does not know are kept. */
export const STORED_POLICY: z.ZodType<Policy> = z.discriminatedUnion(
  'kind',
  nonEmpty(POLICY_KINDS.map((kind) => policyOf(kind, STORED))),
);

function writtenSchema(kind: WrittenKind) {
  return policyOf(kind, WRITTEN)
    .superRefine((policy, context) => {
      for (const mistake of kind.mistakes?.(policy) ?? []) {
        context.addIssue({ code: 'custom', ...mistake });
      }
    })
    .transform((policy): Policy => (kind.earnsBy === 'alias' ? kind.meaning(policy) : policy));
}

/** The fields of a kind are those of its policies; it may still be an alias. */
function policyOf(kind: WrittenKind, checks: Checks): z.ZodPipe<z.ZodObject, z.ZodType<Policy>> {
  return objectOf(kind, checks).pipe(z.any());
}

function objectOf({ kind, fields }: WrittenKind, { object, rate }: Checks): z.ZodObject {
  const shape: Shape = { kind: z.literal(kind) };
  for (const [name, field] of Object.entries(fields)) {
    shape[name] =
      typeof field === 'string'
        ? rate
        : z.array(object(Object.fromEntries(Object.keys(field).map((key) => [key, rate]))));
  }
  return object(shape);
}

function nonEmpty<T>(items: readonly T[]): NonEmpty<T> {
  const [first, ...others] = items;
  if (first === undefined) throw new Error('the registry of policies is empty');
  return [first, ...others];
}
