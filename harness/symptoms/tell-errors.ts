/** The part of a story that tells of connection errors: how many, on which links, and what they meant. */

import { describeMs } from '../history/describe.js';
import type { Evidence } from '../verdict.js';
import type { RunTrace } from './aftermath.js';
import { explain, type ExplainedErrors, type Explanation, type PhraseCount } from './explain.js';
import type { JoinedError } from './join.js';
import { PHRASES } from './phrases.js';

/** Sentences in a story. */
const SENTENCES = 12;

/** Errors this long before and after the operations of the evidence may have to do with them, in ms. */
const AROUND_MS = 200;

/** As lines; the evidence of the failure tells which errors matter most. */
export function tellErrors(
  { counts, errors }: ExplainedErrors,
  trace: RunTrace,
  evidence: Evidence,
): string[] {
  if (counts.length === 0) return [];
  const phrases = new Set(counts.map(({ phrase }) => phrase));
  const sentences = mostTelling(errors, trace, evidence);
  return [
    'What the programs printed about their connections, which is normal where calls are lost; what they',
    'did next is what counts:',
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

/** Of errors around the evidence; of the latest, if there are none. In order of time. */
function mostTelling(
  errors: readonly JoinedError[],
  trace: RunTrace,
  evidence: Evidence,
): Explanation[] {
  const { operations } = evidence;
  const ids = new Set(operations.map(({ id }) => id));
  const isMeant = ({ call }: JoinedError) =>
    call?.operation !== undefined && ids.has(call.operation);
  const fromMs = Math.min(...operations.map(({ callMs }) => callMs)) - AROUND_MS;
  const toMs = Math.max(...operations.map(({ callMs, returnMs = callMs }) => returnMs)) + AROUND_MS;
  const isAround = ({ atMs }: JoinedError) => atMs >= fromMs && atMs <= toMs;
  const [meant, around] = [
    errors.filter(isMeant),
    errors.filter((one) => isAround(one) && !isMeant(one)),
  ];
  const chosen = meant.length + around.length > 0 ? [meant, around] : [errors];
  return chosen
    .flatMap((some) => explain(some, trace).slice(-SENTENCES))
    .slice(0, SENTENCES)
    .toSorted((a, b) => a.atMs - b.atMs);
}

/** Such as `pb1: unexpected EOF 38 times (35 in calls to pb2, 3 of unknown calls)`. */
function describeCount({ process, phrase, total, kept, peers }: PhraseCount): string {
  const known = Object.entries(peers).map(([peer, times]) => `${times} in calls to ${peer}`);
  const placed = Object.values(peers).reduce((sum, times) => sum + times, 0);
  const unknown = kept > placed ? [`${kept - placed} in calls that cannot be told`] : [];
  const of = kept < total ? `of ${kept} that were kept: ` : '';
  const times = total === 1 ? 'once' : `${total} times`;
  return `${process}: ${phrase} ${times} (${of}${[...known, ...unknown].join(', ')})`;
}
