/**
 * The words of judgement: what a checker may say about a run, and how several such findings become
 * one verdict. It decides nothing by itself.
 */

import { CLASS_ORDER, type FailureClass } from './failure-class.js';
import type { Doing } from './doing.js';
import type { RuleId } from './rules.js';
import { SYMPTOMS, type SymptomId } from './symptoms.js';
import type { Operation } from '../history/operation.js';
import type { Belief } from '../history/beliefs.js';
import type { TimelineEvent } from '../history/timeline.js';
import type { TracedCall } from '../history/trace.js';

export const VERDICTS = ['pass', 'fail', 'unknown'] as const;

/** `unknown` is not a mild failure and not a pass: the run proves nothing about the submission. */
export type Verdict = (typeof VERDICTS)[number];

export const UNKNOWN_CAUSES = [
  /** The kit or the machine was late: the submission is not to blame for the timing. */
  'disturbed',
  /** The planned fault did not take effect. */
  'fault-never-bit',
  /** The kit itself held a call that the expected event needed. */
  'held-by-kit',
  /** A standing delay made a server look dead, for which the lab promises nothing. */
  'delayed-to-death',
  /** A virtual clock could not go on, because a process did not wait in a way that the kit can see. */
  'stood-still',
  /** A checker ran out of its time or memory. */
  'budget-exhausted',
  /** An assertion of the kit failed, or its worker died. */
  'kit-broke',
] as const;

/** Why a verdict is `unknown`. */
export type UnknownCause = (typeof UNKNOWN_CAUSES)[number];

/**
 * The few operations and events that prove a failure, each list in order of time. The run adds what else
 * it has seen, for people: of a history that was only read there is nothing to add.
 */
export interface Evidence {
  operations: Operation[];
  events: TimelineEvent[];
  /** The calls that carried the operations, and those that stood in their way. */
  calls?: TracedCall[];
  /** Who believed which view meanwhile, where that matters. */
  beliefs?: Belief[];
  /** The measurements of the run, if they are the proof. */
  series?: Series[];
  /** What the processes were doing when something was overdue, as far as they say that. */
  doing?: Doing;
  /** What programs printed of exceptions in this run, which they may have survived. */
  exceptions?: ExceptionSeen[];
  /** Where the data of the servers parted, as sentences, where the calls show it. */
  parted?: string[];
}

/** One kind of exception that a process printed. */
export interface ExceptionSeen {
  process: string;
  /** When the first one came; absent if that is not known. */
  atMs?: number;
  /** The lines of its report. */
  lines: string[];
  /** How many there were. */
  times: number;
}

/** One quantity that was measured several times, such as the descriptors of a server; a story draws it as a line. */
export interface Series {
  /** The measured quantity, with its unit if it is not a number of things. */
  what: string;
  values: number[];
  /** The unit of `at`, in the plural. */
  unit: string;
  /** At how many of them each value was measured; as many as there are values, ascending. */
  at: number[];
}

/** Nothing wrong was found. */
export interface PassFinding {
  verdict: 'pass';
  /** Name of the checker that speaks. */
  by: string;
  /** One full sentence. */
  says: string;
}

/** The submission broke a rule. */
export interface FailFinding {
  verdict: 'fail';
  by: string;
  class: FailureClass;
  /** The rule of the lab that was broken. */
  rule: RuleId;
  /** The observed symptom. */
  symptom: SymptomId;
  /** How a process came to its end, such as `exit code 1` or `panic in viewservice.(*ViewServer).Ping`. */
  exit?: string;
  /** The kind of operation it was observed on, where there is one. */
  operation?: string;
  /** One full sentence for a student: what was seen, on which operation, and what was expected. */
  says: string;
  /** No lateness of the kit or of the machine can have led to it, so it counts in a disturbed run, too. */
  beyondTiming?: true;
  evidence: Evidence;
}

/** It cannot be told. */
export interface UnknownFinding {
  verdict: 'unknown';
  by: string;
  cause: UnknownCause;
  says: string;
}

export type Finding = PassFinding | FailFinding | UnknownFinding;

const WEIGHT: Record<Verdict, number> = { pass: 0, unknown: 1, fail: 2 };

/** A failure that a checker or a scenario found; its class follows from the symptom. */
export type FailureFacts = Omit<FailFinding, 'verdict' | 'class'>;

export function failFinding({ by, ...facts }: FailureFacts): FailFinding {
  return { verdict: 'fail', by, class: SYMPTOMS[facts.symptom].class, ...facts };
}

/**
 * The finding that speaks for a run: `fail` over `unknown` over `pass`, and among failures the most
 * telling class; the earlier one of equals. The list must not be empty.
 */
export function leadingFinding(findings: readonly Finding[]): Finding {
  const [first, ...rest] = findings;
  if (first === undefined) throw new Error('leadingFinding: a run without findings has no verdict');
  return rest.reduce((best, next) => (outweighs(next, best) ? next : best), first);
}

function outweighs(next: Finding, best: Finding): boolean {
  if (next.verdict === 'fail' && best.verdict === 'fail') {
    return CLASS_ORDER.indexOf(next.class) < CLASS_ORDER.indexOf(best.class);
  }
  return WEIGHT[next.verdict] > WEIGHT[best.verdict];
}
