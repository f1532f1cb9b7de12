/**
 * The description of a kind of policy: its form in rubric.yaml, the points that it earns, and its words. Everything
 * else follows from that: how rubrics and results are checked, the form of the what-if, the lines that it writes back.
 * A kind imports no package, so that it works in a browser as well.
 */

import type { Decision } from '../../statistics/sequential/wald-test.js';

/** A percentage, by the label of its input; or a list of steps that each have several. */
type Field = string | Readonly<Record<string, string>>;

type FieldsOf<P> = Readonly<Record<string, Field>> & {
  readonly [Name in Exclude<keyof P, 'kind'>]: P[Name] extends number ? string : object;
};

/** Something that the percentages, each right by itself, may not say together. */
export interface Mistake {
  /** Keys and indices from the policy to the value that is wrong. */
  path: (string | number)[];
  /** The expected value, as a phrase. */
  message: string;
}

/** The written form; `P` has its `kind`, and all of its numbers are from 0 to 1. */
interface Written<P extends { kind: string }> {
  kind: P['kind'];
  fields: FieldsOf<P>;
  /** Valid; `rubric new` shows it, and the what-if begins with it. */
  example: P;
  /** Meaning of the example, for `rubric new`; empty where it is plain. */
  comment: string;
  /** Empty where the policy is valid; a policy may always be any of its percentages if it is absent. */
  mistakes?(policy: P): Mistake[];
}

/** Another way to write a policy of an existing kind. */
export interface Alias<P extends { kind: string }, Meant> extends Written<P> {
  earnsBy: 'alias';
  meaning(policy: P): Meant;
}

interface Earning<P extends { kind: string }> extends Written<P> {
  /** Its name in the what-if. */
  title: string;
  /** The points that it earns at each rate, such as `all points up to a failure rate of 5 %, none above`; a phrase. */
  describe(policy: P): string;
}

/** The share of the points that is earned up to a failure rate. */
export interface Step {
  atMost: number;
  /** Above 0. */
  share: number;
}

/** A kind that gives a share of the points for a failure rate. */
export interface RateKind<P extends { kind: string }> extends Earning<P> {
  earnsBy: 'rate';
  /** The share of the points, from 0 to 1; it never rises with the rate. */
  shareAt(policy: P, rate: number): number;
  /** Where points jump: ascending rates with descending shares, none of the points above. Empty if they never do. */
  steps(policy: P): readonly Step[];
}

/** A kind that gives a share of the points for what the rubric's sequential test finds; only with `stopping`. */
export interface TestKind<P extends { kind: string }> extends Earning<P> {
  earnsBy: 'test';
  /** The share of the points, from 0 to 1; `undefined` is a test that has not decided. */
  shareAfter(policy: P, decision: Decision | undefined): number;
}

/** The share at a rate of a policy that has nothing but steps. */
export function shareInSteps(steps: readonly Step[], rate: number): number {
  return steps.find(({ atMost }) => rate <= atMost)?.share ?? 0;
}
