/** The possible mistakes in one read of an append log, and their sentences. */

import { describeMs, describeOperation, previewKey, previewValue } from '../../history/describe.js';
import type { Operation } from '../../history/operation.js';
import { isAfter, takeApart, type AppendLog } from './append-log.js';

export interface Breach {
  symptom: 'lost-acknowledged-write' | 'duplicate-append' | 'append-order' | 'value-never-written';
  /** The read, and the writes that it should have shown otherwise. */
  operations: Operation[];
  says: string;
}

/** The most telling thing that is wrong with a read; undefined if nothing is. */
export function nameBreach(read: Operation, log: AppendLog): Breach | undefined {
  const value = read.value ?? '';
  const start = log.start?.value ?? '';
  const started = value.startsWith(start);
  const { found, rest } = takeApart(started ? value.slice(start.length) : value, log.appends);
  if (rest !== '') return nameForeign(read, rest, found);
  if (!started && log.start !== undefined && (value !== '' || isAfter(read, log.start))) {
    return nameLost(read, log.start);
  }
  return nameMissing(read, found, log) ?? nameTwice(read, found) ?? nameDisorder(read, found);
}

function nameForeign(read: Operation, rest: string, found: readonly Operation[]): Breach {
  const before = found.length === 0 ? 'begins with' : 'goes on with';
  return {
    symptom: 'value-never-written',
    operations: [read],
    says: `${phrase(read)}, which ${before} ${previewValue(rest)}: no client wrote that.`,
  };
}

function nameLost(read: Operation, write: Operation): Breach {
  const when = describeMs(write.returnMs ?? write.callMs);
  return {
    symptom: 'lost-acknowledged-write',
    operations: [write, read],
    says: `${phrase(read)}, but ${describeOperation(write)} had been acknowledged at ${when}.`,
  };
}

/** If several appends are missing, the one acknowledged first is named. */
function nameMissing(
  read: Operation,
  found: readonly Operation[],
  { appends }: AppendLog,
): Breach | undefined {
  const present = new Set(found);
  const [missing] = [...appends.values()]
    .filter((append) => isAfter(read, append) && !present.has(append))
    .toSorted((a, b) => (a.returnMs ?? 0) - (b.returnMs ?? 0));
  return missing && nameLost(read, missing);
}

function nameTwice(read: Operation, found: readonly Operation[]): Breach | undefined {
  const seen = new Set<Operation>();
  for (const append of found) {
    if (seen.has(append)) {
      return {
        symptom: 'duplicate-append',
        operations: [append, read],
        says: `${phrase(read)}, which holds ${describeOperation(append)} twice; it was made once.`,
      };
    }
    seen.add(append);
  }
  return undefined;
}

/** An append that stands behind one of its client which was only made after it had been acknowledged. */
function nameDisorder(read: Operation, found: readonly Operation[]): Breach | undefined {
  const latest = new Map<string, Operation>();
  for (const append of found) {
    const later = latest.get(append.client);
    if (later !== undefined && isAfter(later, append)) {
      return {
        symptom: 'append-order',
        operations: [append, later, read],
        says: `${phrase(read)}, which holds ${describeOperation(later)} before ${previewValue(append.value)}, which it appended earlier.`,
      };
    }
    if (later === undefined || append.callMs > later.callMs) latest.set(append.client, append);
  }
  return undefined;
}

function phrase({ client, key, value, callMs }: Operation): string {
  return `${client} read ${previewKey(key)} = ${previewValue(value)} at ${describeMs(callMs)}`;
}
