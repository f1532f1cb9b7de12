import { expect } from 'chai';
import { renderStaffPage } from '../../../../grader/views/pages/staff-page.js';
import { describeControl } from '../../../../grader/views/pages/student/control.js';
import type { Results } from '../../../../grader/results/results.js';
import { rateOf } from '../../../../grader/tally/tally.js';
import { makeClass } from '../../../support/made-up-class.js';

/** A class beside so many runs of the reference. */
function beside(passed: number, failed: number, unknown: number): Results {
  return {
    ...makeClass({ students: 1, scenarios: 2 }),
    control: {
      oneIn: 20,
      planned: passed + failed + unknown,
      runs: passed + failed + unknown,
      passed,
      failed,
      unknown,
      failureRate: rateOf(failed, passed + failed),
      failures: [],
      safe: failed === 0,
    },
  };
}

describe('what a student learns of the control arm', () => {
  const told = (results: Results) => describeControl(results).join('\n');

  it('is how often the reference passed, of the runs that can be judged', () => {
    expect(told(beside(20, 0, 3))).to.match(
      /was run 20 times .* failed 0 times; .* at most [\d.]+ % of runs/,
    );
  });

  it('is that there were no control runs, and why that may be', () => {
    const { control: _control, ...without } = beside(20, 0, 0);
    const says =
      'There were no control runs. By default, gradings of fewer than 20 runs have none.';
    expect(told(without)).to.contain(says);
    const page = renderStaffPage(without);
    expect(page).to.contain('There were no control runs.').and.contain('fewer than 20 runs');
    expect(renderStaffPage(beside(0, 0, 3))).to.contain('There were no usable control runs.');
  });

  it('is that the machine may be the cause where none of its runs can be judged', () => {
    expect(told(beside(0, 0, 3)))
      .to.match(/none of its runs can be judged\. So the machine may have caused failures/)
      .and.not.match(/failed 0 times/);
  });

  it('is that the page is not to be relied on where the reference has failed', () => {
    expect(told(beside(19, 1, 0))).to.match(
      /failed once\..*Nothing on this page can be relied on/s,
    );
  });
});

describe('what the staff page says of where results come from', () => {
  it('has every regrade with the kit that did it', () => {
    const results = beside(20, 0, 0);
    if (results.provenance === undefined) throw new Error('the class has no provenance');
    const regrades = [{ at: '2026-02-01T10:00:00.000Z', kit: '9.1.0' }];
    const page = renderStaffPage({ ...results, provenance: { ...results.provenance, regrades } });
    expect(page).to.match(/Regraded<\/dt><dd>2026-02-01 10:00 UTC with pblab 9\.1\.0/);
  });
});

describe('what the staff page says of how points follow', () => {
  const graded = (decisions: number): string => {
    const { rubric, ...results } = beside(20, 0, 0);
    if (rubric === undefined) throw new Error('the class has no rubric');
    let index = 0;
    const parts = rubric.parts.map((part) => ({
      ...part,
      scenarios: part.scenarios.map((one) => {
        index += 1;
        const policy = { kind: 'decision', undecided: 0.5 } as const;
        return index <= decisions ? { ...one, policy } : one;
      }),
    }));
    return renderStaffPage({ ...results, rubric: { ...rubric, parts } });
  };

  it('is the interval, the decision, or both', () => {
    const byEnd = 'Points follow from the low end of the 95 % interval';
    const byDecision = 'Points follow from the decision of the sequential test';
    const both = 'In 1 scenario points follow from the decision of the sequential test';
    const sentences = [byEnd, byDecision, both];
    const said = [0, 1, 99].map((decisions) => {
      const page = graded(decisions);
      return sentences.filter((sentence) => page.includes(sentence));
    });
    expect(said).to.deep.equal([[byEnd], [byEnd, both], [byDecision]]);
  });
});
