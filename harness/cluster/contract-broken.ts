/**
 * An error that tells the run that the submission has broken a rule and the scenario cannot go on. It
 * is thrown only to leave the scenario; the run turns it into the finding it carries.
 */

import type { Operation } from '../history/operation.js';
import type { TimelineEvent, View } from '../history/timeline.js';
import type { RuleId } from '../lab/rules.js';
import type { SymptomId } from '../lab/symptoms.js';
import type { FailureFacts } from '../lab/verdict.js';

/** The failure that was found; without a rule, the rule is the one that the scenario tests. */
export type WorldFinding = Omit<FailureFacts, 'rule'> & Partial<Pick<FailureFacts, 'rule'>>;

/** What a scenario waited for and did not get, with the view that was reported instead. */
export type Waited = { kind: 'view'; view: View } | { kind: 'pings'; server: string };

export class Breach extends Error {
  constructor(
    readonly finding: WorldFinding,
    readonly waited?: Waited,
  ) {
    super(finding.says);
    this.name = 'Breach';
  }
}

/**
 * Thrown to leave the scenario when the kit itself held back what the scenario waited for: the run proves nothing
 * about the submission.
 */
export class HeldByKit extends Error {
  /** `what` did not come; `obstruction` is a clause that says what was in the way. */
  constructor(what: string, obstruction: string) {
    super(`${what}, but ${obstruction} all the time, so this run is not counted.`);
    this.name = 'HeldByKit';
  }
}

export interface BreachFacts {
  /** The rule that the scenario tests, if absent. */
  rule?: RuleId;
  symptom: SymptomId;
  /** How a process ended; see `FailFinding`. */
  exit?: string;
  says: string;
  /** See `FailFinding`. */
  beyondTiming?: true;
  /** The wait that was over, if one was. */
  waited?: Waited | undefined;
  operations?: Operation[];
  events?: TimelineEvent[];
}

/** A breach found by the world itself while it ran the scenario. */
export function breach(facts: BreachFacts): Breach {
  const { operations = [], events = [], waited, ...rest } = facts;
  return new Breach({ by: 'cluster', ...rest, evidence: { operations, events } }, waited);
}
