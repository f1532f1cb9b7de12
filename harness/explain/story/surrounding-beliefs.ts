/** Who believed which view while a failure came about, where the failure has to do with that. */

import { VIEW_SERVICE } from '../../cluster/cluster.js';
import type { Belief } from '../../history/beliefs.js';
import type { History } from '../../history/operation.js';
import type { TracedCall } from '../../history/trace.js';
import type { RuleId } from '../../lab/rules.js';
import type { FailFinding } from '../../lab/verdict.js';

/** The rules of the k/v service about what a server does in the role it has, or takes itself to have. */
const ABOUT_ROLES: readonly RuleId[] = ['kv-roles', 'kv-promoted', 'kv-forwarding', 'kv-survival'];

/** Most beliefs of one piece of evidence; of more, the last ones are kept. */
const MAX_BELIEFS = 60;

/** The beliefs held between the first and the last moment of the story; none if views do not matter. */
export function surroundingBeliefs(
  { rule, evidence }: FailFinding,
  calls: readonly TracedCall[],
  beliefs: readonly Belief[],
): Belief[] {
  const { operations, events } = evidence;
  const isAboutViews = rule.startsWith('view-') || ABOUT_ROLES.includes(rule);
  if (!isAboutViews && !isSpread(operations, calls)) return [];
  const times = [
    ...operations.flatMap(({ callMs, returnMs = Infinity }) => [callMs, returnMs]),
    ...events.map(({ atMs }) => atMs),
  ];
  const fromMs = Math.min(...times);
  const toMs = Math.max(...times);
  const isHeld = (belief: Belief) =>
    belief.fromMs <= toMs && (belief.untilMs ?? Infinity) >= fromMs;
  return beliefs.filter(isHeld).slice(-MAX_BELIEFS);
}

/** Whether clients' calls with these operations went to different servers. */
function isSpread(operations: History, calls: readonly TracedCall[]): boolean {
  const askers = new Map(operations.map(({ id, client }) => [id, client]));
  const asked = calls.filter(
    ({ from, to, operation = -1 }) => to !== VIEW_SERVICE && askers.get(operation) === from,
  );
  return new Set(asked.map(({ to, reached = to }) => reached)).size > 1;
}
