import { expect } from 'chai';
import {
  countCoverage,
  coverageOf,
  type CoverageCount,
} from '../../../grader/tally/situations-met.js';
import { renderStaffPage } from '../../../grader/views/pages/staff-page.js';
import type { PlannedRun } from '../../../grader/plan/plan.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { redactFor } from '../../../grader/results/redaction.js';
import { replaysOf } from '../../../grader/plan/replays.js';
import { renderCoverable, renderCoverage } from '../../../grader/views/terminal/coverage-list.js';
import { renderTerminal } from '../../../grader/views/terminal/terminal.js';
import { RESULTS } from '../../../grader/results/results.js';
import { buildResults } from '../../../grader/results/build-results.js';
import { COVERABLE, type Met, type RunRecord } from '../../../harness/index.js';
import { expectGolden } from '../golden.js';
import { planOf, recordOf, unknown, withControl } from '../support.js';
import { cleaned } from '../../../grader/text/sanitize.js';

const CUT: Met = { target: 'backup', did: 'cut', moment: 'at any time' };
const KILL: Met = { target: 'client', did: 'kill', moment: 'at any time' };

const plan = withControl(planOf(['alice', 'bob'], ['generated-links', 'chaos'], 3));
const links = plannedRuns(plan).filter(({ scenario }) => scenario === 'generated-links');

function withMet(run: PlannedRun | undefined, met: Met[], changes: Partial<RunRecord> = {}) {
  if (run === undefined) throw new Error('there is no such run');
  return recordOf(run, { met, ...changes });
}

function runsOf({ situations }: CoverageCount, { target, did, moment }: Met): number | undefined {
  return situations.find((one) => one.target === target && one.did === did && one.moment === moment)
    ?.runs;
}

describe('what generated runs have met', () => {
  it('is counted once a run, whatever its verdict, for all submissions', () => {
    const count = countCoverage(plan, [
      withMet(links[0], [CUT, CUT, KILL]),
      withMet(links[1], [CUT], unknown('disturbed')),
      withMet(links[2], []),
    ]);
    expect(count.runs).to.equal(3);
    expect(runsOf(count, CUT)).to.equal(2);
    expect(runsOf(count, KILL)).to.equal(1);
    expect(count.situations).to.have.lengthOf(COVERABLE.length);
    expect(coverageOf(count)).to.deep.equal({ runs: 3, met: 2, situations: COVERABLE.length });
  });

  it('is what the latest attempt at a run has met', () => {
    const count = countCoverage(plan, [
      withMet(links[0], [CUT], { attempt: 1 }),
      withMet(links[0], [KILL], unknown('disturbed')),
    ]);
    expect([count.runs, runsOf(count, CUT), runsOf(count, KILL)]).to.deep.equal([1, 1, 0]);
  });

  it('is not what the control arm, a repetition or a run of another plan has met', () => {
    const [run] = links;
    if (run === undefined || plan.control === undefined) throw new Error('there is a run');
    const { submission } = plan.control;
    const others = [
      { ...run, key: 'control/generated-links/0', submission },
      ...replaysOf(run, 1),
      { ...run, key: 'alice/generated-links/r1/0' },
      { ...run, key: 'alice/chaos/0', scenario: 'chaos' },
    ];
    const count = countCoverage(
      plan,
      others.map((one) => withMet(one, [CUT])),
    );
    expect(count.runs).to.equal(0);
    expect(coverageOf(count)).to.equal(undefined);
  });

  it('leaves out what this kit does not know', () => {
    const strange = { target: 'moon', did: 'eclipse', moment: 'at night' };
    const count = countCoverage(plan, [recordOf(links[0] ?? expect.fail(), { met: [strange] })]);
    expect(coverageOf(count)).to.deep.equal({ runs: 1, met: 0, situations: COVERABLE.length });
  });
});

describe('the results of generated runs', () => {
  const context = {
    createdAt: '2026-01-02T03:14:05.000Z',
    machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
  };
  const results = buildResults(plan, [withMet(links[0], [CUT, KILL])], context);

  it('say how much of what can be met was met', () => {
    expect(results.coverage).to.deep.equal({ runs: 1, met: 2, situations: COVERABLE.length });
    expect(RESULTS.parse(results)).to.deep.equal(results);
    const wrong = { ...results, coverage: { runs: 1, met: 3, situations: 2 } };
    expect(RESULTS.safeParse(wrong).success).to.be.false;
  });

  it('say nothing of it without a generated run', () => {
    expect(buildResults(plan, [], context)).not.to.have.property('coverage');
  });

  it('show it to staff, on a terminal and on their page', () => {
    const met = `met 2 of ${COVERABLE.length} situations`;
    expect(renderTerminal(cleaned(results), { color: false })).to.contain(
      `\ngenerated runs ${met} (pblab list coverage DIR)\n`,
    );
    expect(renderStaffPage(results)).to.contain(`>1 generated run ${met}. <code>`);
  });

  it('show no student anything of it, because the scenarios may be hidden', () => {
    const redacted = redactFor(results, 'alice');
    expect(redacted).not.to.have.property('coverage');
    expect(JSON.stringify(redacted)).not.to.match(/coverage|situation|at any time/);
    expect(renderTerminal(cleaned(redacted), { color: false })).not.to.contain('situations');
  });
});

describe('the list of coverage', () => {
  const SOME: Met[] = [
    CUT,
    { target: 'backup', did: 'hang', moment: 'at any time' },
    { target: 'backup', did: 'kill', moment: 'after a forward has been executed' },
    KILL,
  ];

  it('has below each target what can be done to it, and when', () => {
    expect(renderCoverable(SOME, 80).split('\n')).to.deep.equal([
      '  moment                             what is done',
      '',
      'backup:',
      '  at any time                        cut, hang',
      '  after a forward has been executed  kill',
      '',
      'client:',
      '  at any time                        kill',
      '',
      '4 situations',
      '',
    ]);
  });

  it('has in how many runs each was met, and what never was', () => {
    const runs = [12, 0, 0, 3];
    const counted = SOME.map((one, index) => ({ ...one, runs: runs[index] ?? 0 }));
    expect(renderCoverage(counted, 240, 80).split('\n')).to.deep.equal([
      '  moment                             what was done, with the runs that met it',
      '',
      'backup: 1 of 3 met',
      '  at any time                        cut 12',
      '                                     never: hang',
      '  after a forward has been executed  never: kill',
      '',
      'client: 1 of 1 met',
      '  at any time                        kill 3',
      '',
      '2 of 4 situations met in 240 runs',
      '',
    ]);
  });

  it('is the golden one', () => {
    expectGolden('coverage.txt', renderCoverable(COVERABLE, 100));
  });

  for (const width of [72, 120]) {
    it(`fits ${width} columns`, () => {
      const met = COVERABLE.map((one, index) => ({ ...one, runs: index % 3 }));
      for (const text of [renderCoverable(COVERABLE, width), renderCoverage(met, 9, width)]) {
        for (const line of text.split('\n')) expect(line.length, line).to.be.at.most(width);
      }
    });
  }
});
