/**
 * A quick look at whether a value is a run's record. A class has hundreds of thousands of them, for which the
 * schema of run-record-schema.ts takes seconds; what this look refuses, the schema is asked about.
 */

import type { RunRecord } from '../../../harness/index.js';

/** Fields that every record has, and any number from 0. */
const AMOUNTS = ['durationMs', 'cpuMs', 'lagMs'];

/** Fields that every record has, and a whole number from 0. */
const COUNTS = ['attempt', 'index'];

/** Fields that every record has, and a text with something in it. */
const TEXTS = ['key', 'scenario', 'seed'];

const OUTCOMES = ['ok', 'failed', 'indefinite'];

const CLASSES = new Set<unknown>(['safety', 'liveness', 'crash', 'protocol', 'cost', 'build']);
const CAUSES = new Set<unknown>([
  'disturbed',
  'fault-never-bit',
  'held-by-kit',
  'delayed-to-death',
  'budget-exhausted',
  'kit-broke',
]);

/** All that this look knows about; a record with anything else is left to the schema. */
const KNOWN = new Set([
  ...AMOUNTS,
  ...COUNTS,
  ...TEXTS,
  'world',
  'reason',
  'submission',
  'operations',
  'costs',
  'faults',
  'verdict',
  'class',
  'signature',
  'cause',
  'artifacts',
]);

type Fields = Record<string, unknown>;

/** True only for what the schema accepts too; false may be either. */
export function isSurelyRecord(value: unknown): value is RunRecord {
  return (
    isFields(value) &&
    TEXTS.every((name) => isText(value[name])) &&
    COUNTS.every((name) => isCount(value[name])) &&
    AMOUNTS.every((name) => isAmount(value[name])) &&
    value['world'] === 'processes' &&
    typeof value['reason'] === 'string' &&
    isSubmission(value['submission']) &&
    isFields(value['operations']) &&
    haveCounts(value['operations'], OUTCOMES) &&
    isFields(value['faults']) &&
    haveCounts(value['faults'], Object.keys(value['faults'])) &&
    hasVerdict(value) &&
    isOptional(value, 'costs', areAmounts) &&
    isOptional(value, 'artifacts', isText) &&
    Object.keys(value).every((name) => KNOWN.has(name))
  );
}

/** A failure needs its class and signature, an unknown run its cause; others may have them, if they are right. */
function hasVerdict(value: Fields): boolean {
  const { verdict } = value;
  const known = verdict === 'pass' || verdict === 'fail' || verdict === 'unknown';
  const failed = verdict === 'fail';
  return (
    known &&
    (failed
      ? CLASSES.has(value['class'])
      : isOptional(value, 'class', (one) => CLASSES.has(one))) &&
    (failed ? isText(value['signature']) : isOptional(value, 'signature', isText)) &&
    (verdict === 'unknown'
      ? CAUSES.has(value['cause'])
      : isOptional(value, 'cause', (one) => CAUSES.has(one)))
  );
}

function isOptional(value: Fields, name: string, is: (one: unknown) => boolean): boolean {
  return !(name in value) || is(value[name]);
}

function isSubmission(value: unknown): boolean {
  return isFields(value) && isText(value['name']) && typeof value['digest'] === 'string';
}

function haveCounts(value: Fields, names: readonly string[]): boolean {
  return names.every((name) => isCount(value[name]));
}

function areAmounts(value: unknown): boolean {
  return isFields(value) && Object.values(value).every(isAmount);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Infinity;
}

function isCount(value: unknown): value is number {
  return isAmount(value) && Number.isSafeInteger(value);
}
