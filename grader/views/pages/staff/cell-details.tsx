/** The details of a cell of the heat-map, in words. */

import { describeTally } from '../../../tally/describe-tally.js';
import { anchorOf } from '../student/anchor.js';
import type { Place } from './heat-view.js';
import { tallyAt } from './order.js';
import type { StaffData } from './staff-data.js';

interface CellDetailsProps {
  data: StaffData;
  place: Place | undefined;
  /** By an order as in `order.ts`. */
  onSortStudents: (by: string) => void;
  onSortScenarios: (by: string) => void;
}

export function CellDetails({ data, place, onSortStudents, onSortScenarios }: CellDetailsProps) {
  const student = data.students[place?.student ?? -1];
  if (place === undefined || student === undefined) {
    return (
      <p id="heat-details" class="details" role="status">
        Point at a cell, or move through the table with the arrow keys, to see its details.
      </p>
    );
  }
  return (
    <p id="heat-details" class="details" role="status">
      <strong>
        {student.label}, {data.scenarios[place.scenario]}
      </strong>
      : {sentences(data, place)} <a href={hrefOfPlace(data, place)}>on the student’s page</a>
      <br />
      <button type="button" onClick={() => onSortStudents(String(place.scenario))}>
        Sort students by this scenario
      </button>
      <button type="button" onClick={() => onSortScenarios(String(place.student))}>
        Sort scenarios by this student
      </button>
    </p>
  );
}

/** Link to the section of the student's page about it. */
export function hrefOfPlace({ students, scenarios }: StaffData, place: Place): string {
  return `${students[place.student]?.href ?? ''}#${anchorOf(scenarios[place.scenario] ?? '')}`;
}

function sentences(data: StaffData, { student, scenario }: Place): string {
  const tally = tallyAt(data, student, scenario);
  if (tally === undefined) return 'not run.';
  const [leading] = tally.signatures;
  const earned = data.students[student]?.earned?.[scenario] ?? null;
  const failure =
    leading === undefined ? '' : ` Most often: ${leading.signature} (${leading.count} ×).`;
  return (
    `${describeTally({ ...tally, scenario: data.scenarios[scenario] ?? '' })}.${failure}` +
    (earned === null ? '' : ` Points: ${earned}.`)
  );
}
