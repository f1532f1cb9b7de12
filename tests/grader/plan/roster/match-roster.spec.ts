import { expect } from 'chai';
import { matchRoster } from '../../../../grader/plan/roster/match-roster.js';
import { namedByPaths } from '../../support.js';

const NESTED = ['/h/alice/lab2', '/h/bob/lab2', '/h/Carol/lab2', '/h/unpacked/dave.tar.gz'];

/** Names in the plan of what each cell of a roster means; several where it is ambiguous. */
function meantBy(cells: readonly string[], paths = NESTED): string[][] {
  const submissions = namedByPaths(paths);
  return cells.map((submission) => {
    const student = { name: submission, id: submission };
    const { students, ambiguous } = matchRoster([{ submission, student }], submissions);
    const several = ambiguous.flatMap((one) => one.submissions.map(({ name }) => name));
    return [...students.keys(), ...several];
  });
}

describe('a cell of a roster', () => {
  it('means a submission by its name, its path, or any part of the path that tells it apart', () => {
    const cells = [
      'alice-lab2',
      'alice/lab2',
      'alice',
      './alice/lab2/',
      'h/alice/lab2',
      'alice\\lab2',
    ];
    expect(meantBy(cells)).to.deep.equal(cells.map(() => ['alice-lab2']));
    expect(meantBy(['dave', 'dave.tar.gz', 'unpacked/dave'])).to.deep.equal([
      ['dave.tar.gz'],
      ['dave.tar.gz'],
      ['dave.tar.gz'],
    ]);
  });

  it('may go on with the only folder that was entered', () => {
    const [alice] = namedByPaths(['/h/alice', '/h/bob']);
    if (alice === undefined) throw new Error('there is Alice');
    const note = 'the submission is in its only folder my lab/lab2';
    const students = (submission: string) =>
      matchRoster([{ submission, student: { name: 'A', id: '1' } }], [{ ...alice, note }]).students;
    expect([...students('alice/my lab/lab2').keys()]).to.deep.equal(['alice']);
    expect([...students('alice/lab3').keys()]).to.deep.equal([]);
  });

  it('may be written in other letters, where nothing is written in these', () => {
    expect(meantBy(['carol', 'CAROL/LAB2'])).to.deep.equal([['Carol-lab2'], ['Carol-lab2']]);
    const both = ['/h/alice', '/h/ALICE'];
    const [small, large, neither] = meantBy(['alice', 'ALICE', 'Alice'], both);
    expect(small).to.have.lengthOf(1);
    expect(large).to.have.lengthOf(1);
    expect(small).not.to.deep.equal(large);
    expect(neither).to.have.lengthOf(2);
    expect(meantBy(['Zoe\u0308'], ['/h/Zo\u00eb', '/h/bob'])).to.deep.equal([['Zoë']]);
  });

  it('is nobody’s where it may be several, or nothing, or the way to all', () => {
    expect(meantBy(['lab2', 'h', '', 'eve', 'ali'])).to.deep.equal([
      ['alice-lab2', 'bob-lab2', 'Carol-lab2'],
      [],
      [],
      [],
      [],
    ]);
    // Whoever grades has a home folder, and may be called like a student.
    expect(meantBy(['alice'], ['/home/alice/class/bob'])).to.deep.equal([[]]);
    expect(meantBy(['bob'], ['/home/alice/class/bob'])).to.deep.equal([['bob']]);
  });

  it('that is not clear leaves its student without a submission', () => {
    const student = { name: 'Alice', id: '1' };
    const found = matchRoster([{ submission: 'lab2', student }], namedByPaths(NESTED));
    expect(found.missing).to.deep.equal([student]);
    expect(found.ambiguous.map(({ entry }) => entry.submission)).to.deep.equal(['lab2']);
    expect(found.unlisted).to.have.lengthOf(NESTED.length);
  });
});
