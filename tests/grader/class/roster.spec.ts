import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseRoster, readRoster } from '../../../grader/class/read-roster.js';
import { UsageError } from '../../../harness/index.js';
import { withFolder } from '../support.js';

const HEADER = 'submission,name,id';

/** What is wrong, the file, and what the answer must contain. */
const mistakes: [string, string, RegExp][] = [
  ['nothing', '', /^r\.csv is empty: expected a header line/],
  ['no header', 'alice,Alice,1\n', /^r\.csv:1: no column submission, no column name, no column id/],
  ['half a header', 'name,id\n', /no column submission: got the columns name, id/],
  ['a column twice', `${HEADER},ID\n`, /^r\.csv:1: two columns are called id/],
  ['a student twice', `${HEADER}\na,Alice,1\nb,Bob,1\n`, /^r\.csv:3: the id "1" is in line 2/],
  ['a folder of two', `${HEADER}\na,Alice,1\n\na,Bob,2\n`, /^r\.csv:4: the submission "a" is in/],
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

  it('has to be there and to be UTF-8', () =>
    withFolder((folder) => {
      const file = join(folder, 'roster.csv');
      expect(() => readRoster(file)).to.throw(UsageError, 'cannot be read: got ENOENT');
      writeFileSync(file, Buffer.from(`${HEADER}\na,J\u00f6rg,1\n`, 'latin1'));
      expect(() => readRoster(file)).to.throw(UsageError, 'is not UTF-8; save it as "CSV UTF-8"');
    }));
});
