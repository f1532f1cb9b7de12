import { expect } from 'chai';
import { findIdentical } from '../../../grader/plan/find/identical.js';
import { findSuspicions } from '../../../grader/results/suspicions.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { type SubmissionResults } from '../../../grader/results/results.js';
import { buildResults } from '../../../grader/results/build-results.js';
import type { RunRecord } from '../../../harness/index.js';
import { planOf, recordOf, unknown } from '../support.js';

const names = ['alice', 'bob', 'carol'];
const plan = planOf(names, ['forwards-held'], 10);

/** The tally of so many control runs, of which some were not judged. */
const controlRuns = (runs: number, unknownCauses: Record<string, number> = {}) =>
  submissionsWith({})
    .slice(0, 1)
    .flatMap(({ tallies }) => tallies.map((one) => ({ ...one, runs, unknownCauses })));

/** Submissions whose runs ended as said, all others with a pass. */
function submissionsWith(
  endings: Record<string, (index: number) => Partial<RunRecord>>,
): SubmissionResults[] {
  const records = plannedRuns(plan).map((run) =>
    recordOf(run, endings[run.submission.name]?.(run.index) ?? {}),
  );
  const machine = { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' };
  return buildResults(plan, records, { createdAt: plan.createdAt, machine }).submissions;
}

const neverBit = () => unknown('fault-never-bit', 2);

const suspicionsOf = (
  submissions: readonly SubmissionResults[],
  control?: ReturnType<typeof controlRuns>,
) => findSuspicions(submissions, findIdentical(submissions), control);

describe('suspicions', () => {
  it('name a submission whose faults never bit where those of others do', () => {
    const found = suspicionsOf(submissionsWith({ bob: neverBit }));
    expect([...found.keys()]).to.deep.equal(['bob']);
    expect(found.get('bob')).to.deep.equal([
      'In forwards-held the planned fault did not take effect in 10 of 10 runs; for most submissions it takes effect in all of them.',
    ]);
  });

  it('name nobody where the fault bites in hardly any submission, or in some runs of one', () => {
    expect(suspicionsOf(submissionsWith({ alice: neverBit, bob: neverBit }))).to.be.empty;
    const half = (index: number) => (index % 2 === 0 ? neverBit() : {});
    expect(suspicionsOf(submissionsWith({ bob: half }))).to.be.empty;
  });

  it('name a submission with which workers of the kit break, unless it was once', () => {
    const breaks = (times: number) => (index: number) =>
      index < times ? unknown('kit-broke', 1) : {};
    const found = suspicionsOf(submissionsWith({ alice: breaks(3), bob: breaks(1) }));
    expect([...found]).to.deep.equal([
      [
        'alice',
        [
          '3 runs could not be judged because a worker of the kit was killed or broke (forwards-held).',
        ],
      ],
    ]);
  });

  const disturbedIn = (times: number) => (index: number) =>
    index < times ? unknown('disturbed', 1) : {};

  it('name a submission with which the machine is busier than in control runs', () => {
    const busy = submissionsWith({ alice: disturbedIn(9), bob: disturbedIn(4) });
    expect([...suspicionsOf(busy, controlRuns(40, { disturbed: 2 }))]).to.deep.equal([
      [
        'alice',
        [
          'In 9 of 10 runs the machine was too busy, but only in 2 of 40 control runs; by chance that happens less than once in 1000 times.',
        ],
      ],
    ]);
    expect(suspicionsOf(busy, controlRuns(40, { disturbed: 30 }))).to.be.empty;
    expect(suspicionsOf(busy, controlRuns(4))).to.be.empty;
  });

  it('compare with the other submissions where there were no control runs', () => {
    const breaks = (index: number) => (index < 8 ? unknown('kit-broke', 1) : {});
    const [first, second] = suspicionsOf(submissionsWith({ alice: breaks })).get('alice') ?? [];
    expect(first).to.match(/^8 runs could not be judged/);
    expect(second).to.match(
      /^In 8 of 10 runs the kit broke, but only in 0 of 20 runs of the other submissions;/,
    );
    const all = { alice: disturbedIn(9), bob: disturbedIn(9), carol: disturbedIn(8) };
    expect(suspicionsOf(submissionsWith(all))).to.be.empty;
  });

  it('name submissions with the very same content, and nothing that was not handed in', () => {
    const same = (digest: string, spec = '/h') => ({ digest, spec });
    const submissions = submissionsWith({}).map((one, at) => ({
      ...one,
      ...[same('x', '/h/alice'), same('x', 'unpack:/h/bob'), same('x', '/h/carol')][at],
    }));
    const said = (others: string) => [`Its content is identical to that of ${others}.`];
    expect([...suspicionsOf(submissions)]).to.deep.equal([
      ['alice', said('bob, carol')],
      ['bob', said('alice, carol')],
      ['carol', said('alice, bob')],
    ]);
    const ofTheKit = submissions.map((one) => ({ ...one, spec: 'reference' }));
    expect(suspicionsOf(ofTheKit)).to.be.empty;
    const unreadable = submissions.map((one) => ({ ...one, digest: '' }));
    expect(suspicionsOf(unreadable)).to.be.empty;
  });
});
