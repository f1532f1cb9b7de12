/** The part of a story that tells of connection errors: how many, on which links, and what they meant. */

import { describeMs } from '../../history/describe.js';
import type { Evidence } from '../../lab/verdict.js';
import type { RunTrace } from './caller-reaction.js';
import {
  explain,
  type ExplainedErrors,
  type Explanation,
  type PhraseCount,
} from './explain-error.js';
import type { JoinedError } from './match-calls.js';
import { PHRASES } from '../../printed/phrases.js';

/** Sentences in a story. */
const SENTENCES = 12;

/** Errors this long before and after the operations of the evidence may have to do with them, in ms. */
const AROUND_MS = 200;

/** The lines about errors; the evidence of the failure tells which errors matter most. */
export function tellErrors(
  { counts, errors }: ExplainedErrors,
  trace: RunTrace,
  evidence: Evidence,
): string[] {
  if (counts.length === 0) return [];
  const phrases = new Set(counts.map(({ phrase }) => phrase));
  const sentences = mostTelling(errors, trace, evidence);
  return [
    'Connection errors that the programs printed. They are normal where calls are lost;',
    'the reaction to them is what counts:',
    ...counts.map((one) => `  ${describeCount(one)}`),
    ...[...phrases].map((phrase) => `  (${phrase}: ${PHRASES[phrase]})`),
    ...sentences.flatMap(tellExplanation),
    '',
  ];
}

function tellExplanation({ atMs, says, like }: Explanation): string[] {
  const [what = '', ...rest] = says;
  const more = like === 1 ? '' : ` (and ${like - 1} more like it)`;
  return [
    `${describeMs(Math.round(atMs)).padStart(8)}  ${what}${more}:`,
    ...rest.map((part) => `${' '.repeat(10)}${part}`),
  ];
}

/**
 * Explains the errors in calls that carried the operations of the evidence, then those on their keys, then those
 * near them in time; if there are none of these, all errors. In order of time.
 */
function mostTelling(
  errors: readonly JoinedError[],
  trace: RunTrace,
  { operations }: Evidence,
): Explanation[] {
  const ids = new Set(operations.map(({ id }) => id));
  const keys = new Set(operations.map(({ key }) => key));
  const onKeys = new Set(trace.operations.filter(({ key }) => keys.has(key)).map(({ id }) => id));
  const fromMs = Math.min(...operations.map(({ callMs }) => callMs)) - AROUND_MS;
  const toMs = Math.max(...operations.map(({ callMs, returnMs = callMs }) => returnMs)) + AROUND_MS;
  const carries = ({ call }: JoinedError, some: ReadonlySet<number>) =>
    call?.operation !== undefined && some.has(call.operation);
  const distance = (error: JoinedError): number => {
    if (carries(error, ids)) return 0;
    if (carries(error, onKeys)) return 1;
    return error.atMs >= fromMs && error.atMs <= toMs ? 2 : 3;
  };
  const near = [0, 1, 2].map((far) => errors.filter((error) => distance(error) === far));
  return (near.some((some) => some.length > 0) ? near : [errors])
    .flatMap((some) => explain(some, trace).slice(-SENTENCES))
    .slice(0, SENTENCES)
    .toSorted((a, b) => a.atMs - b.atMs);
}

/** Such as `pb1: unexpected EOF 38 times (35 in calls to pb2, 3 of unknown calls)`. */
function describeCount({ process, phrase, total, kept, peers }: PhraseCount): string {
  const known = Object.entries(peers).map(([peer, times]) => `${times} in calls to ${peer}`);
  const placed = Object.values(peers).reduce((sum, times) => sum + times, 0);
  const unknown = kept > placed ? [`${kept - placed} in unknown calls`] : [];
  const of = kept < total ? `of the ${kept} kept: ` : '';
  const times = total === 1 ? 'once' : `${total} times`;
  return `${process}: ${phrase} ${times} (${of}${[...known, ...unknown].join(', ')})`;
}
