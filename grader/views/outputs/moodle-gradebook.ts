/**
 * A table for Moodle's grade import. Its columns are mapped to Moodle's in the import's form; feedback never comes
 * without its grade, because such an import loses the grades.
 */

import { LENGTHS } from '../../text/clean-text.js';
import { sanitizeLine } from '../../text/sanitize.js';
import type { Student } from '../../plan/roster/roster.js';
import { LOGIN } from '../../files/tables/column-words.js';
import { plainWord } from '../../files/tables/plain-word.js';
import { csvText } from '../../files/tables/csv.js';
import { gradedStudents } from './graded-students.js';
import { moodleFeedback } from './moodle-feedback.js';
import type { Output } from './output.js';

/** Moodle's titles for the name that a user logs in with. */
const MOODLE_LOGIN = new Set(LOGIN.filter((word) => !/^(?:github|sis|login)/.test(word)));

/** Unless the site allows more. */
const MOODLE_MAXIMUM = 100;

export const moodleGradebook: Output = {
  name: 'moodle-gradebook',
  title: 'Moodle grade import, with feedback',
  audience: 'staff',
  needsRubric: true,
  needsRoster: true,
  takes: ['column', 'scaleTo'],
  files({ results, column, scaleTo }) {
    const graded = gradedStudents(results, scaleTo);
    const { title, maxPoints, students, notes } = graded;
    const item = sanitizeLine(column ?? title, LENGTHS.sentence);
    const rows = students.map(({ student, report, points }) => [
      ...[student.email ?? '', student.other?.['idnumber'] ?? student.id, loginOf(student)].map(
        (one) => sanitizeLine(one, LENGTHS.sentence),
      ),
      points,
      moodleFeedback(report, graded.scaled ? { points, maxPoints } : undefined),
    ]);
    const header = ['email', 'idnumber', 'username', item, `${item} feedback`];
    const text = csvText([header, ...rows]);
    return [{ path: 'moodle-gradebook.csv', text, notes: [...notes, ...maximumNote(maxPoints)] }];
  },
};

/** Moodle compares it with its own user names. */
function loginOf({ other = {} }: Student): string {
  const [, login = ''] =
    Object.entries(other).find(([title]) => MOODLE_LOGIN.has(plainWord(title))) ?? [];
  return login;
}

function maximumNote(maxPoints: number): string[] {
  return maxPoints <= MOODLE_MAXIMUM
    ? []
    : [
        `Moodle stops an import at a grade above its item's maximum, which is ${MOODLE_MAXIMUM} unless the site allows more; these points go up to ${maxPoints}`,
      ];
}
