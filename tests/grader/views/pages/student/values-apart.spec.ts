import { expect } from 'chai';
import type { FailFinding, Operation } from '../../../../../harness/index.js';
import { valuesApart } from '../../../../../grader/views/pages/student/values-apart.js';
import { append, get, history, put } from '../../../../harness/history/operations.js';

function apart(symptom: FailFinding['symptom'], operations: Operation[]) {
  const finding: FailFinding = {
    verdict: 'fail',
    by: 'test',
    class: 'safety',
    rule: 'kv-latest',
    symptom,
    says: 'It is wrong.',
    evidence: { operations, events: [] },
  };
  return valuesApart(finding, operations);
}

describe('two values that should not differ', () => {
  const long = 'a'.repeat(312);

  it('are shown around their difference', () => {
    const of = apart(
      'reads-disagree',
      history(
        put('c1', `${long}bc`, 0, 1),
        put('c2', `${long}dc`, 2, 3),
        get('c1', `${long}bc`, 4, 5),
        get('c2', `${long}dc`, 6, 7),
      ),
    );
    const before = `…${'a'.repeat(24)}`;
    expect(of).to.deep.equal({
      says: 'The two values differ after 312 characters:',
      rows: [
        { whose: 'c1 read at 4 ms', before, own: 'b', after: 'c' },
        { whose: 'c2 read at 6 ms', before, own: 'd', after: 'c' },
      ],
    });
  });

  it('are a put that was lost and the value that was read in its place', () => {
    const of = apart(
      'lost-acknowledged-write',
      history(put('c1', 'old', 0, 1), put('c1', 'new', 2, 3), get('c2', 'old', 4, 5)),
    );
    expect(of?.says).to.equal('The two values differ from the beginning:');
    expect(of?.rows.map(({ whose, own }) => [whose, own])).to.deep.equal([
      ['c1 put at 2 ms', 'new'],
      ['c2 read at 4 ms', 'old'],
    ]);
  });

  it('are a value with and without its last repeat of an append', () => {
    const of = apart(
      'duplicate-append',
      history(append('c1', 'x 0 y', 0, 1), get('c2', 'x 0 yx 0 y', 4, 5)),
    );
    expect(of?.rows.map(({ own }) => own)).to.deep.equal(['', 'x 0 y']);
  });

  it('have their difference cut, and harmful characters shown as such', () => {
    const of = apart(
      'reads-disagree',
      history(
        put('c1', 'x'.repeat(100), 0, 1),
        put('c2', '\u001B[31m\n', 2, 3),
        get('c1', 'x'.repeat(100), 4, 5),
        get('c2', '\u001B[31m\n', 6, 7),
      ),
    );
    expect(of?.rows.map(({ own }) => own)).to.deep.equal([
      `${'x'.repeat(80)}… (20 more characters)`,
      String.raw`\u001b[31m\n`,
    ]);
  });

  it('are not compared if one of them is empty', () => {
    const of = apart('lost-acknowledged-write', history(put('c1', 'a', 0, 1), get('c2', '', 4, 5)));
    expect(of).to.equal(undefined);
  });
});
