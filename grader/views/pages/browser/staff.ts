/** On the staff page: what can be sorted, filtered, copied and tried. */

import type { StaffData } from '#grader/views/pages/staff/staff-data.js';
import { offerCopies } from './staff/copy.js';
import { element } from './staff/dom.js';
import { startHeatMap } from './staff/heat-map.js';
import { makeSortable } from './staff/sortable.js';
import { startWhatIf } from './staff/what-if.js';

const data: StaffData = JSON.parse(element('#data').textContent);

offerCopies();
const items = document.querySelector('#item-table');
if (items instanceof HTMLTableElement) makeSortable(items);
startHeatMap(data);
if (data.rubric !== undefined) startWhatIf(data, data.rubric);
