import { expect } from 'chai';
import * as fc from 'fast-check';
import type { RunRecord } from '../../../harness/index.js';
import type { HostsFile } from '../../../grader/campaign/queue/hosts-file.js';
import { countSettled } from '../../../grader/campaign/settled.js';
import { statusOf, type StatusSources } from '../../../grader/campaign/status.js';
import { GRADING } from '../../../grader/grading/grading-stages.js';
import { createPlan, type Plan } from '../../../grader/plan/plan.js';
import { inOrder } from '../../../grader/plan/run-cells.js';
import { failing, FULL, planOf, recordOf, unknown, withControl } from '../support.js';

const NOW = '2026-01-02T04:00:00.000Z';
const STOPPING = { acceptable: 0.01, unacceptable: 0.2, falseAlarm: 0.05, miss: 0.05 };
const FIXED = withControl(planOf(['alice', 'bob'], ['append', 'chaos'], 12), 5);
const SEQUENTIAL = createPlan({ ...FIXED, stopping: STOPPING });
const HOLDER = { pid: 7, host: 'h', since: NOW, isKnownToLive: true };

function stageOf(plan: Plan) {
  const stage = GRADING.stages[0]?.(plan, []);
  if (stage === undefined) throw new Error('no stage');
  return stage;
}

function statusAfter(plan: Plan, records: RunRecord[], more: Partial<StatusSources> = {}) {
  return statusOf(plan, {
    records,
    damagedLines: () => 0,
    stage: stageOf(plan),
    enoughStartFailures: 3,
    pace: undefined,
    hosts: undefined,
    atWork: undefined,
    nowMs: Date.parse(NOW),
    ...more,
  });
}

/** Records of runs of submissions and of the control arm, however each ended. */
function recordsOf(plan: Plan, endings: readonly Partial<RunRecord>[]): RunRecord[] {
  const { cells, control } = stageOf(plan);
  const runs = [...inOrder(control?.cells ?? []), ...inOrder(cells)];
  return runs.flatMap((run, at) => {
    const ending = endings[at];
    return ending === undefined ? [] : [recordOf(run, ending)];
  });
}

const anyEndings = fc.array(
  fc.constantFrom(
    {},
    failing('kv-latest / stale-read'),
    unknown('disturbed'),
    unknown('disturbed', 2),
  ),
  { maxLength: 70 },
);

describe('the status of a grading', () => {
  for (const [name, plan] of [
    ['fixed', FIXED],
    ['sequential', SEQUENTIAL],
  ] as const) {
    it(`counts as the progress display does, with ${name} runs`, () => {
      fc.assert(
        fc.property(anyEndings, (endings) => {
          const records = recordsOf(plan, endings);
          const { cells, stopping, control } = stageOf(plan);
          const settled = countSettled(cells, { stopping, control });
          for (const record of records) settled.add(record);
          const { done, failed, unknown: unjudged, atMost, likely } = settled.counts();
          const { runs } = statusAfter(plan, records);
          expect(runs).to.include({ settled: done, failed, unknown: unjudged });
          if (atMost !== undefined) expect(runs?.atMost).to.equal(atMost);
          if (likely !== undefined) expect(runs?.likely).to.be.closeTo(likely, 1e-6);
        }),
      );
    });
  }

  it('has the planned runs and control runs where their number is fixed', () => {
    expect(statusAfter(FIXED, []).runs).to.include({ settled: 0, atMost: 48 + 12, likely: 60 });
  });

  it('says what each submission has left', () => {
    const all = recordsOf(
      FIXED,
      Array.from({ length: 60 }, () => ({})),
    );
    const ofAlice = all.filter(({ submission }) => submission.name === 'alice');
    const ofBob = all.filter(({ key }) => /^bob\/append\/[0-4]$/.test(key));
    expect(statusAfter(FIXED, [...ofAlice, ...ofBob]).submissions).to.deep.equal([
      { name: 'alice', scenarios: 2, openScenarios: 0, runsLeft: 0 },
      { name: 'bob', scenarios: 2, openScenarios: 2, runsLeft: 19 },
    ]);
  });

  it('closes a scenario when it is decided', () => {
    const failures = Array.from({ length: 60 }, () => failing('kv-latest / stale-read'));
    const records = recordsOf(SEQUENTIAL, failures).filter(({ key }) =>
      /^alice\/append\/[0-5]$/.test(key),
    );
    const [alice] = statusAfter(SEQUENTIAL, records).submissions;
    expect(alice).to.include({ openScenarios: 1, runsLeft: 12 });
  });

  it('expects no more of what did not start or was not built', () => {
    const quit = failing('kit-process / did-not-start', { class: 'crash' });
    const didNotStart = failing('kit-build / not-startable', { class: 'build' });
    const endings = Array.from({ length: 60 }, () => didNotStart);
    const records = recordsOf(FIXED, endings);
    const first = records.find(({ submission }) => submission.name === 'alice');
    if (first === undefined) expect.fail('no record');
    const { runs, submissions } = statusAfter(FIXED, [first]);
    expect(submissions[0]).to.include({ runsLeft: 0, ended: 'not-started' });
    expect(submissions[1]).to.not.have.property('ended');
    expect(runs?.atMost).to.equal(1 + 24 + 6);
    const judged = recordOf({ ...first, submission: { ...first.submission, spec: '' } }, quit);
    expect(statusAfter(FIXED, [judged]).submissions[0]).to.not.have.property('ended');
  });

  it('expects no more of what has used up its time', () => {
    const plan = createPlan({ ...FIXED, budget: { ms: 1000 } });
    const records = recordsOf(
      plan,
      Array.from({ length: 60 }, () => ({ durationMs: 600 })),
    );
    const two = records.filter(({ key }) => /^bob\/append\/[01]$/.test(key));
    const [alice, bob] = statusAfter(plan, two).submissions;
    expect(bob).to.include({ runsLeft: 0, ended: 'out-of-time' });
    expect(alice).to.include({ runsLeft: 24 });
  });

  it('estimates what is left at the pace of the last minutes, while somebody is at work', () => {
    const pace = {
      format: 'pblab/pace/1' as const,
      settled: 20,
      activeMs: 100_000,
      recent: [
        { at: '2026-01-02T03:59:40.000Z', settled: 10 },
        { at: '2026-01-02T04:00:00.000Z', settled: 20 },
      ],
    };
    const busy = statusAfter(FIXED, [], { pace, atWork: HOLDER });
    expect(busy).to.include({ recentPerSecond: 0.5, perSecond: 0.2, leftMs: 120_000 });
    const idle = statusAfter(FIXED, [], { pace });
    expect(idle.perSecond).to.equal(0.2);
    expect(idle).not.to.have.any.keys('recentPerSecond', 'leftMs', 'atWork');
  });

  it('takes the hosts to be as they were written only while a coordinator is at work', () => {
    const machine = { cpus: 2, node: 'v20', platform: 'linux-x64' };
    const host = { name: 'a', slots: 2, kit: '0.1.0', machine, isolation: FULL, isLive: true };
    const hosts = (at: string): HostsFile => ({
      format: 'pblab/hosts/1',
      at,
      ordered: 4,
      late: { same: 3, other: 1 },
      hosts: [host],
    });
    const isCurrent = (at: string, atWork?: typeof HOLDER) =>
      statusAfter(FIXED, [], { hosts: hosts(at), atWork }).queue?.isCurrent;
    expect(isCurrent(NOW, HOLDER)).to.equal(true);
    expect(isCurrent(NOW)).to.equal(false);
    expect(isCurrent('2026-01-02T03:59:00.000Z', HOLDER)).to.equal(false);
    expect(statusAfter(FIXED, [])).not.to.have.property('queue');
  });

  it('of a study has no planned runs, because they depend on each other', () => {
    const { runs, submissions, attempts } = statusOf(FIXED, {
      records: recordsOf(FIXED, [{}, {}]),
      damagedLines: () => 0,
      enoughStartFailures: 3,
      pace: undefined,
      hosts: undefined,
      atWork: undefined,
      nowMs: 0,
    });
    expect([runs, submissions, attempts]).to.deep.equal([undefined, [], 2]);
  });
});
