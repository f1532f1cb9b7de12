/** How several findings become one verdict. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import type { FailureClass } from '../../../harness/lab/failure-class.js';
import { leadingFinding, type FailFinding, type Finding } from '../../../harness/lab/verdict.js';

const pass: Finding = { verdict: 'pass', by: 'one', says: 'Nothing is wrong.' };
const unknown: Finding = { verdict: 'unknown', by: 'two', cause: 'disturbed', says: 'Too late.' };
const fail = (failureClass: FailureClass, by = 'three'): FailFinding => ({
  verdict: 'fail',
  by,
  class: failureClass,
  rule: 'kv-latest',
  symptom: 'expectation-failed',
  says: 'It is wrong.',
  evidence: { operations: [], events: [] },
});

describe('the leading finding', () => {
  it('is a failure before anything unknown, and that before a pass', () => {
    expect(leadingFinding([pass, unknown, fail('liveness')])).to.include({ verdict: 'fail' });
    expect(leadingFinding([pass, unknown, pass])).to.equal(unknown);
    expect(leadingFinding([pass])).to.equal(pass);
  });

  it('is the most telling of several failures', () => {
    const order: FailureClass[] = ['safety', 'crash', 'protocol', 'liveness', 'build'];
    for (const [index, leader] of order.entries()) {
      const rest = order.slice(index).map((each) => fail(each));
      expect(leadingFinding(rest.toReversed())).to.include({ class: leader });
    }
  });

  it('is the earlier of equals', () => {
    const [first, second] = [fail('crash', 'a'), fail('crash', 'b')];
    expect(leadingFinding([pass, first, second])).to.equal(first);
  });

  it('has the same weight in whatever order the findings come', () => {
    const findings = [pass, unknown, fail('safety'), fail('liveness'), fail('crash')];
    const weight = (list: Finding[]) => {
      const { verdict, ...rest } = leadingFinding(list);
      return `${verdict} ${'class' in rest ? rest.class : ''}`;
    };
    fc.assert(
      fc.property(fc.subarray(findings, { minLength: 1 }), (some) => {
        expect(weight(some)).to.equal(weight(some.toReversed()));
      }),
    );
  });

  it('does not exist without findings', () => {
    expect(() => leadingFinding([])).to.throw('without findings');
  });
});
