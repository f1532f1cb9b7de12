import { expect } from 'chai';
import { controlRuns } from '../../../grader/tally/control-arm.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { replaysOf } from '../../../grader/plan/replays.js';
import { RESULTS } from '../../../grader/results/results.js';
import { DEFAULT_STOPPING } from '../../../grader/statistics/sequential/wald-test.js';
import type { PlannedRun } from '../../../grader/plan/plan.js';
import { buildResults } from '../../../grader/results/build-results.js';
import type { RunRecord } from '../../../harness/index.js';
import { failing, FULL, planOf, recordOf, unknown, withControl } from '../support.js';

const context = {
  createdAt: '2026-01-02T03:14:05.000Z',
  machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
};

const plan = planOf(
  ['reference', 'alice'],
  ['single-primary', 'concurrent-puts', 'forward-lost-then-failover', 'backup-dies-mid-forward'],
  100,
);

/** How each of Alice's runs ended; the reference passes everything. */
function ending({ submission, scenario, index }: PlannedRun): Partial<RunRecord> {
  if (submission.name === 'reference') return {};
  const evidence = { artifacts: `evidence/alice-${scenario}-${index}` };
  switch (scenario) {
    case 'concurrent-puts':
      if (index % 40 === 7) return failing('kv-latest replicas-diverged put', evidence);
      return index === 30 ? unknown('disturbed') : {};
    case 'forward-lost-then-failover':
      return failing('kv-forwarding lost-acknowledged-write put drop-request', evidence);
    case 'backup-dies-mid-forward':
      return index % 3 === 0
        ? failing('kv-clerk-retries deadline-passed append hang', {
            ...evidence,
            class: 'liveness',
          })
        : failing(`kit-process exited-by-itself \u001b[31m${'reset-mid-call '.repeat(9)}`, {
            class: 'crash',
          });
    default:
      return {};
  }
}

const records = plannedRuns(plan).map((run) => recordOf(run, ending(run)));
const results = buildResults(plan, records, context);

describe('the results', () => {
  it('are data that survive JSON, with finite numbers only', () => {
    expect(JSON.parse(JSON.stringify(results))).to.deep.equal(results);
  });

  it('name their format, the kit, the seed, the machine and the isolation', () => {
    const { submissions: _submissions, groups: _groups, ...head } = results;
    expect(head).to.deep.equal({
      format: 'pblab/results/1',
      kit: '0.1.0',
      createdAt: context.createdAt,
      seed: 'golden',
      runsPerScenario: 100,
      machine: context.machine,
      isolation: FULL,
    });
  });

  it('hold every submission with a tally for each scenario', () => {
    expect(results.submissions.map(({ name, tallies }) => [name, tallies.length])).to.deep.equal([
      ['reference', 4],
      ['alice', 4],
    ]);
    const tally = results.submissions[1]?.tallies[1];
    expect(tally).to.have.all.keys([
      'scenario',
      'tier',
      'planned',
      'runs',
      'passed',
      'failed',
      'unknown',
      'failureRate',
      'word',
      'signatures',
      'unknownCauses',
      'durationMs',
      'cpuMs',
    ]);
    expect(tally).to.include({ scenario: 'concurrent-puts', tier: 'asked' });
    expect(tally).to.include({ passed: 96, failed: 3, unknown: 1 });
    const example = records.find(({ key }) => key === 'alice/concurrent-puts/7');
    expect(tally?.signatures).to.deep.equal([
      {
        signature: 'kv-latest replicas-diverged put',
        class: 'safety',
        count: 3,
        exampleRun: 'alice/concurrent-puts/7',
        seed: example?.seed,
        reason: 'A write is gone.',
        artifacts: 'evidence/alice-concurrent-puts-7',
      },
    ]);
  });

  it('are accepted from a file with all that a grading may add', () => {
    const grading = { ...withControl(planOf(['alice'], ['put'], 40)), replays: 1 };
    const sequential = { ...grading, stopping: DEFAULT_STOPPING };
    const whole = { keptWhole: true, artifacts: 'evidence/x' } as const;
    const runs = [...plannedRuns(sequential), ...controlRuns(sequential)];
    const done = runs.map((run) =>
      recordOf(run, run.submission.name === 'alice' && run.index !== 2 ? failing('lost') : whole),
    );
    const again = replaysOf(runs[0] ?? expect.fail(), 1).map((run) => recordOf(run));
    const found = buildResults(sequential, [...done, ...again], context);
    const [tally] = found.submissions[0]?.tallies ?? [];
    expect(tally).to.deep.include({
      stopped: { decision: 'unacceptable', after: 5, surplus: 35 },
      passingExample: { run: 'alice/put/2', artifacts: 'evidence/x' },
    });
    expect(tally?.signatures[0]?.again).to.deep.equal({ failed: 0, usable: 1 });
    expect(found.control?.passingExamples).to.have.length(1);
    expect(RESULTS.parse(structuredClone(found))).to.deep.equal(found);
  });

  it('are the same in whatever order the records came', () => {
    expect(buildResults(plan, records.toReversed(), context)).to.deep.equal(results);
  });
});
