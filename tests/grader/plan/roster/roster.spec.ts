import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { matchRoster } from '../../../../grader/plan/roster/match-roster.js';
import { parseRoster, readRoster, rosterText } from '../../../../grader/plan/roster/read-roster.js';
import { ROSTER_ROLES } from '../../../../grader/plan/roster/roster-columns.js';
import type { PlannedSubmission } from '../../../../grader/plan/plan.js';
import { parseAskedColumns } from '../../../../grader/files/tables/asked-columns.js';
import { UsageError } from '../../../../harness/index.js';
import { dataPath } from '../../../support/data.js';
import { withFolder } from '../../support.js';

const HEADER = 'submission,name,id';

/** What is wrong, the file, and what the answer must contain. */
const mistakes: [string, string, RegExp][] = [
  ['nothing', '', /^r\.csv is empty: expected a header line/],
  ['no header', 'alice,Alice,1\n', /^r\.csv:1: no column submission, no column name, no column id/],
  ['half a header', 'name,id\n', /no column submission: got the columns name, id/],
  ['a column twice', `${HEADER},id\n`, /^r\.csv:1: two columns are called id/],
  ['a student twice', `${HEADER}\na,Alice,1\nb,Bob,1\n`, /^r\.csv:3: the id "1" is in line 2/],
  ['no name', `${HEADER}\na,Alice,1\nb,,2\n`, /^r\.csv:3: the name is missing/],
  ['no id', `${HEADER}\na,Alice\n`, /^r\.csv:2: the id is missing/],
  ['an open quote', `${HEADER}\na,"Alice,1\n`, /^r\.csv is not CSV: .*line 2/],
  ['a bare comma', `${HEADER}\na,Liddell, Alice,1\n`, /^r\.csv:2: .*got 4 cells.*double quotes/],
];

describe('a roster', () => {
  it('says who handed in what, with whatever else the course knows', () => {
    const text = `${HEADER},email,Section\nalice/,"Liddell, Alice",0042,a@example.org,B\n,Bob,7,,\n`;
    expect(parseRoster(text, 'r.csv')).to.deep.equal([
      {
        submission: 'alice',
        student: {
          name: 'Liddell, Alice',
          id: '0042',
          email: 'a@example.org',
          other: { Section: 'B' },
        },
      },
      { submission: '', student: { name: 'Bob', id: '7' } },
    ]);
  });

  it('may come from a spreadsheet, with a byte order mark, semicolons and empty lines', () => {
    const text = '\uFEFFSubmission;Name;ID\r\nalice;"Liddell; Alice";1\r\n;;\r\n\r\n';
    const [alice, ...others] = parseRoster(text, 'r.csv');
    expect(alice?.student).to.deep.equal({ name: 'Liddell; Alice', id: '1' });
    expect(others).to.be.empty;
  });

  for (const [what, text, answer] of mistakes) {
    it(`with ${what} is refused, and it is said where`, () => {
      expect(() => parseRoster(text, 'r.csv')).to.throw(UsageError, answer);
    });
  }

  it('has to be there and to be text', () =>
    withFolder((folder) => {
      const file = join(folder, 'roster.csv');
      expect(() => readRoster(file)).to.throw(UsageError, 'cannot be read: got ENOENT');
      writeFileSync(file, Buffer.from([0x61, 0x81, 0x2c]));
      expect(() => readRoster(file)).to.throw(UsageError, 'is not UTF-8; save it as "CSV UTF-8"');
    }));

  it('has several students of one submission', () => {
    const roster = parseRoster(`${HEADER}\nteam-7,Ivo,1\nteam-7,Mara,2\n`, 'r.csv');
    const submissions = [submissionAt('/handed-in/team-7')];
    const { students, missing, unlisted } = matchRoster(roster, submissions);
    expect(students.get('team-7')?.map(({ id }) => id)).to.deep.equal(['1', '2']);
    expect([missing, unlisted]).to.deep.equal([[], []]);
  });
});

/** The file, the submission, name, id and address of each student that is in it. */
const EXPORTS: [string, string[]][] = [
  [
    'github-classroom.csv',
    [
      'ivol|Ivo Lindqvist|ivo.lindqvist@uni.example|ivo.lindqvist@uni.example',
      'mara-ok|mara.okafor@uni.example|mara.okafor@uni.example|mara.okafor@uni.example',
      '|not.linked@uni.example|not.linked@uni.example|not.linked@uni.example',
    ],
  ],
  [
    'github-classroom-grades.csv',
    [
      'lab2-ivol|ivo.lindqvist@uni.example|ivo.lindqvist@uni.example|ivo.lindqvist@uni.example',
      'lab2-mara-ok|mara.okafor@uni.example|mara.okafor@uni.example|mara.okafor@uni.example',
    ],
  ],
  ['canvas-gradebook.csv', ['ilindq|Lindqvist, Ivo|0012345|', 'mokafor|Okafor, Mara|0012346|']],
  // One of them has no SIS id, so Canvas knows all of them by its own only.
  ['canvas-names.csv', ['ilindq|Ivo Lindqvist|9101|', 'mokafor|Mara Okafor|9102|']],
  ['canvas-groups.csv', ['team-7|Ivo Lindqvist|0012345|', 'team-7|Mara Okafor|0012346|']],
  [
    'moodle-worksheet.csv',
    ['482193|Zoë Müller|0012345|zoe@uni.example', '482194|Ivo Lindqvist|0012346|ivo@uni.example'],
  ],
  [
    'moodle-worksheet-german.csv',
    ['482193|Zoë Müller|0012345|zoe@uni.example', '482194|Ivo Lindqvist|0012346|ivo@uni.example'],
  ],
  [
    'moodle-participants-french.csv',
    ['team-7|Zoé Müller|0012345|zoe@uni.example', 'team-7|Ivo Lindqvist|0012346|ivo@uni.example'],
  ],
  [
    'german.csv',
    ['team-7|Zoë Müller|0012345|zoe@uni.example', 'team-7|Ivo Lindqvist|0012346|ivo@uni.example'],
  ],
  ['german-windows-1252.csv', ['team-7|Zoë Müller|0012345|', 'solo-3|Jörg Weiß|0012346|']],
  [
    'french.csv',
    ['team-7|Zoé Müller|0012345|zoe@uni.example', 'team-7|Anaïs Lefèvre|0012346|anais@uni.example'],
  ],
  [
    'spanish.tsv',
    ['team-7|Zoë Müller|0012345|zoe@uni.example', 'solo-3|Íñigo Núñez|0012346|inigo@uni.example'],
  ],
  ['spreadsheet-utf-16.csv', ['team-7|Zoë Müller|0012345|', 'team-7|Ivo Lindqvist|0012346|']],
];

describe('a roster that a course system has exported', () => {
  for (const [name, expected] of EXPORTS) {
    it(`is read: ${name}`, () => {
      const roster = readRoster(dataPath('rosters', name));
      const found = roster.map(({ submission, student }) =>
        [submission, student.name, student.id, student.email ?? ''].join('|'),
      );
      expect(found).to.deep.equal(expected);
    });

    it(`is kept so that it reads the same again: ${name}`, () => {
      const roster = readRoster(dataPath('rosters', name));
      const notes: string[] = [];
      const again = parseRoster(rosterText(roster), 'r', { tell: (note) => notes.push(note) });
      expect(again).to.deep.equal(roster);
      expect(notes).to.deep.equal([]);
    });
  }

  it("keeps a course's own columns, and no grades of other assignments", () => {
    const [first] = readRoster(dataPath('rosters/canvas-gradebook.csv'));
    expect(first?.student.other).to.deep.equal({
      Student: 'Lindqvist, Ivo',
      ID: '9101',
      'SIS User ID': '0012345',
      'SIS Login ID': 'ilindq',
      Section: 'CS-1',
    });
  });

  it("keeps Canvas's own number as that where it is all that students are known by", () => {
    const [first] = readRoster(dataPath('rosters/canvas-names.csv'));
    expect(first?.student).to.deep.include({ id: '9101' });
    expect(first?.student.other).to.include({ ID: '9101', 'SIS Login ID': 'ilindq' });
  });

  it('says what it was read as where that is not sure, with a line that shows it', () => {
    const notes: string[] = [];
    const tell = (note: string) => notes.push(note);
    readRoster(dataPath('rosters/german-windows-1252.csv'), { tell });
    expect(notes[0]).to.match(
      /read as Windows-1252, with lines such as "Müller;Zoë;0012345;team-7"/,
    );
    expect(notes[1]).to.match(/looked for by the column "Gruppe"; another one: --roster-columns/);
  });

  it('is asked about where columns cannot be recognised, with what can be guessed filled in', () => {
    const text = 'Rufnummer,Vorname,Nachname,Kürzel\n1,Zoë,Müller,zm\n';
    expect(() => parseRoster(text, 'r.csv')).to.throw(
      UsageError,
      /got the columns Rufnummer, Vorname, Nachname, Kürzel.*--roster-columns submission=COLUMN,name=Vorname\+Nachname,id=COLUMN$/,
    );
    const columns = { submission: 'kurzel', name: 'Vorname+Nachname', id: 'Rufnummer' };
    const [entry] = parseRoster(text, 'r.csv', { columns });
    expect(entry?.submission).to.equal('zm');
    expect(entry?.student).to.include({ name: 'Zoë Müller', id: '1' });
    expect(() => parseRoster(text, 'r.csv', { columns: { id: 'Nummer' } })).to.throw(
      UsageError,
      /no column "Nummer".*got the columns Rufnummer, /,
    );
  });

  it('joins a surname that is called name with the first name, and no whole name', () => {
    const nameIn = (text: string) => parseRoster(text, 'r.csv')[0]?.student.name;
    expect(nameIn('submission,name,id,Vorname\na,Müller,1,Zoë\nb,Weiß,2,Jo\n')).to.equal(
      'Zoë Müller',
    );
    const whole = 'a,"Müller, Zoë",1,Zoë\nb,Robert Weiß,2,Bob\nc,Ann Li,3,Ann\n';
    expect(nameIn(`submission,name,id,First name\n${whole}`)).to.equal('Müller, Zoë');
  });

  it('takes empty cells at the end of a line for nothing', () => {
    expect(parseRoster(`${HEADER}\na,Ivo,1,,\n`, 'r.csv')).to.have.length(1);
  });

  it('finds repositories by the name of a user, and downloads of Moodle by the participant', () => {
    const github = readRoster(dataPath('rosters/github-classroom.csv'));
    const repositories = ['lab2-ivol', 'lab2-mara-ok', 'lab2-x'].map((name) =>
      submissionAt(`/repositories/${name}`),
    );
    const matched = matchRoster(github, repositories);
    expect([...matched.students.keys()]).to.deep.equal(['lab2-ivol', 'lab2-mara-ok']);
    expect(matched.unlisted).to.deep.equal(['lab2-x']);
    expect(matched.missing.map(({ name }) => name)).to.deep.equal(['not.linked@uni.example']);

    const moodle = readRoster(dataPath('rosters/moodle-worksheet.csv'));
    const download = submissionAt('/all/Zoë Müller_482193_assignsubmission_file_');
    const [[, own] = []] = [...matchRoster(moodle, [download]).students];
    expect(own?.map(({ id }) => id)).to.deep.equal(['0012345']);
  });

  it('gives nobody a submission by the end of its name where that is not clear', () => {
    const roster = parseRoster(`${HEADER}\n7,Ivo,1\n3,Mara,2\n`, 'r.csv');
    const folders = ['team-7', 'solo-3'].map((name) => submissionAt(`/in/${name}`));
    expect(matchRoster(roster, folders).students.size).to.equal(0);
  });
});

describe('the option that says which column is which', () => {
  const parse = (text: string) => parseAskedColumns(text, ROSTER_ROLES, '--roster-columns');

  it('takes titles with commas and blanks', () => {
    expect(parse('submission=Team, or folder, name = Nom et prénom,id=N°')).to.deep.equal({
      submission: 'Team, or folder',
      name: 'Nom et prénom',
      id: 'N°',
    });
  });

  it('is refused with the words that it knows', () => {
    for (const wrong of ['', 'folder=x', 'name=', 'name']) {
      expect(() => parse(wrong), wrong).to.throw(UsageError, /submission=COLUMN,name=COLUMN,/);
    }
  });
});

function submissionAt(spec: string): PlannedSubmission {
  return { name: basename(spec), spec, digest: '' };
}
