/**
 * Appends that write unique values, taken at their word: every read of such a key is a list of
 * appends, each acknowledged one there once, those of one client in the order it made them. Judged are
 * keys written by appends only, or by one put that was done before the first append; others are left
 * to the linearizability checker, as are keys whose appends cannot be told apart in a read.
 */

import type { History, Operation } from '../history/operation.js';
import { failFinding, type FailFinding, type Finding } from '../lab/verdict.js';
import { nameBreach, type Breach } from './append-integrity/wrong-read.js';
import { asAppendLog } from './append-integrity/append-log.js';
import type { CheckContext, Checker } from './checker.js';
import { groupByKey } from './keys.js';
import { eventsAround } from './nearby-events.js';

const NAME = 'append-integrity';

/** From the most to the least telling. */
const SYMPTOM_ORDER = [
  'lost-acknowledged-write',
  'duplicate-append',
  'append-order',
  'value-never-written',
];

export const appendIntegrity: Checker = { name: NAME, check };

function check(history: History, { timeline }: CheckContext): Finding {
  const logs = [...groupByKey(history).values()].flatMap(
    (operations) => asAppendLog(operations) ?? [],
  );
  const breaches = logs.flatMap((log) => log.reads.flatMap((read) => nameBreach(read, log) ?? []));
  const [first, ...rest] = breaches;
  if (first === undefined) {
    const reads = logs.reduce((sum, log) => sum + log.reads.length, 0);
    const says = `Every append is where it belongs in ${reads} reads of ${logs.length} append-only keys.`;
    return { verdict: 'pass', by: NAME, says };
  }
  const leading = rest.reduce((best, next) => (tellsMore(next, best) ? next : best), first);
  return fail(leading, (operations) => eventsAround(operations, timeline));
}

function fail(
  { symptom, operations, says }: Breach,
  around: (operations: Operation[]) => FailFinding['evidence']['events'],
): FailFinding {
  const inTime = operations.toSorted((a, b) => a.callMs - b.callMs || a.id - b.id);
  return failFinding({
    by: NAME,
    rule: symptom === 'duplicate-append' ? 'kv-at-most-once' : 'kv-latest',
    symptom,
    operation: 'get',
    says,
    evidence: { operations: inTime, events: around(inTime) },
  });
}

function tellsMore(a: Breach, b: Breach): boolean {
  return SYMPTOM_ORDER.indexOf(a.symptom) < SYMPTOM_ORDER.indexOf(b.symptom);
}
