/**
 * The status of a submission that cannot be graded: the kit does not understand it, it could not be built, or none of
 * its servers ever listened. Such a submission has no failure rate: every attempt shows the same mistake. It earns
 * nothing, staff look at it, and intervals and statistics leave it out.
 */

import { z } from 'zod';
import { hasSymptom, parseSignature } from '../../harness/index.js';
import { isBeforeStart } from '../campaign/before-start.js';
import { openObject, TEXT } from '../ground/schemas.js';
import { count } from '../text/count.js';
import { withoutStop } from '../text/sentence.js';
import type { ScenarioTally, SignatureCount } from './scenario-tally.js';

export const STATUS = openObject({
  kind: z.enum(['not-understood', 'not-built', 'not-started']),
  /** Output of the compiler; absent if there was none. */
  printed: TEXT.exactOptional(),
  /** Evidence folder, relative to the grading's directory. */
  artifacts: TEXT.exactOptional(),
});

export type Status = z.infer<typeof STATUS>;

export interface Ungradable {
  /** Why, as one sentence without its full stop. */
  says: string;
  status: Status;
}

/** A word or two for a table. */
export const STATUS_WORDS = {
  'not-understood': 'not understood',
  'not-built': 'build failed',
  'not-started': 'did not start',
} as const satisfies Record<Status['kind'], string>;

/** Why nothing can be graded, in words that begin a sentence: a reason may begin with the name of a file. */
export function whyUngradable(ungradable: string, status: Status | undefined): string {
  const isKnown = status !== undefined && status.kind !== 'not-understood';
  return isKnown ? ungradable : `it is not understood: ${ungradable}`;
}

/** The status that follows from runs; undefined where any of them has passed, or failed in another way. */
export function statusFrom(tallies: readonly ScenarioTally[]): Ungradable | undefined {
  const signatures = tallies.flatMap((one) => one.signatures);
  const [first] = signatures;
  const hasRun = tallies.some(({ passed }) => passed > 0) || !signatures.every(isBeforeStart);
  if (first === undefined || hasRun) return undefined;
  if (hasSymptom(parseSignature(first.signature), 'not-startable')) return notStartable(first);
  return first.class === 'build' ? notBuilt(first) : notStarted(first, tallies);
}

function notBuilt({ reason, artifacts }: SignatureCount): Ungradable {
  const [why = '', ...printed] = reason.trimEnd().split('\n');
  return {
    says: `it could not be built: ${withoutStop(why)}`,
    status: {
      kind: 'not-built',
      ...(printed.length === 0 ? {} : { printed: printed.join('\n') }),
      ...(artifacts === undefined ? {} : { artifacts }),
    },
  };
}

function notStartable({ reason, artifacts }: SignatureCount): Ungradable {
  return {
    says: withoutStop(reason),
    status: { kind: 'not-started', ...(artifacts === undefined ? {} : { artifacts }) },
  };
}

function notStarted(
  { reason, artifacts }: SignatureCount,
  tallies: readonly ScenarioTally[],
): Ungradable {
  const tried = tallies.reduce((sum, { failed }) => sum + failed, 0);
  const when = tried === 1 ? 'in its only run' : `in any of ${count(tried, 'run')}`;
  return {
    says: `it did not start ${when}: ${withoutStop(reason.replaceAll(/\s+/g, ' '))}`,
    status: { kind: 'not-started', ...(artifacts === undefined ? {} : { artifacts }) },
  };
}
