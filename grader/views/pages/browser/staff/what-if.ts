/**
 * The rubric what-if: what the form says becomes a rubric, the class is graded by it with the same code that grades in
 * earnest, and the page shows who would gain or lose.
 */

import { bins } from '#grader/views/pages/staff/bins.js';
import { changedLines } from '#grader/views/pages/staff/rubric-lines.js';
import type { StaffData } from '#grader/views/pages/staff/staff-data.js';
import type { Rubric } from '#grader/rubric/rubric.js';
import { element } from './dom.js';
import { gradeClass, type Outcome } from './grade-class.js';
import { drawHistogram } from './histogram.js';
import { showChanges } from './changes.js';
import { startRubricForm } from './rubric-form.js';

/** It starts when the page has been shown, since grading a class takes a moment. */
export function startWhatIf(data: StaffData, rubric: Rubric): void {
  element('#what-if-off').hidden = true;
  element('#what-if-room').hidden = false;
  addEventListener('load', () => setTimeout(() => start(data, rubric)));
}

function start(data: StaffData, rubric: Rubric): void {
  const before = gradeClass(data, rubric);
  const show = (draft: Rubric) =>
    showOutcome(data, before, gradeClass(data, draft), changedLines(rubric, draft));
  startRubricForm(rubric, oncePerFrame(show));
  show(rubric);
}

function showOutcome(
  data: StaffData,
  before: readonly Outcome[],
  after: readonly Outcome[],
  lines: string,
): void {
  const max = Math.max(...before.map(({ maxPoints }) => maxPoints));
  const pointsOf = (all: readonly Outcome[]) => all.map(({ points }) => points);
  const says = describe(before, after);
  element('#what-if-says').textContent = says;
  element('#what-if-chart').replaceChildren(
    drawHistogram(
      bins(pointsOf(before), max),
      bins(pointsOf(after), max),
      `Before and after. ${says}`,
    ),
  );
  showChanges(data, before, after);
  element('#what-if-yaml').textContent = lines === '' ? 'Nothing is changed.' : lines;
}

function describe(before: readonly Outcome[], after: readonly Outcome[]): string {
  const changes = after.map(({ points }, index) => points - (before[index]?.points ?? 0));
  const [gain, lose] = [changes.filter((one) => one > 0), changes.filter((one) => one < 0)];
  const reviews = (all: readonly Outcome[]) => all.reduce((sum, one) => sum + one.reviews, 0);
  return (
    `Mean ${mean(before)} → ${mean(after)} points. ` +
    `Of ${after.length} submissions ${gain.length} gain and ${lose.length} lose. ` +
    `Grades to review: ${reviews(before)} → ${reviews(after)}.`
  );
}

function mean(all: readonly Outcome[]): string {
  return (all.reduce((sum, { points }) => sum + points, 0) / Math.max(1, all.length)).toFixed(2);
}

/** Calls it with the latest value only, before the browser paints. */
function oncePerFrame<T>(work: (value: T) => void): (value: T) => void {
  let waiting: { value: T } | undefined;
  return (value) => {
    if (waiting === undefined) {
      requestAnimationFrame(() => {
        const latest = waiting;
        waiting = undefined;
        if (latest !== undefined) work(latest.value);
      });
    }
    waiting = { value };
  };
}
