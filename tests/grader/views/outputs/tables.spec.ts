import { expect } from 'chai';
import * as fc from 'fast-check';
import { fillTemplate, parseTemplate } from '../../../../grader/views/outputs/csv-template.js';
import { canvas } from '../../../../grader/views/outputs/canvas.js';
import { moodleGradebook } from '../../../../grader/views/outputs/moodle-gradebook.js';
import { moodleWorksheet } from '../../../../grader/views/outputs/moodle-worksheet.js';
import type { Output, OutputContext } from '../../../../grader/views/outputs/output.js';
import type { Results } from '../../../../grader/results/results.js';
import { UsageError } from '../../../../harness/index.js';
import { expectGolden } from '../../golden.js';
import { gradedResults, plainResults } from './made-up-results.js';
import { contentOf } from './readers.js';

const results = gradedResults();

const pointsOf = (name: string) =>
  String(results.submissions.find((one) => one.name === name)?.grade?.points);

function fill(output: Output, more: Partial<OutputContext>): { text: string; notes: string[] } {
  const [file] = output.files({ results, records: () => [], ...more });
  if (file === undefined) throw new Error('there is no file');
  return { text: contentOf(file), notes: file.notes ?? [] };
}

/** As Canvas exports it: a line of points, a test student, columns that it computes itself. */
const GRADEBOOK = [
  '\uFEFFStudent,ID,SIS User ID,SIS Login ID,Section,Lab 1 (41),Lab 2 (42),Final Score',
  '    Points Possible,,,,,10,100,(read only)',
  '"Example, Alice",7,1001,alice,"A ""one""",9.5,,  80 ',
  '"Example, Bob",1001,1002,bob,A,9,12,',
  'Nobody,9,1009,nobody,A,8,33.25,70',
  '"Student, Test",10,,0a1b,A,,,',
  '',
].join('\r\n');

describe("Canvas's gradebook", () => {
  it('gets its column filled in, and keeps every other byte', () => {
    const { text } = fill(canvas, { template: GRADEBOOK });
    const expected = GRADEBOOK.replace('9.5,,  80 ', `9.5,${pointsOf('alice')},  80 `).replace(
      'A,9,12,',
      `A,9,${pointsOf('bob')},`,
    );
    expect(text).to.equal(expected);
  });

  it('is not filled in for somebody whose number is another one in another column', () => {
    const template = GRADEBOOK.replace(',1001,alice', ',1077,elsie');
    const { text, notes } = fill(canvas, { template });
    expect(text).to.equal(template.replace('A,9,12,', `A,9,${pointsOf('bob')},`));
    expect(notes.join('\n')).to.contain('not in the template: alice example');
  });

  it("goes by Canvas's own numbers where it has no others", () => {
    const template = 'Student,ID,Section,Lab 2 (42)\n"Example, Bob",1002,A,\n';
    const { text } = fill(canvas, { template });
    expect(text).to.equal(template.replace('1002,A,', `1002,A,${pointsOf('bob')}`));
  });

  it('is not filled in for two students in one row, or for one in two', () => {
    const twice = GRADEBOOK.replace('Nobody,9,1009,nobody', 'Nobody,9,1001,nobody');
    const { text, notes } = fill(canvas, { template: twice });
    expect(text).to.contain('9.5,,  80 ').and.to.contain('8,33.25,70');
    expect(notes.join('\n')).to.contain(
      'without a row of their own in the template: alice example',
    );
  });

  it('asks which column is meant if that is not clear', () => {
    expect(() => fill(canvas, { template: GRADEBOOK, column: 'Lab 3' })).to.throw(
      UsageError,
      /no column.*"Lab 3".*Lab 1 \(41\), Lab 2 \(42\)/,
    );
    const twice = GRADEBOOK.replace('Lab 1 (41)', 'Lab 2 (41)');
    expect(() => fill(canvas, { template: twice })).to.throw(UsageError, /several columns/);
    expect(fill(canvas, { template: twice, column: 'Lab 2 (42)' }).text).to.contain(
      pointsOf('bob'),
    );
  });

  it('without a template has no number of Canvas in a column for another', () => {
    const own = structuredClone(results);
    const [one] = own.submissions;
    Object.assign(one ?? {}, { students: [{ name: 'Ivo', id: '9101', other: { ID: '9101' } }] });
    expect(fill(canvas, { results: own }).text).to.match(/^Ivo,9101,,,,/m);
  });

  it('without a template has no row for whom there are no points, and says who that is', () => {
    const { text, notes } = fill(canvas, {});
    expect(text).not.to.contain('dave');
    expect(notes.join('\n')).to.match(
      /1 submission left out, without a student or without points: dave/,
    );
  });
});

const WORKSHEET = [
  'Identifier,Full name,Email address,Status,Grade,Maximum grade,Last modified (grade),Feedback comments',
  'Participant 1001,Alice Example,alice@example.edu,Submitted,,100.00,"Friday, 2 January 2026, 3:04 AM",',
  'Participant 1009,Nobody,nobody@example.edu,No submission,-,100.00,-,"kept, as it is"',
  '',
].join('\n');

describe("Moodle's grading worksheet", () => {
  it('gets grade and feedback filled in, and keeps every other byte', () => {
    const { text, notes } = fill(moodleWorksheet, { template: WORKSHEET });
    expectGolden('outputs/moodle-worksheet.csv', text);
    const [header, nobody] = [0, 2].map((line) => WORKSHEET.split('\n')[line]);
    expect(text.split('\n')[0]).to.equal(header);
    expect(text.endsWith(`${nobody}\n`)).to.be.true;
    expect(text).to.contain(
      `Submitted,${pointsOf('alice')},100.00,"Friday, 2 January 2026, 3:04 AM","`,
    );
    expect(notes.join('\n')).to.contain('2 students not in the template');
  });

  it('is refused where there is none', () => {
    expect(() => fill(moodleWorksheet, {})).to.throw(UsageError, /--template FILE/);
  });
});

describe("Moodle's grade import", () => {
  it('has feedback only beside a grade', () => {
    expect(fill(moodleGradebook, {}).text.split('\n')[0]).to.equal(
      'email,idnumber,username,Lab 2,Lab 2 feedback',
    );
  });

  it('warns of points that Moodle would break off at', () => {
    const large: Results = structuredClone(results);
    for (const part of large.rubric?.parts ?? []) {
      for (const one of part.scenarios) Object.assign(one, { points: 50 });
    }
    expect(fill(moodleGradebook, { results: large }).notes.join('\n')).to.match(/up to 300/);
  });

  it('needs students and points', () => {
    expect(() => fill(moodleGradebook, { results: plainResults() })).to.throw(
      UsageError,
      /--rubric/,
    );
    const nobody = structuredClone(results);
    for (const one of nobody.submissions) delete one.students;
    expect(() => fill(moodleGradebook, { results: nobody })).to.throw(UsageError, /--roster/);
  });
});

describe('a table to be filled in', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('"', ',', ';', '\r\n', '\n', 'é', '', ' ', '""'),
  );
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }),
    );

  it('is what it was as long as nothing is filled in', () => {
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, hasMark) => {
        const lines = [['head', ...(rows[0] ?? []).slice(1).map(() => 'h')], ...rows].map(csvLine);
        const text = (hasMark ? '\uFEFF' : '') + lines.join(end) + end;
        const template = parseTemplate(text);
        expect(fillTemplate(template, new Map())).to.equal(text);
        expect(template.rows.map((row) => row.map(({ value }) => value))).to.deep.equal(rows);
        const first = template.rows[0]?.[0];
        if (first === undefined) return;
        const filled = parseTemplate(fillTemplate(template, new Map([[first, 'new "one", here']])));
        expect(filled.rows[0]?.[0]?.value).to.equal('new "one", here');
        expect(filled.rows.slice(1).map((row) => row.map(({ value }) => value))).to.deep.equal(
          rows.slice(1),
        );
      }),
    );
  });

  it('must have a header and an end to every quote', () => {
    expect(() => parseTemplate('')).to.throw(UsageError, /empty/);
    expect(() => parseTemplate('a,b\n1,"2\n')).to.throw(
      UsageError,
      /quote without an end in line 2/,
    );
  });
});

function csvLine(cells: readonly string[]): string {
  return cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
}
