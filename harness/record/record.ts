/**
 * The result of one run: submission × scenario × seed × world. Everything after a run (tally, grade,
 * report) is a fold over these records, so a record holds facts, never opinions on many runs.
 */

import type { RunCosts } from '../costs/costs.js';
import type { CallCount, StandingDelay } from '../faults/standing-delay.js';
import type { Outcome } from '../history/operation.js';
import type { PlanData } from '../scenarios/stage/plan-data.js';
import type { FailureClass } from '../lab/failure-class.js';
import type { UnknownCause, Verdict } from '../lab/verdict.js';

/** Like data races of one run. */
export interface RaceCount {
  signature: string;
  count: number;
}

export interface RunRecord {
  /** Key of the planned run; a later attempt at the same run replaces the earlier one. */
  key: string;
  /** From 0; above 0 when earlier attempts were disturbed by the kit. */
  attempt: number;
  submission: { name: string; digest: string };
  scenario: string;
  /** Which repetition of the scenario, from 0. */
  index: number;
  seed: string;
  world: 'processes';
  verdict: Verdict;
  /** Only for `fail`. */
  class?: FailureClass;
  /** Only for `fail`: groups like failures; made of rule, symptom, last fault and exit, not of texts. */
  signature?: string;
  /** Only for `unknown`. */
  cause?: UnknownCause;
  /** One full sentence. */
  reason: string;
  durationMs: number;
  /** Processor time of the submission's processes and the kit's worker, in ms. */
  cpuMs: number;
  operations: Record<Outcome, number>;
  /** Calls of these kinds were held back throughout the run; present, and empty, where calls were only counted. */
  standing?: StandingDelay[];
  /** The kinds of calls that there were; only where `standing` is present. */
  calls?: CallCount[];
  /** What it has cost, as far as it gives a measure of it; absent where nothing could be measured. */
  costs?: RunCosts;
  /** How often each fault took effect, on a call or on a link that a call met. */
  faults: Record<string, number>;
  /** What a generated scenario has brought about, each once; absent where that is nothing. */
  met?: { target: string; did: string; moment: string }[];
  /** The plan that a generated scenario was given to play; absent where it has drawn one from the seed. */
  plan?: PlanData;
  /**
   * Data races that Go's race detector reported, by the two functions that met; absent without any. They
   * are findings of their own, and change no verdict.
   */
  races?: RaceCount[];
  /** The kit's worst own lateness in this run, in ms. */
  lagMs: number;
  /** Only of a run that passed: its evidence folder tells all that happened, to compare a failing run with. */
  keptWhole?: true;
  /** Evidence folder, relative to the grading's directory; absent if none was kept. */
  artifacts?: string;
}
