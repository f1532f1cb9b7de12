/** The form of the heat-map: orders, filters, and how much they show. */

import type { ComponentChildren } from 'preact';
import type { HeatView, Shown } from './heat-view.js';
import type { StaffData } from './staff-data.js';

interface HeatControlsProps {
  data: StaffData;
  view: HeatView;
  shown: Shown;
  onChange: (changes: Partial<HeatView>) => void;
  onReset: () => void;
}

export function HeatControls({ data, view, shown, onChange, onReset }: HeatControlsProps) {
  const { students, scenarios, rubric, groups } = data;
  const parts = rubric?.parts.map(({ name }) => name) ?? [];
  const studentOrders = [
    'name',
    ...(rubric === undefined ? [] : ['points']),
    'failures',
    'likeness',
  ];
  const labels = students.map(({ label }) => label);
  const choice = (name: keyof HeatView) => ({
    name,
    value: String(view[name]),
    onPick: (value: string) =>
      onChange({ [name]: value, ...(name === 'rows' ? { isReversed: false } : {}) }),
  });
  return (
    <form class="controls no-print" id="heat-controls" onSubmit={(event) => event.preventDefault()}>
      <Choice {...choice('rows')} label="Students in the order of">
        <Options values={studentOrders} further={scenarios} chosen={view.rows} />
      </Choice>
      <Choice {...choice('columns')} label="Scenarios in the order of">
        <Options
          values={['plan', 'name', 'failures', 'likeness']}
          further={labels}
          chosen={view.columns}
        />
      </Choice>
      <Search {...choice('student')} label="Student" hint="part of a name" />
      <Search {...choice('scenario')} label="Scenario" hint="part of an id" />
      {parts.length < 2 ? null : (
        <Choice {...choice('part')} label="Part">
          <Numbered all="all" titles={parts} />
        </Choice>
      )}
      {groups.length === 0 ? null : (
        <Choice {...choice('group')} label="Failure group">
          <Numbered all="everything" titles={groups.map(({ title }) => title)} />
        </Choice>
      )}
      <button type="button" onClick={onReset}>
        Show everything
      </button>
      <output id="heat-count">
        {`${shown.students.length} of ${students.length} students, ${shown.scenarios.length} of ${scenarios.length} scenarios`}
      </output>
    </form>
  );
}

interface ControlProps {
  name: string;
  label: string;
  value: string;
  onPick: (value: string) => void;
}

export function Choice({
  name,
  label,
  value,
  onPick,
  children,
}: ControlProps & { children: ComponentChildren }) {
  return (
    <label>
      {label}{' '}
      <select name={name} value={value} onInput={(event) => onPick(event.currentTarget.value)}>
        {children}
      </select>
    </label>
  );
}

function Search({ name, label, value, onPick, hint }: ControlProps & { hint: string }) {
  return (
    <label>
      {label}{' '}
      <input
        type="search"
        name={name}
        size={14}
        autocomplete="off"
        placeholder={hint}
        value={value}
        onInput={(event) => onPick(event.currentTarget.value)}
      />
    </label>
  );
}

interface OptionsProps {
  values: readonly string[];
  /** Titles of what can be sorted by elsewhere; one becomes a choice when it is chosen, as its index. */
  further: readonly string[];
  chosen: string;
}

function Options({ values, further, chosen }: OptionsProps) {
  return (
    <>
      {values.map((one) => (
        <option value={one}>{one}</option>
      ))}
      {values.includes(chosen) ? null : <option value={chosen}>{further[Number(chosen)]}</option>}
    </>
  );
}

function Numbered({ all, titles }: { all: string; titles: readonly string[] }) {
  return (
    <>
      <option value="">{all}</option>
      {titles.map((one, index) => (
        <option value={String(index)}>{one}</option>
      ))}
    </>
  );
}
