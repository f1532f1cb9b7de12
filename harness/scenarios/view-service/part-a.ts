/** What all scenarios of Part A have in common. The rules of views are held against every run anyway. */

import type { Scenario } from '../stage/scenario.js';

type Common = 'part' | 'requires' | 'deadlineMs' | 'checkers';

export const PART_A: Pick<Scenario, Common> = {
  part: 'A',
  requires: [],
  deadlineMs: 30_000,
  checkers: [],
};
