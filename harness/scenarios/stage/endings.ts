/** How a scenario leaves early. All are thrown only for that; the run makes findings of them. */

import type { Operation } from '../../history/operation.js';
import type { RuleId } from '../../lab/rules.js';
import type { FailureFacts, Series } from '../../lab/verdict.js';

/** The observation that contradicts the rule. */
export interface Disappointment extends Pick<FailureFacts, 'symptom' | 'says' | 'beyondTiming'> {
  /** The rule of the scenario if absent. */
  rule?: RuleId;
  /** Those that prove it; without any, the last events of the run do. */
  operations?: readonly Operation[];
  /** The measurement of the scenario, if it is the proof. */
  series?: readonly Series[];
}

/** A rule was broken. */
export class Unmet extends Error {
  constructor(readonly facts: Disappointment) {
    super(facts.says);
    this.name = 'Unmet';
  }
}

/** The kit was late in what the scenario needs in time, so the run proves nothing. A full sentence. */
export class Late extends Error {
  constructor(says: string) {
    super(says);
    this.name = 'Late';
  }
}

/** The scenario could not do or measure what a pass would have to rest on. A full sentence. */
export class Untested extends Error {
  constructor(says: string) {
    super(says);
    this.name = 'Untested';
  }
}
