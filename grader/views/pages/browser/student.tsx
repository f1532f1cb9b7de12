/** On a student's page: what can be looked at closely, filtered and copied. */

import { hydrate } from 'preact';
import { Runs, type DrawnRuns } from '../space-time/runs.js';
import './copy.js';
import { islandsOf, pageData } from './islands.js';
import './log-filter.js';
import './open-target.js';
import './theme.js';

const drawn = pageData<DrawnRuns[]>();

for (const [index, island] of islandsOf('runs').entries()) {
  const runs = drawn[index];
  if (runs !== undefined) hydrate(<Runs drawn={runs} />, island);
}
