/** All kinds of policies; `README.md` explains how to add one. */

import { ALL_OR_NOTHING } from './all-or-nothing.js';
import { DECISION } from './decision.js';
import { LINEAR } from './linear.js';
import { PASSES } from './passes.js';
import type { Alias, RateKind, TestKind } from './policy-kind.js';
import { STEPS } from './steps.js';

/** In the order in which people see them. */
const KINDS = [ALL_OR_NOTHING, LINEAR, PASSES, STEPS, DECISION] as const;

type Kind = (typeof KINDS)[number];

/** A policy that gives a share of a scenario's points for a failure rate. */
export type RatePolicy = Extract<Kind, { earnsBy: 'rate' }>['example'];

/** A policy that gives a share of a scenario's points for the decision of the rubric's sequential test. */
export type TestPolicy = Extract<Kind, { earnsBy: 'test' }>['example'];

/** A policy: the share of its points that a scenario earns. All rates and shares are from 0 to 1. */
export type Policy = RatePolicy | TestPolicy;

/** A policy as it may be written in rubric.yaml. */
export type WrittenPolicy = Kind['example'];

/** A kind of policies where it is not known which. */
export type PolicyKind = RateKind<Policy> | TestKind<Policy>;

/** A kind of what may be written in rubric.yaml. */
export type WrittenKind = PolicyKind | Alias<WrittenPolicy, Policy>;

export const WRITTEN_KINDS: readonly WrittenKind[] = KINDS;

/** Without other ways to write them: a rubric has these once it is read. */
export const POLICY_KINDS = WRITTEN_KINDS.filter(
  (kind): kind is PolicyKind => kind.earnsBy !== 'alias',
);

const BY_NAME = new Map(POLICY_KINDS.map((kind) => [kind.kind, kind]));

export function kindOf(policy: RatePolicy): RateKind<RatePolicy>;
export function kindOf(policy: TestPolicy): TestKind<TestPolicy>;
export function kindOf(policy: Policy): PolicyKind;
export function kindOf({ kind }: Policy): PolicyKind {
  const found = BY_NAME.get(kind);
  if (found === undefined) throw new Error(`there is no policy of the kind ${kind}`);
  return found;
}

export function isRatePolicy(policy: Policy): policy is RatePolicy {
  return kindOf(policy).earnsBy === 'rate';
}

/** Such as `all points up to a failure rate of 5 %, none above`; a phrase. */
export function describePolicy(policy: Policy): string {
  return kindOf(policy).describe(policy);
}
