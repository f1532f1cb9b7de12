/**
 * The description that the built programs of a Go submission give of its packages. It comes from the binary and
 * not from the source, because the compiler decides which files count and which methods a type has.
 */

import { join } from 'node:path';
import { z } from 'zod';
import { UnfitSubmission } from '../../ground/errors.js';
import { readRegularText } from '../../ground/read-regular-file.js';
import { OPERATION_KINDS, type OperationKind } from '../../history/operation.js';
import type { GoLab } from './find-packages.js';

/** Lies beside the binary; the mode `describe` of our programs writes it. */
export const DESCRIPTION = 'description.json';

const LIMIT_BYTES = 1024 * 1024;

const TEXT = z.string().max(1000);

const DESCRIPTION_SCHEMA = z.object({
  clerk: TEXT,
  methods: z.partialRecord(z.enum(OPERATION_KINDS), z.object({ type: TEXT, fits: z.boolean() })),
  misfits: z.array(z.object({ name: TEXT, got: TEXT, expected: TEXT })).max(20),
});

type Description = z.infer<typeof DESCRIPTION_SCHEMA>;

/** The description of the programs built in a directory; undefined if they gave none. */
export function readDescription(directory: string): Description | undefined {
  try {
    // A program of the submission has written it.
    const text = readRegularText(join(directory, DESCRIPTION), { limitBytes: LIMIT_BYTES });
    return DESCRIPTION_SCHEMA.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Throws `UnfitSubmission` if a function of the lab in `place` cannot be called as the stock lab calls it. */
export function assertFits({ misfits }: Description, place: string): void {
  const [first] = misfits;
  if (first === undefined) return;
  const tell = (word: 'got' | 'expected') =>
    misfits.map((each) => `${each.name} as ${each[word]}`).join(' and ');
  throw doesNotFit(place, tell('got'), tell('expected'));
}

/** The error for a lab that our programs cannot be built for or cannot call. */
export function doesNotFit(place: string, got: string, expected: string): UnfitSubmission {
  return new UnfitSubmission(`${place} does not fit the preset go-lab`, {
    got,
    expected,
    hint: 'a manifest of the preset process can start programs of any shape',
  });
}

/** The operations of the clerk of the lab in `place`; throws `UnfitSubmission` if there are too few. */
export function clerkOperations(
  lab: GoLab,
  description: Description | undefined,
  place: string,
): OperationKind[] {
  const methods = description?.methods ?? {};
  const kinds = description
    ? OPERATION_KINDS.filter((kind) => methods[kind]?.fits)
    : lab.operations;
  if (kinds.includes('get') && kinds.includes('put')) return kinds;
  const found = OPERATION_KINDS.map((kind) => methods[kind] && `${kind} as ${methods[kind].type}`);
  throw new UnfitSubmission(`the clerk in ${place} does not match the lab`, {
    got: `${description?.clerk ?? 'a type Clerk'} with ${found.filter(Boolean).join(' and ') || 'no such method'}`,
    expected:
      'the methods Get(key string) string and Put(key string, value string), and in later years PutHash or Append',
    hint: 'to test it anyway, list its "operations" in a manifest',
  });
}
