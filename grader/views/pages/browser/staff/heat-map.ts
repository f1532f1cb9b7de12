/** The heat-map comes to life: orders, filters, details, keys. One listener of a kind serves all cells. */

import type { StaffData } from '#grader/views/pages/staff/staff-data.js';
import { showDetails } from './details.js';
import { choiceIn, element, elementOf } from './dom.js';
import { showWhatMatches } from './filter.js';
import { cellOf, moveByKeys } from './grid-keys.js';
import { heatTable, type HeatTable, type Place } from './heat-table.js';
import { sortingOf, type Sorting } from './sorting.js';

export function startHeatMap(data: StaffData): void {
  const heat = heatTable(data.scenarios.length);
  const form = elementOf(HTMLFormElement, '#heat-controls');
  const sorting = sortingOf(data, heat, form);
  const filter = () => showWhatMatches(data, heat, form);
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => {
    // Its controls have their first values only after this event.
    setTimeout(() => {
      sorting.again();
      filter();
    });
  });
  offerGroups(form, filter);
  followFocus(data, heat, sorting);
  form.hidden = false;
  filter();
}

/** The buttons of groups show those students and scenarios alone. */
function offerGroups(form: HTMLFormElement, filter: () => void): void {
  const group = choiceIn(form, 'group');
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-group]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      if (group === undefined) return;
      group.value = button.dataset['group'] ?? '';
      filter();
      elementOf(HTMLDetailsElement, '#heat').open = true;
      element('#heat').scrollIntoView();
      group.focus({ preventScroll: true });
    });
  }
}

/** Details of the cell below the mouse, else of the one that was last in focus. */
function followFocus(data: StaffData, heat: HeatTable, sorting: Sorting): void {
  const panel = element('#heat-details');
  let chosen: Place | undefined;
  const show = (place: Place | undefined) => {
    if (place === undefined) return;
    showDetails(panel, data, place, {
      sortStudents: () => sorting.studentsByScenario(place.scenario),
      sortScenarios: () => sorting.scenariosByStudent(place.student),
    });
  };
  const placeAt = (target: EventTarget | null) => {
    const cell = cellOf(target);
    return cell === undefined ? undefined : heat.placeOf(cell);
  };
  heat.table.addEventListener('mouseover', ({ target }) => show(placeAt(target)));
  // On its way to the details the mouse crosses other cells, so those of the chosen one come back.
  heat.table.addEventListener('mouseleave', () => show(chosen));
  heat.table.addEventListener('focusin', ({ target }) => {
    chosen = placeAt(target) ?? chosen;
    show(placeAt(target));
  });
  moveByKeys(heat.table, () => panel.querySelector('a')?.click());
}
