/** The script of a student's page: diagrams, filters and copying. */

import { hydrate } from 'preact';
import { Runs, type DrawnRuns } from '../space-time/runs.js';
import { offerCopies } from './copy.js';
import { islandsOf, pageData } from './islands.js';
import { offerLogFilters } from './log-filter.js';
import { openTargets } from './open-target.js';
import { offerThemes } from './theme.js';

const drawn: DrawnRuns[] = JSON.parse(pageData());

offerThemes();
offerCopies();
offerLogFilters();

for (const [index, island] of islandsOf('runs').entries()) {
  const runs = drawn[index];
  if (runs !== undefined) hydrate(<Runs drawn={runs} />, island);
}

// Islands may grow when they come to life, so places are found after that.
openTargets();
