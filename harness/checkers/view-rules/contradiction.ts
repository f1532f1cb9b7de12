/** Two or three events of a timeline that contradict each other. */

import type { TimelineEvent } from '../../history/timeline.js';
import type { RuleId } from '../../lab/rules.js';
import type { SymptomId } from '../../lab/symptoms.js';
import type { Sighting } from './book.js';

export interface Contradiction {
  rule: RuleId;
  symptom: SymptomId;
  /** One full sentence. */
  says: string;
  events: TimelineEvent[];
}

/** Who saw it, as the beginning of a sentence: `pb1 was told` or `The view service reported`. */
export function describeWitness(sighting: Sighting): string {
  return sighting.kind === 'told' ? `${sighting.process} was told` : 'The view service reported';
}
