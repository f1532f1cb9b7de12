/**
 * The offline grading worksheet of a Moodle assignment, filled in: grade and feedback of the rows of students with
 * points. Everything else stays, above all the times by which Moodle tells which rows are newer than its own.
 */

import { UsageError } from '../../../harness/index.js';
import { EMAIL, ID_NUMBER, LOGIN } from '../../files/tables/column-words.js';
import { plainWord } from '../../files/tables/plain-word.js';
import { written } from '../../files/tables/csv.js';
import {
  fillTemplate,
  parseTemplate,
  type CsvTemplate,
  type TemplateCell,
} from './csv-template.js';
import { numberIn, numberWriter } from './decimal-mark.js';
import { gradedStudents, pointsById } from './graded-students.js';
import { matchStudents, type IdentifyingColumn } from './match-students.js';
import { assertMaximum, maximumNote, unreadableMaximum } from './maximum.js';
import { moodleFeedback } from './moodle-feedback.js';
import type { Output } from './output.js';
import { worksheetColumns } from './worksheet-columns.js';

export const moodleWorksheet: Output = {
  name: 'moodle-worksheet',
  title: 'Moodle offline grading worksheet, filled in; needs --template',
  audience: 'staff',
  needsRubric: true,
  needsRoster: true,
  needsTemplate: true,
  takes: ['template', 'templateColumns', 'decimal', 'scaleTo'],
  files({ results, template: text, templateColumns, decimal, scaleTo }) {
    const all = gradedStudents(results, scaleTo);
    const template = parseTemplate(worksheetText(text));
    const columns = worksheetColumns(template, templateColumns);
    const { grade, feedback, maximum } = columns;
    const isAsked = templateColumns?.id !== undefined;
    const matched = matchStudents(
      template,
      identifying(template, columns.id, isAsked),
      all.students,
    );
    const write = numberWriter(template, {
      columns: maximum === undefined ? [grade] : [grade, maximum],
      asked: decimal,
      usual: template.header[grade] === 'Grade' ? { ',': '.' } : {},
    });
    const changes = new Map<TemplateCell, string>();
    for (const { row, graded } of matched.rows) {
      const told = row[feedback ?? -1];
      const limit = row[maximum ?? -1]?.value.trim() ?? '';
      if (limit !== '' && numberIn(limit) === undefined) {
        throw unreadableMaximum(limit, maximumOf(template, maximum));
      }
      assertMaximum(all, numberIn(limit), maximumOf(template, maximum));
      const cell = row[grade];
      if (cell !== undefined) changes.set(cell, write(graded.points));
      const scaled = all.scaled ? { ...graded, maxPoints: all.maxPoints } : undefined;
      if (told !== undefined) changes.set(told, written(moodleFeedback(graded.report, scaled)));
    }
    return [
      {
        path: 'moodle-worksheet.csv',
        text: fillTemplate(template, changes),
        notes: [
          ...all.notes,
          ...matched.notes,
          ...feedbackNote(feedback),
          ...maximumNote(all, maximum),
        ],
        filled: pointsById(all),
      },
    ];
  },
};

function worksheetText(template: string | undefined): string {
  if (template !== undefined) return template;
  throw new UsageError('Moodle needs a worksheet', {
    hint: 'export it from the assignment in Moodle and pass it with --template FILE',
  });
}

/** One grade that is too high makes Moodle refuse the file. */
function maximumOf({ header }: CsvTemplate, at: number | undefined): string {
  return `"${header[at ?? -1] ?? ''}" of the worksheet`;
}

/** Moodle's own number of the row first, then what the roster may have, too. */
function identifying({ header }: CsvTemplate, id: number, isAsked: boolean): IdentifyingColumn[] {
  const identifier = { name: header[id] ?? '', isInternal: !isAsked, isParticipant: true };
  const others = [ID_NUMBER, EMAIL, LOGIN].flatMap((list) =>
    header.filter((title, at) => at !== id && list.includes(plainWord(title))),
  );
  return isAsked ? [identifier] : [identifier, ...others.map((name) => ({ name }))];
}

function feedbackNote(feedback: number | undefined): string[] {
  return feedback === undefined
    ? ['no column for feedback is known: --template-columns feedback=COLUMN names it']
    : [];
}
