import { expect } from 'chai';
import * as fc from 'fast-check';
import type { RunRecord } from '../../../harness/index.js';
import type { KnownHost } from '../../../grader/campaign/queue/hosts-file.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { controlRuns } from '../../../grader/tally/control-arm.js';
import {
  describeHostRuns,
  describeMixedHosts,
  describeUnsafeHosts,
} from '../../../grader/tally/describe-hosts.js';
import { tallyHosts } from '../../../grader/tally/host-tally.js';
import { failing, FULL, planOf, recordOf, unknown, withControl } from '../support.js';

const PLAN = withControl(planOf(['alice'], ['append', 'chaos'], 20), 5);
const NOTHING = { known: [], voided: [] };

function hostOf(name: string, more: Partial<KnownHost> = {}): KnownHost {
  const machine = { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' };
  return { name, slots: 2, kit: '0.1.0', machine, isolation: FULL, isLive: true, ...more };
}

/** A record of each planned run and control run, on these hosts in turn. */
function recordsOn(hosts: readonly string[]): RunRecord[] {
  return [...plannedRuns(PLAN), ...controlRuns(PLAN)].map((run, at) =>
    recordOf(run, { host: hosts[at % hosts.length] ?? '', lagMs: at }),
  );
}

describe('the hosts of a grading', () => {
  it('are absent where all runs were done on the own machine', () => {
    const records = plannedRuns(PLAN).map((run) => recordOf(run));
    expect(tallyHosts(PLAN, records, NOTHING)).to.equal(undefined);
  });

  it('share all runs, control runs and attempts between them', () => {
    const someHosts = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(someHosts, (hosts) => {
        const records = recordsOn(hosts);
        const tallies = tallyHosts(PLAN, records, NOTHING) ?? [];
        const sum = (of: (one: (typeof tallies)[number]) => number) =>
          tallies.reduce((all, one) => all + of(one), 0);
        expect(tallies.map(({ name }) => name)).to.deep.equal([...new Set(hosts)].toSorted());
        expect(sum(({ runs }) => runs)).to.equal(records.length);
        expect(sum(({ load }) => load.attempts)).to.equal(records.length);
        expect(sum(({ control }) => control.runs)).to.equal(controlRuns(PLAN).length);
      }),
    );
  });

  it('count a run once, and each of its attempts', () => {
    const [run] = plannedRuns(PLAN);
    if (run === undefined) expect.fail('no run');
    const records = [
      recordOf(run, { ...unknown('disturbed'), host: 'a' }),
      recordOf(run, { attempt: 1, host: 'a', lagMs: 7 }),
    ];
    const [host] = tallyHosts(PLAN, records, NOTHING) ?? [];
    expect(host?.runs).to.equal(1);
    expect(host?.load).to.deep.equal({
      attempts: 2,
      disturbedAttempts: 1,
      lagMs: { median: 1, p99: 7, worst: 7 },
    });
  });

  it('are named with their machine, those without a run too', () => {
    const known = [hostOf('b'), hostOf('a')];
    const tallies = tallyHosts(PLAN, recordsOn(['c']), { known, voided: [] }) ?? [];
    expect(tallies.map(({ name, runs }) => [name, runs])).to.deep.equal([
      ['a', 0],
      ['b', 0],
      ['c', 48 + 2],
    ]);
    expect(tallies[0]).to.include({ isolation: 'full' }).and.have.property('machine');
    expect(tallies[2]).not.to.have.any.keys('isolation', 'machine');
  });

  it('have nothing that counts if they are unsafe, and tell what was voided', () => {
    const [control] = controlRuns(PLAN);
    if (control === undefined) expect.fail('no control run');
    const voided = [
      ...plannedRuns(PLAN)
        .slice(0, 3)
        .map((run) => recordOf(run, { host: 'b' })),
      recordOf(control, { ...failing('kv-latest / stale-read'), host: 'b' }),
    ];
    const unsafe = 'the control run of append failed there: A write is gone.';
    const known = [hostOf('a'), hostOf('b', { unsafe })];
    const tallies = tallyHosts(PLAN, recordsOn(['a']), { known, voided }) ?? [];
    expect(tallies[1]).to.deep.include({
      runs: 0,
      control: { runs: 1, failed: 1 },
      unsafe: { why: unsafe, voided: 4 },
    });
    expect(describeUnsafeHosts(tallies)).to.deep.equal([
      'b is unsafe: the control run of append failed there: A write is gone. Its 4 records are not counted; the runs are done again elsewhere.',
    ]);
    expect(describeHostRuns(tallies)).to.equal(
      'performed on 2 hosts: a (2 × linux-x64) 50 runs, b (2 × linux-x64) unsafe',
    );
  });

  it('are said to be different machines only if runs that count are from several', () => {
    const other = hostOf('b', { machine: { cpus: 8, model: 'X', node: 'v', platform: 'p' } });
    const mixed = (hosts: string[]) =>
      describeMixedHosts(
        tallyHosts(PLAN, recordsOn(hosts), { known: [hostOf('a'), other], voided: [] }) ?? [],
      );
    expect(mixed(['a'])).to.deep.equal([]);
    expect(mixed(['a', 'b'])).to.have.length(1);
    expect(mixed(['a', 'b'])[0]).to.contain('(2 × linux-x64; 8 × X)');
  });
});
