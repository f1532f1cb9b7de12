import { expect } from 'chai';
import { revisePlan, type Regrade } from '../../../grader/grading/revise-plan.js';
import type { Plan, PlannedSubmission } from '../../../grader/plan/plan.js';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { planOf } from '../support.js';

const plan = planOf(['alice', 'bob'], ['append', 'put'], 3);

/** Nothing has changed and nothing is asked for, but for `changes`. */
function regradeOf(changes: Partial<Regrade> = {}): Regrade {
  return {
    found: foundAsIn(plan),
    concerns: () => true,
    chosen: () => undefined,
    scenarios: plan.scenarios,
    runsPerScenario: plan.runsPerScenario,
    at: '2026-01-03T00:00:00.000Z',
    kit: '0.2.0',
    ...changes,
  };
}

function foundAsIn(
  { submissions }: Plan,
  changes: Record<string, Partial<PlannedSubmission>> = {},
): Regrade['found'] {
  return new Map(submissions.map((one) => [one.name, { ...one, ...changes[one.name] }]));
}

function keysOf(one: Plan): string[] {
  return plannedRuns(one).map(({ key }) => key);
}

/** The keys of a plan that another does not have. */
function newKeys(after: Plan, before: Plan): string[] {
  const known = new Set(keysOf(before));
  return keysOf(after).filter((key) => !known.has(key));
}

function changesOf({ revisions = [] }: Plan) {
  return revisions.at(-1)?.changes;
}

describe('grading again', () => {
  it('changes nothing where nothing has changed', () => {
    expect(revisePlan(plan, regradeOf())).to.equal(plan);
  });

  it('runs anew all of a submission whose content is another, and nothing of the others', () => {
    const found = foundAsIn(plan, { bob: { digest: 'other' } });
    const revised = revisePlan(plan, regradeOf({ found }));
    expect(newKeys(revised, plan)).to.have.members([
      'bob/append/r1/0',
      'bob/append/r1/1',
      'bob/append/r1/2',
      'bob/put/r1/0',
      'bob/put/r1/1',
      'bob/put/r1/2',
    ]);
    expect(keysOf(revised)).to.have.lengthOf(keysOf(plan).length);
    expect(changesOf(revised)).to.deep.equal([
      { submission: 'bob', reason: 'its content has changed', scenarios: ['append', 'put'] },
    ]);
    expect(plannedRuns(revised).map(({ seed }) => seed)).to.deep.equal(
      plannedRuns(plan).map(({ seed }) => seed),
    );
  });

  it('runs a scenario anew as a whole where it was chosen, and once more the next time', () => {
    const chosen = (submission: string, scenario: string) =>
      submission === 'alice' && scenario === 'put' ? 'chosen by --scenario' : undefined;
    const once = revisePlan(plan, regradeOf({ chosen }));
    expect(newKeys(once, plan)).to.deep.equal([
      'alice/put/r1/0',
      'alice/put/r1/1',
      'alice/put/r1/2',
    ]);
    const twice = revisePlan(once, regradeOf({ chosen, found: foundAsIn(once) }));
    expect(newKeys(twice, once)).to.deep.equal([
      'alice/put/r2/0',
      'alice/put/r2/1',
      'alice/put/r2/2',
    ]);
    expect(twice.revisions).to.have.lengthOf(2);
  });

  it('runs for the first time what is new, and anew what is another scenario now', () => {
    const scenarios = [{ id: 'append', version: '2' }, { id: 'put' }, { id: 'get', version: '1' }];
    const found = foundAsIn(plan, { bob: { leftOut: ['get'] } });
    const revised = revisePlan(plan, regradeOf({ scenarios, found }));
    const keys = newKeys(revised, plan);
    expect(keys).to.include.members(['alice/append/r1/0', 'bob/append/r1/2', 'alice/get/0']);
    expect(keys.filter((key) => /^bob\/get|\/put\//.test(key))).to.deep.equal([]);
    expect(changesOf(revised)?.map(({ submission, reason }) => [submission, reason])).to.deep.equal(
      [
        ['alice', 'the scenario has changed'],
        ['alice', 'the scenario is new in this grading'],
        ['bob', 'the scenario has changed'],
      ],
    );
  });

  it('takes up what can be graded now, and lets go of what cannot be any more', () => {
    const [alice, bob] = plan.submissions;
    if (alice === undefined || bob === undefined) throw new Error('the plan has two');
    const before: Plan = {
      ...plan,
      submissions: [{ ...alice, digest: '', ungradable: 'no packages' }, bob],
    };
    const found = new Map([
      ['alice', { digest: 'new' }],
      ['bob', { digest: '', ungradable: 'a broken manifest' }],
    ]);
    const revised = revisePlan(before, regradeOf({ found }));
    expect(keysOf(revised)).to.have.lengthOf(6);
    expect(keysOf(revised).every((key) => key.startsWith('alice/'))).to.be.true;
    expect(revised.submissions[1]).to.include({ digest: '', ungradable: 'a broken manifest' });
    expect(changesOf(revised)?.map(({ reason }) => reason)).to.deep.equal([
      'it can be graded now',
      'it can no longer be graded',
    ]);
  });

  it('leaves alone whom it does not concern, and who is not there any more', () => {
    const found = foundAsIn(plan, { bob: { digest: 'other' } });
    const concerns = (submission: string) => submission === 'alice';
    expect(revisePlan(plan, regradeOf({ found, concerns }))).to.equal(plan);
    expect(revisePlan(plan, regradeOf({ found: new Map() }))).to.equal(plan);
  });

  it('gives nobody fewer runs than there were, and more if the rubric says so', () => {
    expect(revisePlan(plan, regradeOf({ runsPerScenario: 2 }))).to.equal(plan);
    const more = revisePlan(plan, regradeOf({ runsPerScenario: 4 }));
    expect(newKeys(more, plan)).to.have.members([
      'alice/append/3',
      'alice/put/3',
      'bob/append/3',
      'bob/put/3',
    ]);
  });

  it('runs the control arm anew with a scenario that all run anew', () => {
    const control = {
      submission: { name: 'control', spec: 'reference', digest: 'c' },
      oneIn: 2,
    };
    const beside = { ...plan, control };
    const all = revisePlan(
      beside,
      regradeOf({ chosen: (_, scenario) => (scenario === 'put' ? 'chosen' : undefined) }),
    );
    expect(all.control?.submission.revisions).to.deep.equal({ put: 1 });
    const one = revisePlan(
      beside,
      regradeOf({ chosen: (submission) => (submission === 'bob' ? 'chosen' : undefined) }),
    );
    expect(one.control).to.deep.equal(control);
  });

  it('takes in what was handed in later, with the seeds of the others and nothing of theirs anew', () => {
    const added = [
      { name: 'carol', spec: 'carol', digest: 'c', leftOut: ['put'] },
      { name: 'dave', spec: 'dave', digest: '', ungradable: 'no packages' },
    ];
    const revised = revisePlan(plan, regradeOf({ added, concerns: () => false }));
    const keys = ['carol/append/0', 'carol/append/1', 'carol/append/2'];
    expect(newKeys(revised, plan)).to.deep.equal(keys);
    expect(keysOf(revised)).to.include.members(keysOf(plan));
    expect(changesOf(revised)).to.deep.equal([
      { submission: 'carol', reason: 'it was handed in later', scenarios: ['append'] },
      { submission: 'dave', reason: 'it was handed in later', scenarios: [] },
    ]);
    const seedOf = (key: string) => plannedRuns(revised).find((run) => run.key === key)?.seed;
    expect(seedOf('carol/append/1')).to.equal(seedOf('alice/append/1'));
  });

  it('never changes a name, whatever is found in its folder', () => {
    const found = new Map(
      plan.submissions.map((one) => [
        one.name,
        { ...one, digest: 'other', spec: `unpack:/${one.name}` },
      ]),
    );
    const revised = revisePlan(plan, regradeOf({ found }));
    expect(revised.submissions.map(({ name, spec }) => [name, spec])).to.deep.equal([
      ['alice', 'unpack:/alice'],
      ['bob', 'unpack:/bob'],
    ]);
  });
});
