import { expect } from 'chai';
import { createScheduler } from '../../../grader/campaign/scheduler.js';
import type { Plan, PlannedRun } from '../../../grader/plan/plan.js';
import { plannedCells, plannedRuns } from '../../../grader/plan/run-cells.js';
import { type SubmissionResults } from '../../../grader/results/results.js';
import { buildResults } from '../../../grader/results/build-results.js';
import type { Policy } from '../../../grader/rubric/policies/registry.js';
import { DEFAULT_STOPPING } from '../../../grader/statistics/sequential/wald-test.js';
import type { RunRecord } from '../../../harness/index.js';
import { rubricOf } from '../rubric/support.js';
import { failing, planOf, recordOf, unknown } from '../support.js';

const CONTEXT = {
  createdAt: '2026-01-02T03:14:05.000Z',
  machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
};

const BUILD = failing('build / build-failed', {
  class: 'build',
  reason: '"make" ended with exit code 2.\nmain.c:3: no such symbol\nmain.c:9: too few arguments',
  artifacts: 'evidence/alice',
});
const START = failing('kit-process / ended-before-listening / exit code 3', {
  class: 'crash',
  reason: 'pb1 ended by itself with exit code 3; its last words: "no such file"',
  artifacts: 'evidence/alice/a/0',
});
const SILENT = failing('kit-process / never-listened', { class: 'protocol' });

const POLICIES: Policy[] = [
  { kind: 'all-or-nothing', atMost: 0.99 },
  { kind: 'linear', fullAtMost: 0.01, noneFrom: 0.2 },
  { kind: 'linear', fullAtMost: 0.9, noneFrom: 1 },
  { kind: 'steps', steps: [{ atMost: 1, share: 0.5 }] },
  { kind: 'decision', undecided: 1 },
];

function aliceOf(
  plan: Plan,
  end: (run: PlannedRun) => Partial<RunRecord> | undefined,
  rubric = rubricOf([{ scenario: 'a' }, { scenario: 'b' }]),
): SubmissionResults {
  const records = plannedRuns(plan).flatMap((run) => {
    const changes = end(run);
    return changes === undefined ? [] : [recordOf(run, changes)];
  });
  const [alice] = buildResults(plan, records, { ...CONTEXT, rubric }).submissions;
  return alice ?? expect.fail('there is no Alice');
}

describe('a submission that could not be built', () => {
  const alice = aliceOf(planOf(['alice'], ['a', 'b'], 3), () => BUILD);

  it('has a status with the words of its compiler, and no tallies and groups', () => {
    expect(alice).to.deep.include({
      ungradable: 'it could not be built: "make" ended with exit code 2',
      status: {
        kind: 'not-built',
        printed: 'main.c:3: no such symbol\nmain.c:9: too few arguments',
        artifacts: 'evidence/alice',
      },
      tallies: [],
      groups: [],
    });
  });

  for (const policy of POLICIES) {
    it(`earns nothing by a policy of the kind ${policy.kind}, whatever the number of runs`, () => {
      const rubric = rubricOf([{ scenario: 'a', policy }], { stopping: DEFAULT_STOPPING });
      for (const runs of [1, 2, 3, 12, 100]) {
        for (const changes of [BUILD, START, SILENT]) {
          const plan = planOf(['alice'], ['a'], runs);
          const all = aliceOf(plan, () => changes, rubric);
          const once = aliceOf(plan, ({ index }) => (index === 0 ? changes : undefined), rubric);
          expect([all.grade?.points, once.grade?.points], String(runs)).to.deep.equal([0, 0]);
          expect([all.tallies, once.tallies]).to.deep.equal([[], []]);
        }
      }
    });
  }
});

describe('a submission that did not start', () => {
  it('is one whose runs all ended before a server listened, as far as they can be judged', () => {
    const plan = planOf(['alice'], ['a', 'b'], 3);
    const alice = aliceOf(plan, ({ index, scenario }) =>
      index === 2 ? unknown('disturbed') : scenario === 'a' ? START : SILENT,
    );
    expect(alice).to.deep.include({
      ungradable:
        'it did not start in any of 4 runs: pb1 ended by itself with exit code 3; its last words: "no such file"',
      status: { kind: 'not-started', artifacts: 'evidence/alice/a/0' },
    });
  });

  it('is none of which a run has passed, or failed in another way', () => {
    const plan = planOf(['alice'], ['a', 'b'], 3);
    for (const other of [{}, failing('kv-latest / stale-read / get')]) {
      const alice = aliceOf(plan, ({ index }) => (index === 0 ? other : START));
      expect(alice).not.to.have.property('ungradable');
      expect(alice.tallies.map(({ failed }) => failed > 0)).to.deep.equal([true, true]);
    }
  });
});

describe('runs of a submission that does not start', () => {
  const drain = (end: (run: PlannedRun) => Partial<RunRecord>, earlier: RunRecord[] = []) => {
    const planned = plannedCells(planOf(['alice', 'bob'], ['a', 'b'], 10));
    const options = { jobs: 1, enoughStartFailures: 3, records: earlier };
    const scheduler = createScheduler(planned, options);
    const done: RunRecord[] = [];
    for (let next = scheduler.next(); next !== undefined; next = scheduler.next()) {
      const record = recordOf(next.run, { ...end(next.run), attempt: next.attempt });
      done.push(record);
      scheduler.finished(record);
    }
    return done;
  };
  const isAlice = ({ submission }: { submission: { name: string } }) => submission.name === 'alice';

  it('are no more than it takes to be sure, and those of others go on', () => {
    const done = drain((run) => (isAlice(run) ? START : {}));
    expect(done.filter(isAlice)).to.have.lengthOf(3);
    expect(done).to.have.lengthOf(3 + 20);
  });

  it('go on where it has started once', () => {
    const done = drain((run) => (isAlice(run) && run.index > 0 ? START : {}));
    expect(done).to.have.lengthOf(40);
  });

  it('are done where its build has failed before, and does not any more', () => {
    const plan = planOf(['alice'], ['a', 'b'], 2);
    const planned = plannedCells(plan);
    const [first] = plannedRuns(plan);
    if (first === undefined) throw new Error('there is a run');
    const records = [recordOf(first, BUILD)];
    const left = (built: string[]) => {
      const scheduler = createScheduler(planned, { jobs: 9, records, built: new Set(built) });
      return Array.from({ length: 9 }, () => scheduler.next()).flatMap((next) =>
        next === undefined ? [] : [next.attempt],
      );
    };
    expect(left(['alice'])).to.deep.equal([1, 0, 0, 0]);
    expect(left([])).to.deep.equal([0, 0, 0]);
  });

  it('are as many wherever the grading is taken up again', () => {
    const end = (run: PlannedRun) => (isAlice(run) ? START : {});
    const whole = drain(end);
    for (const broken of [1, 2, 4, 9]) {
      const rest = drain(end, whole.slice(0, broken));
      expect(rest.length + broken).to.equal(whole.length);
    }
  });
});
