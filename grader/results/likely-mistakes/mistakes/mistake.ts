/** A mistake that students make, in words for the student who may have made it, and the mutants that make it. */

export interface Mistake {
  /** What the submission does wrong, as a full sentence. */
  says: string;
  /** Where to look for it, as a full sentence. It never gives the answer away. */
  lookAt: string;
  /** Names of the mutants that make it; each mutant makes one mistake. */
  mutants: readonly string[];
}

/** Keeps the ids of some mistakes as their type. */
export function defineMistakes<Id extends string>(
  mistakes: Record<Id, Mistake>,
): Record<Id, Mistake> {
  return mistakes;
}

/** The ids of these mistakes, in their order. */
export function idsOf<Id extends string>(mistakes: Record<Id, Mistake>): Id[];
export function idsOf(mistakes: Record<string, Mistake>): string[] {
  return Object.keys(mistakes);
}
