/**
 * The offline grading worksheet of a Moodle assignment, filled in: grade and feedback of the rows of students with
 * points. Everything else stays, above all the times by which Moodle tells which rows are newer than its own.
 */

import { UsageError } from '../../harness/index.js';
import { written } from './csv.js';
import {
  fillTemplate,
  parseTemplate,
  type CsvTemplate,
  type TemplateCell,
} from './csv-template.js';
import { gradedStudents, type GradedStudent } from './graded-students.js';
import { matchStudents } from './match-students.js';
import { moodleFeedback } from './moodle-feedback.js';
import type { Output } from './output.js';

const IDENTIFYING = [
  { name: 'Identifier', isInternal: true },
  { name: 'ID number' },
  { name: 'Email address' },
  { name: 'Username' },
];

export const moodleWorksheet: Output = {
  name: 'moodle-worksheet',
  title: 'Moodle offline grading worksheet, filled in; needs --template',
  audience: 'staff',
  needsRubric: true,
  needsRoster: true,
  needsTemplate: true,
  files({ results, template: text }) {
    const { students, notes } = gradedStudents(results);
    const template = parseTemplate(worksheetText(text));
    const columns = columnsOf(template);
    const matched = matchStudents(template, IDENTIFYING, students);
    const changes = new Map<TemplateCell, string>();
    for (const { row, graded } of matched.rows) {
      const [grade, feedback, maximum] = [columns.grade, columns.feedback, columns.maximum].map(
        (at) => row[at],
      );
      checkMaximum(graded, maximum);
      if (grade !== undefined) changes.set(grade, decimal(graded.points, template));
      const told = written(moodleFeedback(graded.report));
      if (feedback !== undefined) changes.set(feedback, told);
    }
    const filled = fillTemplate(template, changes);
    return [{ path: 'moodle-worksheet.csv', text: filled, notes: [...notes, ...matched.notes] }];
  },
};

function worksheetText(template: string | undefined): string {
  if (template !== undefined) return template;
  throw new UsageError('a worksheet is filled in, and there is none', {
    hint: 'export it from the assignment in Moodle and name it with --template FILE',
  });
}

/** Where the columns are; -1 for one that is missing and need not be there. */
function columnsOf({ header }: CsvTemplate): { grade: number; feedback: number; maximum: number } {
  const demanded = ['Identifier', 'Grade', 'Last modified (grade)'];
  const missing = demanded.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new UsageError('the template is no grading worksheet', {
      got: header.join(', '),
      expected: `columns ${demanded.join(', ')}, as Moodle exports them in English`,
    });
  }
  return {
    grade: header.indexOf('Grade'),
    feedback: header.indexOf('Feedback comments'),
    maximum: header.indexOf('Maximum grade'),
  };
}

/** One grade that is too high makes Moodle refuse the file. */
function checkMaximum({ points, student }: GradedStudent, cell: TemplateCell | undefined): void {
  const maximum = Number(cell?.value.replace(',', '.') || NaN);
  if (Number.isNaN(maximum) || points <= maximum) return;
  throw new UsageError(`the points are more than the assignment's maximum`, {
    got: `${points} for ${student.id}`,
    expected: `at most ${maximum}`,
    hint: 'change the maximum in Moodle or the points in the rubric',
  });
}

function decimal(points: number, { separator }: CsvTemplate): string {
  const text = String(points);
  return separator === ';' ? text.replace('.', ',') : text;
}
