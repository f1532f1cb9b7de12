import { expect } from 'chai';
import { isCommonlyFailed, readPrevalence } from '../../../../grader/measured/prevalence.js';
import { bins, wholeTicks } from '../../../../grader/views/pages/staff/bins.js';
import { cellOf } from '../../../../grader/views/pages/staff/cell.js';
import { classTable } from '../../../../grader/views/pages/staff/class-model.js';
import { clusterOrder } from '../../../../grader/views/pages/staff/cluster-order.js';
import { itemStatistics } from '../../../../grader/views/pages/staff/item-statistics.js';
import { renderStaffPage } from '../../../../grader/views/pages/staff-page.js';
import { changedLines } from '../../../../grader/views/pages/staff/rubric-lines.js';
import { staffData } from '../../../../grader/views/pages/staff/staff-data.js';
import { parseRubric } from '../../../../grader/rubric/read-rubric.js';
import type { SubmissionResults } from '../../../../grader/results/results.js';
import { rateOf } from '../../../../grader/tally/tally.js';
import { type ScenarioTally } from '../../../../grader/tally/scenario-tally.js';
import { makeClass } from '../../../support/made-up-class.js';
import { controlled, madeUpClass } from '../terminal/made-up-results.js';

/** Runs of a scenario `a`, `b`, ...: that many failed and passed. */
function tallyOf(scenario: string, failed: number, passed: number): ScenarioTally {
  const runs = failed + passed;
  return {
    scenario,
    planned: runs,
    runs,
    passed,
    failed,
    unknown: 0,
    failureRate: rateOf(failed, runs),
    word: runs < 10 ? 'undecided' : failed === 0 ? 'solid' : 'flaky',
    signatures: [],
    unknownCauses: {},
  };
}

/** A submission for each list of failures, of 20 runs each. */
function classOf(failures: readonly (readonly number[])[]): SubmissionResults[] {
  return failures.map((list, index) => ({
    name: `s${index}`,
    spec: `s${index}`,
    digest: '',
    tallies: list.map((failed, place) => tallyOf('abcdef'.charAt(place), failed, 20 - failed)),
  }));
}

function itemsOf(failures: readonly (readonly number[])[]) {
  const table = classTable({
    ...makeClass({ students: 1, scenarios: 1 }),
    submissions: classOf(failures),
  });
  return itemStatistics(table.rows, table.planned);
}

describe('the staff page', () => {
  it('says what most public submissions fail, and how far submissions get in each tier', () => {
    const common = readPrevalence().scenarios.find(({ scenario }) => isCommonlyFailed(scenario));
    const { scenario = '' } = common ?? {};
    const tallies = [
      { ...tallyOf(scenario, 3, 17), tier: 'implied' as const },
      { ...tallyOf('view-zero', 0, 20), tier: 'asked' as const },
    ];
    const all = ['s1', 's2'].map((name) => ({ name, spec: name, digest: '', tallies }));
    const results = { ...makeClass({ students: 1, scenarios: 1 }), submissions: all };
    const text = renderStaffPage(results).replaceAll(/<[^>]*>/g, '');
    expect(text).to.contain('Mean share of scenarios without a failure: asked 100 %, implied 0 %.');
    expect(text).to.contain('most public submissions fail it, too');
    expect(text).to.contain(`${common?.failed} of ${common?.tried}`);
  });
});

describe('clustering', () => {
  it('puts like profiles beside each other, those that fail most first', () => {
    const order = clusterOrder([
      [0, 0],
      [1, 1],
      [0.1, 0],
      [0.9, 1],
      [0, 0.1],
    ]);
    expect(order.slice(0, 2)).to.have.members([1, 3]);
    expect(order.slice(2)).to.have.members([0, 2, 4]);
  });

  it('merges by the average of the distances', () => {
    // Four points on a line, given by the first rate; the second tips their means, and so the order.
    const point = (x: number, tip: number) => [x, 1 - x + tip];
    const order = clusterOrder([point(0, 0.02), point(0.58, 0), point(0.25, 0.01), point(1, 0.05)]);
    // 0.58 is nearer to 0.25 than to 1, but not to 0 and 0.25 on average.
    expect(order).to.deep.equal([3, 1, 0, 2]);
  });

  it('knows of none, of one, and of profiles of which nothing is known', () => {
    expect(clusterOrder([])).to.deep.equal([]);
    expect(clusterOrder([[0.5]])).to.deep.equal([0]);
    expect(clusterOrder([[null], [0], [null], [0]])).to.have.members([0, 1, 2, 3]);
  });

  it('ends for a large class before the patience of a test does', () => {
    const profiles = Array.from({ length: 400 }, (_, index) =>
      Array.from({ length: 98 }, (_unused, place) => ((index * 31 + place * 17) % 101) / 101),
    );
    expect(clusterOrder(profiles)).to.have.lengthOf(400);
  });
});

describe('a cell of the heat-map', () => {
  it('never says 0 or 100 of what is neither', () => {
    expect(cellOf(tallyOf('a', 0, 20)).text).to.equal('0');
    expect(cellOf(tallyOf('a', 1, 399)).text).to.equal('<1');
    expect(cellOf(tallyOf('a', 399, 1)).text).to.equal('>99');
    expect(cellOf(tallyOf('a', 20, 0)).text).to.equal('100');
  });

  it('is the stronger the surer it is', () => {
    expect(cellOf(tallyOf('a', 10, 190)).look).to.equal('r1 s3');
    expect(cellOf(tallyOf('a', 25, 25)).look).to.equal('r3 s2');
    expect(cellOf(tallyOf('a', 5, 5)).look).to.equal('r3 s1');
  });

  it('tells apart what is undecided, unknown and not run', () => {
    expect(cellOf(tallyOf('a', 1, 4))).to.deep.equal({ text: '20?', look: 'u r2 s1' });
    expect(cellOf(tallyOf('a', 0, 0))).to.deep.equal({ text: '?', look: 'u' });
    expect(cellOf(undefined)).to.deep.equal({ text: '–', look: 'x' });
  });
});

describe('item analysis', () => {
  it('tells how easy a scenario is, what it catches, and what it catches alone', () => {
    const [a, b] = itemsOf([
      [10, 0],
      [0, 0],
      [20, 20],
      [0, 0],
    ]);
    expect(a).to.include({ meanShare: 0.625, catches: 2, catchesAlone: 1 });
    expect(b).to.include({ meanShare: 0.75, catches: 1, catchesAlone: 0 });
  });

  it('correlates a scenario with the sum of the others, itself left out', () => {
    // Shares of a are 1, 0.5, 0; of b and c together 2, 1.5, 0.5.
    const [a] = itemsOf([
      [0, 0, 0],
      [10, 10, 0],
      [20, 20, 10],
    ]);
    // By hand: covariance 0.75, squares 0.5 and 7/6.
    expect(a?.discrimination).to.be.closeTo(0.75 / Math.sqrt((0.5 * 7) / 6), 1e-12);
  });

  it('has no correlation where nothing varies, and no doubts of few submissions', () => {
    const [a, b] = itemsOf([
      [0, 5],
      [0, 0],
    ]);
    expect(a?.discrimination).to.equal(null);
    expect(a?.doubts).to.deep.equal(['nobody fails it']);
    expect(b?.doubts).to.deep.equal([]);
  });

  it('finds scenarios that catch the same submissions', () => {
    const [a, b, c] = itemsOf([
      [3, 9, 0],
      [0, 0, 1],
      [1, 2, 0],
    ]);
    expect(a?.sameAs).to.deep.equal(['b']);
    expect(b?.sameAs).to.deep.equal(['a']);
    expect(c?.sameAs).to.deep.equal([]);
  });
});

describe('the data of the staff page', () => {
  it('holds each different tally once, and is small for a large class', () => {
    const results = makeClass({ students: 60, scenarios: 40, runs: 20 });
    const data = staffData(results, classTable(results));
    expect(data.students).to.have.lengthOf(60);
    expect(data.students.filter(({ ungradable }) => ungradable !== undefined)).to.have.lengthOf(1);
    expect(new Set(data.tallies.map((one) => JSON.stringify(one)))).to.have.lengthOf(
      data.tallies.length,
    );
    expect(data.tallies.length).to.be.below((59 * 40) / 4);
    for (const { label, cells } of data.students) {
      const { tallies = [] } =
        results.submissions.find(
          ({ students, name }) => label === `${students?.[0]?.name} (${name})`,
        ) ?? {};
      for (const { scenario, failed } of tallies) {
        const cell = data.tallies[cells[data.scenarios.indexOf(scenario)] ?? -1];
        expect(cell?.failed).to.equal(failed);
      }
    }
  });

  it('puts a value on a border into the class above it, and the highest into the last', () => {
    const counts = bins([0, 4.9, 5, 100], 100).map(({ count }) => count);
    expect(counts.slice(0, 2)).to.deep.equal([2, 1]);
    expect(counts.at(-1)).to.equal(1);
  });
});

describe('the top of the staff page', () => {
  const CLASS = madeUpClass();
  const { control, provenance } = controlled(0);
  if (control === undefined || provenance === undefined) throw new Error('nothing was controlled');

  it('calls safe only what enough runs of the reference vouch for', () => {
    const after = (runs: number) =>
      renderStaffPage({
        ...CLASS,
        control: { ...control, passed: runs, failureRate: rateOf(0, runs) },
      });
    expect(after(72)).to.contain('<strong>Safe.</strong>');
    for (const runs of [3, 18, 71]) {
      expect(after(runs)).not.to.contain('<strong>Safe.</strong>');
      expect(after(runs)).to.contain(`passed its ${runs} usable runs`);
    }
  });

  it('warns of a machine that was too busy', () => {
    expect(renderStaffPage(CLASS)).not.to.contain('too busy');
    const load = { attempts: 142, disturbedAttempts: 107 };
    const page = renderStaffPage({ ...CLASS, provenance: { ...provenance, load } });
    expect(page).to.contain('107 of 142 attempts (75.4 %) were disturbed');
  });
});

describe('the axis of counts', () => {
  it('has few ticks, all whole and distinct, whether one is counted or a thousand', () => {
    expect(wholeTicks(0)).to.deep.equal([0]);
    expect(wholeTicks(1)).to.deep.equal([0, 1]);
    expect(wholeTicks(2)).to.deep.equal([0, 1, 2]);
    expect(wholeTicks(7)).to.deep.equal([0, 2, 4, 6]);
    expect(wholeTicks(1000)).to.deep.equal([0, 250, 500, 750, 1000]);
  });
});

describe('changed lines of a rubric', () => {
  it('make the other rubric when they are written into the file', () => {
    const file = (top: string, first: string) =>
      `title: t\n${top}\nparts:\n- name: A\n  policy: { kind: linear, fullAtMost: 0 %, noneFrom: 50 % }\n  scenarios:\n${first}\n  - { scenario: view-first-backup, points: 1 }\n`;
    const before = parseRubric(file('', '  - { scenario: view-zero, points: 1 }'), 'rubric.yaml');
    const [part] = before.parts;
    const [scenario, ...others] = part?.scenarios ?? [];
    if (part === undefined || scenario === undefined) throw new Error('the rubric has a part');
    const steps = [
      { atMost: 0.015, share: 1 },
      { atMost: 0.1, share: 0.5 },
    ];
    const policy = { kind: 'steps', steps } as const;
    const after = {
      ...before,
      confidence: 0.99,
      gradedEnd: 'high' as const,
      parts: [{ ...part, scenarios: [{ ...scenario, policy }, ...others] }],
    };
    const lines = changedLines(before, after).split('\n');
    const top = lines.filter((line) => /^\w/.test(line)).join('\n');
    const entry = [...lines.filter((line) => /^(?:-| )/.test(line)), '  points: 1'];
    const written = file(top, entry.map((line) => `  ${line}`).join('\n'));
    expect(parseRubric(written, 'rubric.yaml')).to.deep.equal(after);
    expect(changedLines(before, before)).to.equal('');
  });
});
