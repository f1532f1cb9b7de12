/** The table of the heat-map. Its markup is short, since there may be twenty thousand cells. */

import { useEffect, useMemo, useRef } from 'preact/hooks';
import { cellOf } from './cell.js';
import { hrefOfPlace } from './cell-details.js';
import { cellAt, keepOneStop, moveTo, nextCell } from './grid-keys.js';
import type { Place, Shown } from './heat-view.js';
import { points } from './section.js';
import type { StaffData } from './staff-data.js';

interface HeatTableProps extends Shown {
  data: StaffData;
  /** An order of students as in `order.ts`. */
  sortedBy: string;
  isReversed: boolean;
  onSort: (by: string) => void;
  /** The place below the mouse, else the one that was last in focus; undefined before there is one. */
  onPlace: (place: Place | undefined) => void;
}

export function HeatTable(props: HeatTableProps) {
  const { data, students, scenarios, sortedBy, isReversed, onSort } = props;
  const handlers = useGrid(props);
  const header = { sortedBy, isReversed, onSort };
  return (
    <table
      id="heat-table"
      class="heat"
      style={`--scenarios: ${data.scenarios.length}`}
      {...handlers}
    >
      <caption class="visually-hidden">
        Failure rates in percent: a row for each student, a column for each scenario
      </caption>
      <thead>
        <tr>
          <Header by="name" title="Student" {...header} />
          {isGraded(data) ? <Header by="points" title="Points" look="p" {...header} /> : null}
          {scenarios.map((index) => (
            <Header by={String(index)} title={data.scenarios[index] ?? ''} {...header} />
          ))}
        </tr>
      </thead>
      <tbody>
        {students.map((student) => (
          <Row key={student} data={data} student={student} scenarios={scenarios} />
        ))}
      </tbody>
    </table>
  );
}

function isGraded({ rubric }: StaffData): boolean {
  return rubric !== undefined;
}

interface HeaderProps extends Pick<HeatTableProps, 'sortedBy' | 'isReversed' | 'onSort'> {
  by: string;
  title: string;
  look?: string;
}

/** Names are sorted from A on, and numbers from the highest. */
function Header({ by, title, look, sortedBy, isReversed, onSort }: HeaderProps) {
  const order = (by === 'name') === isReversed ? 'descending' : 'ascending';
  return (
    <th scope="col" class={look} {...(by === sortedBy ? { 'aria-sort': order } : {})}>
      <button type="button" onClick={() => onSort(by)}>
        {title}
      </button>
    </th>
  );
}

interface RowProps {
  data: StaffData;
  student: number;
  scenarios: readonly number[];
}

function Row({ data, student, scenarios }: RowProps) {
  return useMemo(() => {
    const one = data.students[student];
    if (one === undefined) return null;
    const { label, href, ungradable, cells } = one;
    return (
      <tr>
        <th scope="row" title={label}>
          <a href={href}>{label}</a>
          {ungradable === undefined ? null : <span class="quiet"> {ungradable}</span>}
        </th>
        {isGraded(data) ? <td class="p">{points(one.points ?? 0)}</td> : null}
        {scenarios.map((scenario) => {
          const { text, look } = cellOf(data.tallies[cells[scenario] ?? -1]);
          return <td class={look}>{text}</td>;
        })}
      </tr>
    );
  }, [data, student, scenarios]);
}

/** Moves through the table by keys, and reports the current cell. One listener of a kind serves all cells. */
function useGrid({ data, students, scenarios, onPlace }: HeatTableProps) {
  const table = useRef<HTMLTableElement>(null);
  const chosen = useRef<Place | undefined>(undefined);
  const lead = isGraded(data) ? 2 : 1;
  useEffect(() => {
    if (table.current === null) return;
    table.current.setAttribute('role', 'grid');
    keepOneStop(table.current);
  });
  const placeAt = (target: EventTarget | null): Place | undefined => {
    const cell = cellAt(target);
    const row = cell?.parentElement;
    const student = row instanceof HTMLTableRowElement ? students[row.rowIndex - 1] : undefined;
    const scenario = scenarios[(cell?.cellIndex ?? -1) - lead];
    return student === undefined || scenario === undefined ? undefined : { student, scenario };
  };
  const look = (place: Place | undefined) => {
    if (place !== undefined) onPlace(place);
  };
  return {
    ref: table,
    onMouseOver: ({ target }: Event) => look(placeAt(target)),
    // On its way to the details the mouse crosses other cells, so those of the chosen one come back.
    onMouseLeave: () => look(chosen.current),
    onFocusIn: ({ target }: Event) => {
      chosen.current = placeAt(target) ?? chosen.current;
      look(placeAt(target));
    },
    onMouseDown: ({ target }: Event) => {
      const cell = cellAt(target);
      if (cell?.tagName === 'TD' && table.current !== null) moveTo(table.current, cell);
    },
    onKeyDown: (event: KeyboardEvent) => {
      const cell = cellAt(event.target);
      if (cell === undefined || table.current === null) return;
      const place = placeAt(cell);
      if (event.key === 'Enter' && place !== undefined) location.assign(hrefOfPlace(data, place));
      const next = nextCell(table.current, cell, event);
      if (next === undefined) return;
      event.preventDefault();
      moveTo(table.current, next);
    },
  };
}
