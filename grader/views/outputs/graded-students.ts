/**
 * Who gets which points, for tables that a course imports: each student of the roster whose submission has a grade.
 * Students who handed in together have the same points.
 */

import { UsageError } from '../../../harness/index.js';
import { count } from '../../text/count.js';
import type { Results } from '../../results/results.js';
import type { Student } from '../../plan/roster/roster.js';
import { scaledPoints, sumOfPoints } from '../../rubric/hundredths.js';
import { LENGTHS } from '../../text/clean-text.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { safetyNotes, studentReportsOn, type SubmissionReport } from './submission-report.js';

const NAMES_TOLD = 10;

export interface GradedStudent {
  student: Student;
  /** As the student may see it. */
  report: SubmissionReport;
  /** Scaled where that is asked for. */
  points: number;
}

export interface GradedStudents {
  title: string;
  maxPoints: number;
  /** Whether points are scaled to a maximum that is not the rubric's. */
  scaled: boolean;
  students: GradedStudent[];
  /** About those who are left out, and about points that are not final. */
  notes: string[];
}

/**
 * All points are scaled to the maximum `scaleTo`, if there is one.
 *
 * @throws UsageError without a rubric or without any student.
 */
export function gradedStudents(results: Results, scaleTo?: number): GradedStudents {
  const { rubric, submissions } = results;
  if (rubric === undefined) {
    throw new UsageError('there are no points to import', { hint: 'grade with --rubric FILE' });
  }
  const rubricMaximum = sumOfPoints(
    rubric.parts.flatMap(({ scenarios }) => scenarios).map(({ points }) => points),
  );
  const maxPoints = scaleTo ?? rubricMaximum;
  const scale = (points: number) =>
    maxPoints === rubricMaximum ? points : scaledPoints(points, rubricMaximum, maxPoints);
  const reports = studentReportsOn(results);
  const students = submissions.flatMap(({ name, students: own = [], grade }) => {
    const report = reports.get(name);
    if (grade === undefined || report === undefined) return [];
    return own.map((student) => ({ student, report, points: scale(grade.points) }));
  });
  if (students.length === 0) {
    throw new UsageError('no submission belongs to a student', {
      hint: 'grade with --roster FILE',
    });
  }
  const leftOut = submissions.filter((one) => !one.students || !one.grade);
  return {
    title: rubric.title,
    maxPoints,
    scaled: maxPoints !== rubricMaximum,
    students,
    notes: [
      ...safetyNotes(results),
      ...countNote(students.length, submissions.length - leftOut.length, submissions.length),
      ...noteOn(
        'submission',
        'left out, without a student or without points',
        leftOut.map(({ name }) => name),
      ),
      ...openNote(students.filter(isOpen)),
    ],
  };
}

/** The points of each student, by id. */
export function pointsById({ students }: GradedStudents): Record<string, number> {
  return Object.fromEntries(students.map(({ student, points }) => [student.id, points]));
}

/** Where students and submissions are not as many as each other, since other places count submissions. */
function countNote(students: number, included: number, submissions: number): string[] {
  if (students === included && included === submissions) return [];
  return [
    `points for ${count(students, 'student')}, who handed in ${included} of ${count(submissions, 'submission')}`,
  ];
}

/** The terminal and the pages count submissions that are to be looked at. */
function openNote(open: readonly GradedStudent[]): string[] {
  const submissions = new Set(open.map(({ report }) => report.name)).size;
  const shared = submissions === open.length ? '' : ` (${count(submissions, 'submission')})`;
  return noteOn(
    'student',
    `with points that are not final${shared}`,
    open.map(({ student }) => student.name),
  );
}

/** `2 submissions without a student: a, b`; nothing for an empty list. */
export function noteOn(
  who: 'student' | 'submission' | 'row',
  what: string,
  names: readonly string[],
): string[] {
  if (names.length === 0) return [];
  const told = names.slice(0, NAMES_TOLD).map((name) => sanitizeLine(name, LENGTHS.cell));
  const more = names.length > NAMES_TOLD ? [`and ${names.length - NAMES_TOLD} more`] : [];
  return [`${count(names.length, who)} ${what}: ${[...told, ...more].join(', ')}`];
}

function isOpen({ report }: GradedStudent): boolean {
  return report.tests.some(({ review }) => review);
}
