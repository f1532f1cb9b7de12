import { expect } from 'chai';
import {
  describePrevalence,
  isCommonlyFailed,
  PREVALENCE,
  prevalenceOf,
  readPrevalence,
} from '../../../grader/measured/prevalence.js';
import { buildResults } from '../../../grader/results/build-results.js';
import { prevalenceIn } from '../../../grader/results/prevalence-of.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { thisMachine } from '../../../grader/measured/grading-machine.js';
import { findScenario, type RunRecord } from '../../../harness/index.js';
import { failing, planOf, recordOf, unknown } from '../support.js';

/** The table of three submissions, each with one run of each scenario, that ended as said; the rest passed. */
function tableOf(ends: Record<string, Partial<RunRecord>>) {
  const plan = planOf(['ann', 'bob', 'cem'], ['view-zero', 'chaos'], 1);
  const records = plannedRuns(plan).map((run) =>
    recordOf(run, ends[`${run.submission.name} ${run.scenario}`] ?? {}),
  );
  const context = { createdAt: '2026-01-02T03:04:05.000Z', machine: thisMachine() };
  return prevalenceIn(buildResults(plan, records, context));
}

describe('the prevalence of failures', () => {
  it('counts the submissions of a grading that fail each scenario, and names none of them', () => {
    const table = tableOf({
      'ann chaos': failing('lost'),
      'bob chaos': failing('lost'),
      'cem chaos': unknown('disturbed'),
    });
    expect(table).to.deep.include({ measuredAt: '2026-01-02', submissions: 3, runs: 1 });
    expect(table.scenarios).to.deep.equal([
      { scenario: 'view-zero', tried: 3, failed: 0 },
      { scenario: 'chaos', tried: 2, failed: 2 },
    ]);
    expect(JSON.stringify(table)).to.not.match(/ann|bob|cem/);
    expect(PREVALENCE.parse(table)).to.deep.equal(table);
  });

  it('counts what a scenario shows without a mistake that is not about it', () => {
    const besides = (verdict: 'pass' | 'fail' | 'unknown') => ({
      ...failing('views'),
      besides: {
        verdict,
        reason: 'Why.',
        ...(verdict === 'fail' && {
          class: 'safety' as const,
          signature: 'kv-latest / stale-read',
        }),
      },
    });
    const table = tableOf({
      'ann chaos': besides('pass'),
      'bob chaos': besides('fail'),
      'cem chaos': besides('unknown'),
    });
    expect(table.scenarios).to.deep.include({ scenario: 'chaos', tried: 2, failed: 1 });
  });

  it('has no line for a scenario without a run that can be judged', () => {
    const table = tableOf({
      'ann chaos': unknown('disturbed'),
      'bob chaos': unknown('disturbed'),
      'cem chaos': unknown('disturbed'),
    });
    expect(table.scenarios.map(({ scenario }) => scenario)).to.deep.equal(['view-zero']);
    expect(prevalenceOf('chaos', table)).to.equal(undefined);
  });

  it('is told in one clause', () => {
    const say = (failed: number) => describePrevalence({ tried: 19, failed });
    expect(say(16)).to.equal('16 of 19 public submissions fail this one');
    expect(say(1)).to.equal('1 of 19 public submissions fails this one');
    expect(say(0)).to.equal('none of 19 public submissions fails this one');
    expect(describePrevalence(undefined)).to.equal('public submissions: not measured');
  });

  it('calls common what more than half of all fail', () => {
    const table = tableOf({ 'ann chaos': failing('lost'), 'bob chaos': failing('lost') });
    expect(isCommonlyFailed('chaos', table)).to.equal(true);
    expect(isCommonlyFailed('view-zero', table)).to.equal(false);
    expect(isCommonlyFailed('never-measured', table)).to.equal(false);
  });

  it('is shipped for scenarios that there are', () => {
    const { scenarios, submissions } = readPrevalence();
    expect(scenarios.length).to.be.above(90);
    for (const { scenario, tried } of scenarios) {
      expect(findScenario(scenario), scenario).to.not.equal(undefined);
      expect(tried).to.be.within(1, submissions);
    }
  });
});
