/**
 * What like failures share: no names of processes, no numbers, no texts. Records and results hold it as one string,
 * which is put together and taken apart here only.
 */

import { OPERATION_KINDS } from '../history/operation.js';
import type { SymptomId } from './symptoms.js';
import type { BUILD } from './symptoms/build-symptoms.js';

export interface Signature {
  /** The broken rule of the lab; `build` where nothing could be run. */
  rule: string;
  /** The id of a symptom; in a string of another version it may be one that this version does not know, or empty. */
  symptom: string;
  /** How a process came to its end, such as `exit code 1`. */
  exit?: string | undefined;
  /** The kind of operation. */
  operation?: string | undefined;
  /** The last thing that was done to the cluster before it, such as `killed` or the name of a fault. */
  after?: string | undefined;
}

const BETWEEN = ' / ';
const AFTER = 'after ';

/** How many signatures are remembered; a class has fewer, unless its programs crash in very many ways. */
const MOST_REMEMBERED = 10_000;

const remembered = new Map<string, Signature>();

/** The string form, such as `kv-latest / stale-read / get / after killed`. */
export function formatSignature({ rule, symptom, exit, operation, after }: Signature): string {
  const last = after === undefined ? undefined : `${AFTER}${after}`;
  return [rule, symptom, exit, operation, last].filter((part) => part !== undefined).join(BETWEEN);
}

/** The string form for a submission that could not be built or started. */
export function buildSignature(symptom: keyof typeof BUILD): string {
  return formatSignature({ rule: 'build', symptom });
}

/** The fields of a string that was read from a record. Each string is taken apart once. */
export function parseSignature(text: string): Signature {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const parsed = takeApart(text);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(text, parsed);
  return parsed;
}

/** Whether it shows one of these symptoms. */
export function hasSymptom({ symptom }: Signature, ...ids: readonly SymptomId[]): boolean {
  return ids.some((id) => id === symptom);
}

function takeApart(text: string): Signature {
  const [rule = '', symptom = '', ...rest] = text.split(BETWEEN);
  const after = rest.find((part) => part.startsWith(AFTER));
  const operation = rest.find((part) => OPERATION_KINDS.some((kind) => kind === part));
  const exit = rest.find((part) => part !== after && part !== operation);
  return { rule, symptom, exit, operation, after: after?.slice(AFTER.length) };
}
