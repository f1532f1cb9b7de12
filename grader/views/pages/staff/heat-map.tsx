/**
 * Students × scenarios as a table that can be read without a script, which adds sorting, filters, details and the
 * keyboard. The server and the script render the same component.
 */

import { useEffect, useMemo, useState } from 'preact/hooks';
import { useIsLive } from '../island.js';
import { CellDetails } from './cell-details.js';
import { HeatControls } from './heat-controls.js';
import { HeatTable } from './heat-table.js';
import {
  FIRST_VIEW,
  shownScenarios,
  shownStudents,
  type HeatView,
  type Place,
} from './heat-view.js';
import type { StaffData } from './staff-data.js';

export function HeatMap({ data }: { data: StaffData }) {
  const [view, setView] = useState(FIRST_VIEW);
  const [place, setPlace] = useState<Place>();
  const isLive = useIsLive();
  const { rows, columns, isReversed, student, scenario, part, group } = view;
  const change = (changes: Partial<HeatView>) => setView((old) => ({ ...old, ...changes }));
  const sortStudents = (by: string) =>
    setView((old) => ({ ...old, rows: by, isReversed: old.rows === by && !old.isReversed }));
  const students = useMemo(() => shownStudents(data, view), [rows, isReversed, student, group]);
  const scenarios = useMemo(() => shownScenarios(data, view), [columns, scenario, part, group]);
  // Twenty thousand cells are rendered again only when others are shown.
  const table = useMemo(
    () => (
      <HeatTable
        data={data}
        students={students}
        scenarios={scenarios}
        sortedBy={rows}
        isReversed={isReversed}
        onSort={sortStudents}
        onPlace={setPlace}
      />
    ),
    [students, scenarios],
  );
  useGroupButtons((index) => change({ group: index }));
  return (
    <>
      <p>
        Each number is a failure rate in percent. Its colour says the same; the stronger the colour,
        the narrower the 95 % interval.
      </p>
      <Legend />
      <div hidden={!isLive}>
        <HeatControls
          data={data}
          view={view}
          shown={{ students, scenarios }}
          onChange={change}
          onReset={() => setView(FIRST_VIEW)}
        />
      </div>
      <div class="heat-box">{table}</div>
      <CellDetails
        data={data}
        place={place}
        onSortStudents={sortStudents}
        onSortScenarios={(by) => change({ columns: by })}
      />
    </>
  );
}

/** The buttons of failure groups show the students and scenarios of their group alone. */
function useGroupButtons(onGroup: (index: string) => void): void {
  useEffect(() => {
    for (const button of document.querySelectorAll<HTMLElement>('button[data-group]')) {
      button.hidden = false;
      button.addEventListener('click', () => {
        onGroup(button.dataset['group'] ?? '');
        const section = document.querySelector<HTMLDetailsElement>('details#heat');
        if (section !== null) section.open = true;
        section?.scrollIntoView();
        section?.querySelector<HTMLElement>('[name=group]')?.focus({ preventScroll: true });
      });
    }
  }, []);
}

const LEGEND = [
  ['r0 s3', '0', 'never fails'],
  ['r1 s3', '3', 'up to 5 %'],
  ['r2 s3', '12', 'up to 20 %'],
  ['r3 s3', '40', 'up to 50 %'],
  ['r4 s3', '70', 'above 50 %'],
  ['r5 s3', '100', 'always fails'],
  ['r3 s2', '40', 'interval wider than 20 points'],
  ['r3 s1', '40', 'wider than 35'],
  ['u r2 s1', '20?', 'undecided: fewer than 10 usable runs'],
  ['u', '?', 'no usable run'],
  ['x', '–', 'not run'],
] as const;

function Legend() {
  return (
    <ul class="legend" aria-label="Legend">
      {LEGEND.map(([look, text, meaning]) => (
        <li>
          <span class={look}>{text}</span> {meaning}
        </li>
      ))}
    </ul>
  );
}
