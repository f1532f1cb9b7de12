/** Turns what is known of a run into its record: counts, signature, the one sentence. */

import type { RunCosts } from '../costs/costs.js';
import type { CallCount, StandingDelay } from '../faults/standing-delay.js';
import type { World } from '../ground/world.js';
import type { History, Outcome } from '../history/operation.js';
import { isOfScenario, tookEffect, type TimelineEvent } from '../history/timeline.js';
import type { Besides, RaceCount, RunRecord } from './record.js';
import { distinctMet, type Met } from '../scenarios/stage/met.js';
import type { PlanData } from '../scenarios/stage/plan-data.js';
import { formatSignature, type Signature } from '../lab/signature.js';
import type { Incident } from '../lab/incidents.js';
import type { FailFinding, Finding } from '../lab/verdict.js';

/** The identity of a run, before it is run. */
export interface RunIdentity {
  key: string;
  attempt: number;
  index: number;
  seed: string;
  submission: { name: string; digest: string };
  scenario: string;
}

export interface RunFacts extends RunIdentity {
  world: World;
  /** Only of the virtual world. */
  trace?: string | undefined;
  finding: Finding;
  /** The judgement without that finding, where it is not about what the scenario tests. */
  besides?: Finding | undefined;
  operations: History;
  timeline: readonly TimelineEvent[];
  /** The situations that a generated scenario met. */
  met: readonly Met[];
  /** The plan that a generated scenario was given to play. */
  plan?: PlanData | undefined;
  costs: RunCosts;
  durationMs: number;
  cpuMs: number;
  lagMs: number;
  standing?: readonly StandingDelay[] | undefined;
  calls?: readonly CallCount[] | undefined;
  races: readonly RaceCount[];
  /** What programs did beside answering calls. */
  incidents: readonly Incident[];
}

export function describeRun(facts: RunFacts): RunRecord {
  const { key, attempt, index, seed, submission, scenario, finding } = facts;
  return {
    key,
    attempt,
    submission,
    scenario,
    index,
    seed,
    world: facts.world,
    ...(facts.trace === undefined ? {} : { trace: facts.trace }),
    verdict: finding.verdict,
    ...kindOf(finding, facts.timeline),
    ...(facts.besides === undefined ? {} : { besides: besidesOf(facts.besides, facts.timeline) }),
    ...(finding.verdict === 'unknown' ? { cause: finding.cause } : {}),
    reason: finding.says,
    durationMs: Math.round(facts.durationMs),
    cpuMs: Math.round(facts.cpuMs),
    operations: countOutcomes(facts.operations),
    ...(Object.keys(facts.costs).length === 0 ? {} : { costs: facts.costs }),
    ...(facts.standing === undefined ? {} : { standing: [...facts.standing] }),
    ...(facts.calls === undefined ? {} : { calls: [...facts.calls] }),
    faults: countFaults(facts.timeline),
    ...(facts.met.length === 0 ? {} : { met: distinctMet(facts.met) }),
    ...(facts.plan === undefined ? {} : { plan: facts.plan }),
    ...(facts.races.length > 0
      ? { races: facts.races.map(({ signature, count }) => ({ signature, count })) }
      : {}),
    ...(facts.incidents.length > 0 ? { incidents: facts.incidents.map(inWholeMs) } : {}),
    lagMs: Math.round(facts.lagMs),
  };
}

function besidesOf(finding: Finding, timeline: RunFacts['timeline']): Besides {
  return { verdict: finding.verdict, ...kindOf(finding, timeline), reason: finding.says };
}

function kindOf(
  finding: Finding,
  timeline: RunFacts['timeline'],
): Pick<Besides, 'class' | 'signature'> {
  if (finding.verdict !== 'fail') return {};
  return { class: finding.class, signature: formatSignature(signatureOf(finding, timeline)) };
}

function inWholeMs(incident: Incident): Incident {
  return { ...incident, atMs: Math.round(incident.atMs) };
}

function signatureOf(
  { rule, symptom, exit, operation, evidence: { operations } }: FailFinding,
  timeline: readonly TimelineEvent[],
): Signature {
  const untilMs = Math.max(...operations.map(({ callMs }) => callMs), 0) || Infinity;
  const last = timeline.findLast((event) => event.atMs <= untilMs && isStrike(event));
  return {
    rule,
    symptom,
    exit,
    operation: operation ?? operations.at(-1)?.op,
    after: last?.kind === 'fault' ? last.fault : last?.kind,
  };
}

/** Something that was done to the cluster, rather than what came of it. */
function isStrike(event: TimelineEvent): boolean {
  if (event.kind === 'fault') return isOfScenario(event) && tookEffect(event);
  return event.kind === 'killed' || event.kind === 'paused';
}

function countOutcomes(operations: History): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { ok: 0, failed: 0, indefinite: 0 };
  for (const { outcome } of operations) counts[outcome]++;
  return counts;
}

function countFaults(timeline: readonly TimelineEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const event of timeline) {
    if (event.kind !== 'fault' || !tookEffect(event)) continue;
    counts[event.fault] = (counts[event.fault] ?? 0) + 1;
  }
  return counts;
}
