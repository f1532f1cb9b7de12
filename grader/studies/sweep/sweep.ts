/**
 * The findings of a sweep: how often a scenario fails when calls of one kind are late, for each kind and each
 * delay, and where that makes a difference. It is the one model behind all its reports, and the content of
 * `sweep.json`. build-sweep.ts builds it.
 */

import type { CallKind, HeldPart } from '../../../harness/index.js';
import type { Machine } from '../../measured/grading-machine.js';
import type { FailureRate, ScenarioTally, SignatureCount } from '../../tally/scenario-tally.js';

export const SWEEP_FORMAT = 'pblab/sweep/1';
export const SWEEP_FILE = 'sweep.json';

/** The runs in which calls of one kind were delayed by so much. */
export interface SweepCell {
  /** 0 for the runs of the baseline in which there were such calls. */
  delayMs: number;
  /** Which share of the calls was held; 0 in the baseline. */
  share: number;
  planned: number;
  /** Runs that passed, failed, or could not be judged. */
  passed: number;
  failed: number;
  unknown: number;
  unknownCauses: ScenarioTally['unknownCauses'];
  /** Runs that ended before there was such a call, or in which none was delayed; not counted in any rate. */
  withoutEffect: number;
  /** Planned runs that have no record. */
  undone: number;
  failureRate: FailureRate;
  signatures: SignatureCount[];
}

/** Runs on one side of a delay, together. */
export interface SweepSide {
  failed: number;
  usable: number;
  failureRate: FailureRate;
}

/** A position that matters: from some delay on the scenario fails more, or less, often than below it. */
export interface SweepRace {
  /** The delay from which on it is otherwise, in ms. */
  fromMs: number;
  /** The longest delay below it, in ms; 0 if it is the baseline alone. */
  belowMs: number;
  /** The runs with less delay, and those with this delay or more. */
  below: SweepSide;
  from: SweepSide;
  /** Probability that this is chance (Fisher), uncorrected and corrected for all comparisons (Holm). */
  probability: number;
  corrected: number;
}

export interface SweptPosition extends CallKind {
  id: string;
  /** Runs of the baseline in which there were such calls, and how many there were in each of them. */
  seenIn: number;
  callsPerRun: number;
  /** The baseline first, then ascending by delay. */
  cells: SweepCell[];
  /** Delays asked for that were left out, in ms: a server that pings so late may rightly look dead. */
  leftOutMs: number[];
  /** Absent where no difference is more than chance. */
  race?: SweepRace;
}

export interface Sweep {
  format: typeof SWEEP_FORMAT;
  /** The version of the kit that made the plan. */
  kit: string;
  /** When it was generated; ISO 8601, UTC. */
  createdAt: string;
  seed: string;
  machine: Machine;
  submission: { name: string; spec: string; digest: string };
  scenario: string;
  part: HeldPart;
  delaysMs: number[];
  runsPerPosition: number;
  /** All undelayed runs. */
  baseline: ScenarioTally;
  positions: SweptPosition[];
  /** Runs that failed although no call was late in them; not counted in any rate. */
  failedUntouched: number;
  /** Kinds of calls that are too rare to be swept. */
  rare: CallKind[];
  /** Up to which corrected probability a difference counts. */
  significance: number;
}
