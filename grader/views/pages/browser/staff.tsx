/** The script of the staff page: sorting, filters, copying and the what-if. */

import { hydrate, render } from 'preact';
import { HeatMap } from '../staff/heat-map.js';
import type { StaffData } from '../staff/staff-data.js';
import { WhatIfForm } from '../staff/what-if.js';
import { offerCopies } from './copy.js';
import { islandsOf, pageData } from './islands.js';
import { sortTables } from './sortable.js';
import { offerThemes } from './theme.js';

const data: StaffData = JSON.parse(pageData());

offerThemes();
offerCopies();
sortTables();

for (const island of islandsOf('heat')) hydrate(<HeatMap data={data} />, island);

const { rubric } = data;
if (rubric !== undefined) {
  // Grading a class takes a moment, so the page is shown before.
  addEventListener('load', () => {
    setTimeout(() => {
      for (const island of islandsOf('what-if')) {
        island.replaceChildren();
        render(<WhatIfForm data={data} rubric={rubric} />, island);
      }
    });
  });
}
