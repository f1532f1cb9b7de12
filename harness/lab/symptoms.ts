/** All symptoms by their ids; each class has its file. */

import { BUILD } from './symptoms/build-symptoms.js';
import { COST } from './symptoms/cost-symptoms.js';
import { CRASH } from './symptoms/crash-symptoms.js';
import { LIVENESS } from './symptoms/liveness-symptoms.js';
import { PROTOCOL } from './symptoms/protocol-symptoms.js';
import { SAFETY } from './symptoms/safety-symptoms.js';
import type { Symptom, SymptomWords } from './symptoms/symptom.js';

export const SYMPTOMS = { ...SAFETY, ...LIVENESS, ...CRASH, ...PROTOCOL, ...COST, ...BUILD };

/** The id of a symptom, such as `lost-acknowledged-write`. Journals keep it: a symptom is not renamed. */
export type SymptomId = keyof typeof SYMPTOMS;

/** The symptom that was stored under this id; undefined where another version of the kit has stored it. */
export function findSymptom(id: string): Symptom | undefined {
  return isSymptomId(id) ? SYMPTOMS[id] : undefined;
}

/** The words for a symptom that breaks this rule; undefined if there is no such symptom. */
export function symptomWords(rule: string, id: string): SymptomWords | undefined {
  const found = findSymptom(id);
  const [, special] = Object.entries(found?.under ?? {}).find(([broken]) => broken === rule) ?? [];
  return special ?? found;
}

function isSymptomId(id: string): id is SymptomId {
  return Object.hasOwn(SYMPTOMS, id);
}
