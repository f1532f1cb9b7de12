/**
 * One line of the journal: a record and the checksum of its text. The line is JSON itself, so that
 * any tool can read a journal; the checksum is over the bytes, so that a flipped one shows.
 */

import { hash } from 'node:crypto';
import { RUN_RECORD, type RunRecord } from '../../../harness/index.js';
import { isSurelyRecord } from './quick-check.js';
import { describeMismatch } from '../../files/schema-errors.js';

/**
 * Only what `encodeLine` writes: nothing may stand beside what the checksum covers. A record may quote U+2028 or
 * U+2029, which JSON leaves as they are and `.` matches only with the flag.
 */
const LINE = /^\{"checksum":"([0-9a-f]{8})","record":(.*)\}$/s;

/** The content of a line, or why it has none; `why` is a phrase for a person. */
export type DecodedLine = { kind: 'record'; record: RunRecord } | { kind: 'damaged'; why: string };

/**
 * The line of a record, with its line feed. A record that could not be read back is a defect of the
 * kit and throws.
 */
export function encodeLine(record: RunRecord): string {
  const result = RUN_RECORD.safeParse(record);
  if (!result.success) {
    throw new Error(`not a run's record: ${describeMismatch(result.error, record)}`);
  }
  const text = JSON.stringify(record);
  return `{"checksum":"${checksum(text)}","record":${text}}\n`;
}

/** Reads a line without its line feed. */
export function decodeLine(line: string): DecodedLine {
  const [, expected, text] = LINE.exec(line) ?? [];
  if (expected === undefined || text === undefined) return damaged('it is not a journal line');
  if (checksum(text) !== expected) return damaged('its checksum does not match its record');
  return decodeRecord(text);
}

function decodeRecord(text: string): DecodedLine {
  const value = parseJson(text);
  if (isSurelyRecord(value)) return { kind: 'record', record: value };
  const result = RUN_RECORD.safeParse(value);
  return result.success
    ? { kind: 'record', record: result.data }
    : damaged(`its record is not a run's: ${describeMismatch(result.error, value)}`);
}

/** `undefined`, which no record is, when the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first eight hexadecimal digits of the SHA-256. */
function checksum(text: string): string {
  return hash('sha256', text).slice(0, 8);
}

function damaged(why: string): DecodedLine {
  return { kind: 'damaged', why };
}
