/** A symptom: an observable failure of a submission, with the words for it. */

import type { FailureClass } from '../failure-class.js';
import type { RuleId } from '../rules.js';

export interface SymptomWords {
  /** The beginning of a title; `{operation}` stands for the kind of operation, or for the word itself. */
  title: string;
  /** What a submission with it does, in the third person: `loses acknowledged writes`; absent where its class says enough. */
  does?: string;
  /** A full sentence or two for the person who has to find the mistake. It never gives the answer away. */
  lookAt: string;
}

export interface Symptom extends SymptomWords {
  class: FailureClass;
  /** Nothing of the submission can be tested where it shows. */
  isBeforeStart?: true;
  /** Something did not come in time: what each process was doing then may say why. */
  isOverdue?: true;
  /** Words to use instead where the symptom breaks this rule. */
  under?: Partial<Record<RuleId, SymptomWords>>;
}

/** The symptoms of one class, by their ids. */
export function defineSymptoms<Id extends string>(
  failureClass: FailureClass,
  symptoms: Record<Id, Omit<Symptom, 'class'>>,
): Record<Id, Symptom>;
export function defineSymptoms(
  failureClass: FailureClass,
  symptoms: Record<string, Omit<Symptom, 'class'>>,
): Record<string, Symptom> {
  return Object.fromEntries(
    Object.entries(symptoms).map(([id, one]) => [id, { class: failureClass, ...one }]),
  );
}
