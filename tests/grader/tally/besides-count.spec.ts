import { expect } from 'chai';
import { countBesides, joinBesides } from '../../../grader/tally/besides-count.js';
import type { RunRecord } from '../../../harness/index.js';
import { failing, recordOf, someRun } from '../support.js';

type Besides = NonNullable<RunRecord['besides']>;

const LOST: Besides = { verdict: 'fail', class: 'safety', signature: 'a / b', reason: 'Lost.' };
const LATE: Besides = { verdict: 'fail', class: 'liveness', signature: 'c / d', reason: 'Late.' };

function countOf(besides?: Besides) {
  const record = recordOf(someRun(0), failing('view', besides && { besides }));
  return { besides: countBesides(record) };
}

describe('what runs show besides their failure', () => {
  it('is counted by verdict, and failures by kind', () => {
    const like = [
      countOf({ verdict: 'pass', reason: 'It passed.' }),
      countOf(LATE),
      countOf(LOST),
      countOf({ ...LOST, reason: 'Lost again.' }),
      countOf({ verdict: 'unknown', reason: 'It ended there.' }),
    ].flatMap(({ besides }) => (besides === undefined ? [] : [{ besides }]));
    expect(joinBesides(like)).to.deep.equal({
      passed: 1,
      unknown: 1,
      failures: [
        { signature: 'a / b', class: 'safety', count: 2, reason: 'Lost.' },
        { signature: 'c / d', class: 'liveness', count: 1, reason: 'Late.' },
      ],
    });
  });

  it('is nothing where the failure is what the scenario tests', () => {
    expect(countOf().besides).to.equal(undefined);
    expect(joinBesides([{}])).to.equal(undefined);
  });
});
