import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { canvas } from '../../../../grader/views/outputs/canvas.js';
import { moodleGradebook } from '../../../../grader/views/outputs/moodle-gradebook.js';
import { moodleWorksheet } from '../../../../grader/views/outputs/moodle-worksheet.js';
import type { Output, OutputContext } from '../../../../grader/views/outputs/output.js';
import type { Results } from '../../../../grader/results/results.js';
import type { Student } from '../../../../grader/plan/roster/roster.js';
import { scaledPoints } from '../../../../grader/rubric/hundredths.js';
import { decodeText } from '../../../../grader/files/tables/encoding.js';
import { UsageError } from '../../../../harness/index.js';
import { dataPath } from '../../../support/data.js';
import { gradedResults } from './made-up-results.js';
import { contentOf } from './readers.js';

const ZOE: Student = { name: 'Zoë Müller', id: '0012345', email: 'zoe@uni.example' };
const IVO: Student = { name: 'Ivo Lindqvist', id: '0012346', email: 'ivo@uni.example' };

/** Zoë has 52.56 of 100 points, and Ivo all of them. */
function resultsOf(zoe: Student = ZOE, ivo: Student = IVO): Results {
  const results = gradedResults();
  const students = new Map([
    ['alice', [zoe]],
    ['bob', [ivo]],
  ]);
  return {
    ...results,
    submissions: results.submissions.map(({ students: _own, ...one }) => {
      const own = students.get(one.name);
      return own === undefined ? one : { ...one, students: own };
    }),
  };
}

function template(name: string): string {
  return decodeText(readFileSync(dataPath('course-files', name)))?.text ?? '';
}

function fill(output: Output, more: Partial<OutputContext>): string {
  const [file] = output.files({ results: resultsOf(), records: () => [], ...more });
  if (file === undefined) throw new Error('there is no file');
  return contentOf(file);
}

/** The rows of a table in which each line is a row, without what feedback says. */
function linesOf(text: string): string[] {
  return text.replaceAll(/"(?:[^"]|"")* scaled from (?:[^"]|"")*"/g, 'FEEDBACK').split(/\r?\n/);
}

const SCALED = { column: 'Lab 2', scaleTo: 12.5 };

describe("the maximum of a course's file", () => {
  for (const [output, name, where] of [
    [canvas, 'canvas-german.csv', '"Points Possible" of "Lab 2 (4102)"'],
    [moodleWorksheet, 'moodle-german.csv', '"Bestwertung" of the worksheet'],
  ] as const) {
    it(`has to be that of the rubric: ${output.name}`, () => {
      const text = template(name);
      expect(() => fill(output, { template: text })).to.throw(
        UsageError,
        `got 12.5 in ${where}, expected 100, the maximum of the rubric "Lab 2"; \`--scale-to 12.5\``,
      );
      expect(() => fill(output, { template: text, scaleTo: 10 })).to.throw(
        UsageError,
        'expected 10, as --scale-to says',
      );
    });

    it(`says nothing where it is not known: ${output.name}`, () => {
      const text = template(name)
        .replaceAll(/"12,50"/g, '')
        .replaceAll('(nur lesen)', '');
      expect(fill(output, { template: text, decimal: ',' })).to.contain('52,56');
    });
  }

  it('is that of the own tables, with all points scaled', () => {
    const rows = linesOf(fill(canvas, { scaleTo: 12.5 }));
    expect(rows[1]).to.match(/Points Possible.*,12\.5$/);
    expect(rows[2]).to.match(/Zoë Müller.*,6\.57$/);
    expect(rows[3]).to.match(/Ivo Lindqvist.*,12\.5$/);
    const moodle = fill(moodleGradebook, { scaleTo: 12.5 });
    expect(moodle).to.contain(',6.57,"6.57 of 12.5 points here, scaled from those of the rubric.');
    expect(moodle).to.contain('52.56 of 100 points;');
  });

  it('scales exactly, half up, and keeps none and all of the points', () => {
    expect(scaledPoints(52.56, 100, 12.5)).to.equal(6.57);
    expect(scaledPoints(0.5, 100, 1)).to.equal(0.01);
    expect(scaledPoints(0.49, 100, 1)).to.equal(0);
    expect(scaledPoints(1.005, 100, 10)).to.equal(0.1);
    const amount = fc.integer({ min: 1, max: 100_000 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(amount, amount, fc.nat({ max: 100 }), (from, to, share) => {
        const points = Math.floor(from * share) / 100;
        const scaled = scaledPoints(points, from, to);
        expect(Math.abs(scaled - (points * to) / from)).to.be.at.most(0.005 + 1e-9);
        expect(scaledPoints(from, from, to)).to.equal(to);
        expect(scaledPoints(0, from, to)).to.equal(0);
      }),
    );
  });
});

describe("a course's file is filled in by its own conventions", () => {
  it('Canvas with commas in numbers and between cells, and a row of how grades are posted', () => {
    const text = template('canvas-german.csv');
    expect(fill(canvas, { template: text, ...SCALED })).to.equal(
      text.replace('"9,50",,', '"9,50","6,57",').replace('"8,00",EX,', '"8,00","12,5",'),
    );
  });

  it('Canvas with semicolons and points in numbers', () => {
    const text = template('canvas-semicolons.csv');
    expect(fill(canvas, { template: text, ...SCALED })).to.equal(
      text.replace(';;95.25', ';6.57;95.25').replace(';;80.00', ';12.5;80.00'),
    );
  });

  it('Canvas with semicolons and without a fraction, where Canvas takes commas', () => {
    const text = template('canvas-whole-numbers.csv');
    expect(fill(canvas, { template: text })).to.contain('CS-1;52,56\n');
    expect(fill(canvas, { template: text, decimal: '.' })).to.contain('CS-1;52.56\n');
  });

  it('Moodle in German and French, matched by whatever the roster has', () => {
    for (const [name, row] of [
      ['moodle-german.csv', /;6,57;"12,50";Ja;.*;-;FEEDBACK$/],
      ['moodle-french.csv', /,"6,57","12,50",Oui,-,-,FEEDBACK$/],
      ['moodle-german-utf-16.txt', /\t6,57\t"12,50"\tJa\t.*\t-\tFEEDBACK$/],
    ] as const) {
      const participants = [
        resultsOf(),
        resultsOf({ ...ZOE, id: 'z' }, { ...IVO, id: 'i' }),
        resultsOf(
          { name: 'Z', id: '1', other: { Moodle: 'Teilnehmer/in482193' } },
          { name: 'I', id: '2', other: { Moodle: 'Teilnehmer/in482194' } },
        ),
        resultsOf(
          { name: 'Z', id: '1', other: { Identifier: 'Participant 482193' } },
          { name: 'I', id: '2', other: { Identifier: 'Participant 482194' } },
        ),
      ];
      for (const results of participants) {
        const text = template(name);
        const lines = linesOf(fill(moodleWorksheet, { results, template: text, ...SCALED }));
        expect(lines[0]).to.equal(text.split(/\r?\n/)[0]);
        expect(lines[1]).to.match(row);
        expect(lines[2]).to.match(/12,5[";\t,]/);
      }
    }
  });

  it('with a maximum that can be read, or with a word on it', () => {
    const moodle = (maximum: string) =>
      `Identifier,ID number,Grade,Maximum grade,Last modified (grade)\nParticipant 1,0012345,,${maximum},-\n`;
    for (const maximum of ['"1.000,00"', '"Pass, Fail"']) {
      expect(() => fill(moodleWorksheet, { template: moodle(maximum), ...SCALED })).to.throw(
        UsageError,
        /maximum is not a number: got ".*" for "Maximum grade" of the worksheet/,
      );
    }
    const without = 'Student,ID,SIS User ID,Section,Lab 2 (1)\nZ,5,0012345,A,\n';
    const [file] = canvas.files({
      results: resultsOf(),
      records: () => [],
      template: without,
      ...SCALED,
    });
    expect(file?.notes).to.include('the template names no maximum; these points go up to 12.5');
  });

  it('with a word on rows that stay as they are, and none on those of nobody', () => {
    const text = [
      'Student,ID,SIS User ID,Section,Lab 2 (1)',
      '    Points Possible,,,,12.5',
      'Z,5,0012345,A,',
      '"Ghost, G",6,0099,A,',
      '"Student, Test",,,A,',
      '',
    ].join('\n');
    const [file] = canvas.files({
      results: resultsOf(),
      records: () => [],
      template: text,
      ...SCALED,
    });
    expect(file?.notes).to.include('1 row of the template not filled in: Ghost, G');
  });

  it('never in a column of Canvas that identifies students', () => {
    const text = 'Student,ID,SIS User ID,Section,Lab 2 (1)\nZ,5,0012345,A,\n';
    for (const column of ['SIS User ID', 'Section']) {
      expect(() => fill(canvas, { template: text, column })).to.throw(
        UsageError,
        /has no column for these points/,
      );
    }
  });

  it('Moodle with the one column of feedback, whatever it is called', () => {
    const filled = fill(moodleWorksheet, { template: template('moodle-dutch.csv'), ...SCALED });
    expect(linesOf(filled)[1]).to.match(/,"6,57","12,50",-,FEEDBACK$/);
  });

  it('Moodle in a language that is not known, once it is said which column is which', () => {
    const text = template('moodle-slovak.csv');
    expect(() => fill(moodleWorksheet, { template: text, ...SCALED })).to.throw(
      UsageError,
      /got the columns Identifikátor, .*--template-columns 'id=Identifikátor,grade=Hodnotenie,feedback=Komentár'$/,
    );
    const templateColumns = {
      id: 'E-mailová adresa',
      grade: 'hodnotenie',
      feedback: 'Komentár',
      maximum: 'Najlepšie hodnotenie',
    };
    const lines = linesOf(fill(moodleWorksheet, { template: text, templateColumns, ...SCALED }));
    expect(lines[1]).to.match(/;6,57;"12,50";-;FEEDBACK$/);
    expect(() =>
      fill(moodleWorksheet, { template: text, templateColumns: { grade: 'Známka' } }),
    ).to.throw(UsageError, /no column "Známka", which --template-columns names/);
  });

  it('asks for the decimal mark where numbers have both, or where nothing tells it', () => {
    const both = template('canvas-german.csv').replace('"95,00"', '95.25');
    expect(() => fill(canvas, { template: both, ...SCALED })).to.throw(
      UsageError,
      /got numbers with both: .*--decimal comma or --decimal point/,
    );
    const neither = template('moodle-german.csv').replaceAll('"12,50"', '100');
    expect(() => fill(moodleWorksheet, { template: neither })).to.throw(
      UsageError,
      /no number with a fraction in it; .*--decimal comma/,
    );
    const whole = { ...resultsOf() };
    whole.submissions = whole.submissions.filter(({ name }) => name === 'bob');
    expect(fill(moodleWorksheet, { results: whole, template: neither })).to.contain(';100;100;Ja;');
  });

  it('is not filled in where Canvas takes no grades', () => {
    const text = template('canvas-german.csv');
    expect(() => fill(canvas, { template: text, column: 'Current Score' })).to.throw(
      UsageError,
      /does not take grades.*\(nur lesen\)/,
    );
  });
});
