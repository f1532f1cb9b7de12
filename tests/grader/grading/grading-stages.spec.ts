import { expect } from 'chai';
import { GRADING } from '../../../grader/grading/grading-stages.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { replaysOf } from '../../../grader/plan/replays.js';
import { tally } from '../../../grader/tally/tally.js';
import type { RunRecord } from '../../../harness/index.js';
import { failing, planOf, recordOf, unknown, staged } from '../support.js';

const PLAN = { ...planOf(['alice', 'bob'], ['put', 'get'], 10), replays: 2 };
const RUNS = plannedRuns(PLAN);

/** Alice fails in put from run 3 on, mostly by a lost write, and once by a crash in get; bob's build fails. */
const RECORDS = RUNS.map((run) =>
  recordOf(run, endingOf(run.submission.name, run.scenario, run.index)),
);

function endingOf(name: string, scenario: string, index: number): Partial<RunRecord> {
  if (name === 'bob') return failing('build / build-failed', { class: 'build' });
  if (scenario === 'get') return index === 7 ? failing('crash', { class: 'crash' }) : {};
  return index < 3 ? {} : failing(index === 3 ? 'stale-read' : 'lost-write');
}

function replaysIn(records: readonly RunRecord[]) {
  const stage = GRADING.stages?.at(-1) ?? expect.fail('no stage');
  return staged(stage(PLAN, records));
}

describe('the replays of a grading', () => {
  it('repeat the example of each leading failure with its seed, and no build', () => {
    const { runs, says } = replaysIn(RECORDS);
    expect(runs.map(({ key, again }) => [key, again])).to.deep.equal([
      ['alice/put/again-4/0', 'alice/put/4'],
      ['alice/get/again-7/0', 'alice/get/7'],
      ['alice/put/again-4/1', 'alice/put/4'],
      ['alice/get/again-7/1', 'alice/get/7'],
    ]);
    const seedOf = (key: string) => RUNS.find((run) => run.key === key)?.seed;
    expect(runs.map(({ seed }) => seed)).to.deep.equal(runs.map(({ again = '' }) => seedOf(again)));
    expect(says).to.equal('repeating one failing run of each scenario 2 times: 4 runs');
  });

  it('are the same when some of them are done', () => {
    const { runs } = replaysIn(RECORDS);
    const done = runs.slice(0, 2).map((run) => recordOf(run, failing('other')));
    expect(replaysIn([...done, ...RECORDS]).runs).to.deep.equal(runs);
  });

  it('are none where nothing fails, and none where none are asked for', () => {
    expect(replaysIn(RUNS.map((run) => recordOf(run)))).to.deep.equal({
      runs: [],
      says: undefined,
    });
    const [stage] = (GRADING.stages ?? []).slice(-1);
    const { replays: _replays, ...plan } = PLAN;
    expect(stage?.(plan, RECORDS).cells).to.deep.equal([]);
  });

  it('are counted beside the failure that they repeat, and in no rate', () => {
    const { runs } = replaysIn(RECORDS);
    const endings = [failing('lost-write'), unknown('budget-exhausted'), {}, {}];
    const done = runs.map((run, n) => recordOf(run, endings[n]));
    const options = { planned: RUNS, replays: 2 };
    const before = tally(RECORDS, options);
    const after = tally([...RECORDS, ...done], options);
    const again = after.slice(0, 2).map(({ signatures }) => signatures[0]?.again);
    expect(again).to.deep.equal([
      { failed: 1, usable: 2 },
      { failed: 0, usable: 1 },
    ]);
    const rates = (tallies: typeof after) =>
      tallies.map(({ failureRate, runs: all }) => [failureRate, all]);
    expect(rates(after)).to.deep.equal(rates(before));
    expect(after[0]?.signatures[1]).not.to.have.property('again');
  });

  it('of a scenario on a submission that was begun anew have its key', () => {
    const [run] = RUNS;
    if (run === undefined) expect.fail();
    const [again] = replaysOf({ ...run, key: 'alice/put/r2/0' }, 1);
    expect(again?.key).to.equal('alice/put/r2/again-0/0');
  });

  it('give a passing run to compare with, where no other has kept its evidence', () => {
    const { runs } = replaysIn(RECORDS);
    const whole = { keptWhole: true, artifacts: 'evidence/x' } as const;
    const [, replay] = runs.map((run) => recordOf(run, whole));
    if (replay === undefined) expect.fail();
    const options = { planned: RUNS, replays: 2 };
    const example = (records: readonly RunRecord[]) => tally(records, options)[1]?.passingExample;
    expect(example(RECORDS)).to.equal(undefined);
    expect(example([...RECORDS, replay])).to.deep.equal({
      run: 'alice/get/again-7/0',
      artifacts: 'evidence/x',
    });
    const first = RECORDS.map((one) => (one.key === 'alice/get/8' ? { ...one, ...whole } : one));
    expect(example([...first, replay])?.run).to.equal('alice/get/8');
  });
});
