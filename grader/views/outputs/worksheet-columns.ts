/**
 * Where the columns of a Moodle grading worksheet are. Moodle writes their titles in the language of the user who
 * exported it and does not name that language; a caller can name the columns that are not recognised.
 */

import { UsageError } from '../../../harness/index.js';
import { askedText, findAsked, type AskedColumns } from '../../files/tables/asked-columns.js';
import { participantIn, WORKSHEET } from '../../files/tables/column-words.js';
import { plainWord } from '../../files/tables/plain-word.js';
import type { CsvTemplate } from './csv-template.js';
import { numberIn } from './decimal-mark.js';
import type { TemplateRole } from './output.js';

/** Numbers of columns, from 0. */
export interface WorksheetColumns {
  /** By which Moodle knows the row. */
  id: number;
  grade: number;
  feedback?: number;
  maximum?: number;
}

/** @throws UsageError where it is not a worksheet, or has titles in an unknown language that the caller does not name. */
export function worksheetColumns(
  template: CsvTemplate,
  asked: AskedColumns<TemplateRole> = {},
): WorksheetColumns {
  const { header } = template;
  const plain = header.map(plainWord);
  const known = (list: readonly string[]) => {
    const at = plain.findIndex((word) => list.includes(word));
    return at < 0 ? undefined : at;
  };
  const modified = known(WORKSHEET.modified);
  const id = askedFor(header, asked, 'id') ?? known(WORKSHEET.identifier);
  const grade = askedFor(header, asked, 'grade') ?? known(WORKSHEET.grade);
  const isSure = modified !== undefined || (asked.id !== undefined && asked.grade !== undefined);
  if (id === undefined || grade === undefined || !isSure) throw unknownColumns(template, asked);
  const feedback =
    askedFor(header, asked, 'feedback') ?? known(WORKSHEET.feedback) ?? onlyAfter(modified, header);
  const maximum =
    askedFor(header, asked, 'maximum') ?? known(WORKSHEET.maximum) ?? maximumAfter(grade, template);
  return {
    id,
    grade,
    ...(feedback === undefined ? {} : { feedback }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

function askedFor(
  header: readonly string[],
  asked: AskedColumns<TemplateRole>,
  role: TemplateRole,
): number | undefined {
  const title = asked[role];
  if (title === undefined) return undefined;
  const [at, ...others] = findAsked(header, title) ?? [];
  if (at !== undefined && others.length === 0) return at;
  throw new UsageError(`the template has no column "${title}", which --template-columns names`, {
    got: header.join(', '),
  });
}

/** Moodle writes what its forms of feedback say after the time of the grade; most courses have one of them. */
function onlyAfter(modified: number | undefined, header: readonly string[]): number | undefined {
  return modified !== undefined && header.length === modified + 2 ? modified + 1 : undefined;
}

/** Moodle writes the maximum after the grade: the same number in every row. */
function maximumAfter(grade: number, { rows }: CsvTemplate): number | undefined {
  const values = new Set(rows.map((row) => numberIn(row[grade + 1]?.value ?? '')));
  const [value] = values;
  return values.size === 1 && value !== undefined ? grade + 1 : undefined;
}

function unknownColumns(template: CsvTemplate, asked: AskedColumns<TemplateRole>): UsageError {
  const { header } = template;
  return new UsageError('the template is not a grading worksheet in a known language', {
    got: `the columns ${header.join(', ')}`,
    expected:
      'columns Identifier, Grade, Last modified (grade), as Moodle exports them in English, German, French, Spanish, Italian, Portuguese or Dutch',
    hint: `say which column is which: --template-columns ${askedText({ ...guessed(template), ...asked })}`,
  });
}

/** By what stands in them: participants have a number, and the maximum is the same everywhere. */
function guessed(template: CsvTemplate): Record<string, string> {
  const { header, rows } = template;
  const isParticipant = (cell = '') =>
    participantIn(cell) !== undefined || /^\p{L}[^@\d]*\d+$/u.test(cell.trim());
  const id = header.findIndex(
    (_title, column) => rows.length > 0 && rows.every((row) => isParticipant(row[column]?.value)),
  );
  const grade = header.findIndex(
    (_title, column) => rows.length > 0 && maximumAfter(column, template) !== undefined,
  );
  return {
    id: header[id] ?? 'COLUMN',
    grade: header[grade] ?? 'COLUMN',
    feedback: header.at(-1) ?? 'COLUMN',
  };
}
