/**
 * What a fail-over must not change: if no write to a key can have taken effect between the last read
 * before the primary changed and the first read after it, both must return the same.
 */

import { describeMs, previewKey, previewApart } from '../history/describe.js';
import type { History, Operation } from '../history/operation.js';
import type { TimelineEvent, ViewEvent } from '../history/timeline.js';
import { failFinding, type FailFinding, type Finding } from '../lab/verdict.js';
import type { CheckContext, Checker } from './checker.js';
import { groupByKey } from './keys.js';
import { pickEvents } from './nearby-events.js';

const NAME = 'replica-agreement';

export const replicaAgreement: Checker = { name: NAME, check };

/** Two reads of one key on both sides of a change of primary. */
interface Pair {
  before: Operation;
  after: Operation;
  change: ViewEvent;
}

function check(history: History, { timeline }: CheckContext): Finding {
  const changes = primaryChanges(timeline);
  const keys = [...groupByKey(history).values()];
  const pairs = changes.flatMap((change) => keys.flatMap((key) => pairAcross(key, change) ?? []));
  const differing = pairs.find(({ before, after }) => (before.value ?? '') !== (after.value ?? ''));
  if (differing !== undefined) return fail(differing, timeline);
  const says = `Reads agree across ${changes.length} changes of primary, in all ${pairs.length} cases that can be compared.`;
  return { verdict: 'pass', by: NAME, says };
}

/** Views whose primary is another than that of the view before; both have one. */
function primaryChanges(timeline: readonly TimelineEvent[]): ViewEvent[] {
  const views = timeline.filter((event) => event.kind === 'view');
  return views.filter(({ view }, at) => {
    const before = views[at - 1]?.view.primary ?? '';
    return before !== '' && view.primary !== '' && before !== view.primary;
  });
}

/** The reads next to the change, if no write can have taken effect between them. */
function pairAcross(key: readonly Operation[], change: ViewEvent): Pair | undefined {
  const reads = key.filter(({ op, outcome }) => op === 'get' && outcome === 'ok');
  const before = reads
    .filter(({ returnMs }) => returnMs !== undefined && returnMs < change.atMs)
    .reduce(later, undefined);
  const after = reads
    .filter(({ callMs }) => callMs >= change.atMs)
    .reduce<Operation | undefined>(
      (first, next) => (first === undefined || next.callMs < first.callMs ? next : first),
      undefined,
    );
  if (before === undefined || after === undefined) return undefined;
  const disturbed = key.some((write) => mayFallBetween(write, before, after));
  return disturbed ? undefined : { before, after, change };
}

function later(best: Operation | undefined, next: Operation): Operation {
  return best === undefined || (next.returnMs ?? 0) > (best.returnMs ?? 0) ? next : best;
}

/** The reads took effect within their own intervals, so those count as between, too. */
function mayFallBetween(write: Operation, before: Operation, after: Operation): boolean {
  if (write.op === 'get' || write.outcome === 'failed') return false;
  const endMs = write.outcome === 'ok' ? write.returnMs : undefined;
  const over = endMs !== undefined && endMs < before.callMs;
  const toCome = after.returnMs !== undefined && write.callMs > after.returnMs;
  return !over && !toCome;
}

function fail({ before, after, change }: Pair, timeline: readonly TimelineEvent[]): FailFinding {
  const operations = [before, after];
  const { primary } = change.view;
  return failFinding({
    by: NAME,
    rule: 'kv-forwarding',
    symptom: 'replicas-diverged',
    operation: 'get',
    says:
      `${after.client} read ${previewKey(after.key)} = ${previewApart(after.value, before.value)} at ` +
      `${describeMs(after.callMs)}, after ${primary} became primary, but ${before.client} had read ` +
      `${previewApart(before.value, after.value)} at ${describeMs(before.callMs)} and nothing was written between.`,
    evidence: {
      operations,
      events: pickEvents(operations, timeline, before.callMs, after.returnMs ?? after.callMs),
    },
  });
}
