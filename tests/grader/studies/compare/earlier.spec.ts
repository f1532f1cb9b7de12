/** What makes an earlier grading fit to be compared with, and what does not. */

import { expect } from 'chai';
import {
  chooseSubmission,
  differencesOf,
  readEarlier,
  readEarlierPlan,
} from '../../../../grader/studies/compare/earlier.js';
import { JOURNAL_FILE, openJournal } from '../../../../grader/campaign/journal/journal.js';
import { writePlan } from '../../../../grader/plan/plan-file.js';
import type { Plan } from '../../../../grader/plan/plan.js';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import { join } from 'node:path';
import { UsageError } from '../../../../harness/index.js';
import { planOf, recordOf, withFolder } from '../../support.js';

const plan = planOf(['alice', 'bob'], ['append', 'failover'], 3);

describe('an earlier grading', () => {
  it('is one side of a comparison, with the records of its submission', () =>
    withFolder(async (folder) => {
      await writePlan(folder, plan);
      const journal = await openJournal(join(folder, JOURNAL_FILE));
      for (const run of plannedRuns(plan)) await journal.append(recordOf(run));
      await journal.close();
      const { arm, earlier } = readEarlier({ directory: folder, submission: 'bob' }, plan);
      expect(arm.submission.name).to.equal('bob');
      expect(arm.runs.map(({ key }) => key))
        .to.include('bob/failover/2')
        .and.have.lengthOf(6);
      expect(arm.records.filter(({ key }) => key.startsWith('bob/'))).to.have.lengthOf(6);
      expect(earlier).to.deep.equal({
        directory: folder,
        kit: '0.1.0',
        plannedAt: plan.createdAt,
        differs: [],
      });
    }));

  it('of several submissions must be told which is meant', () => {
    expect(chooseSubmission(plan, 'bob').name).to.equal('bob');
    expect(chooseSubmission(planOf(['alice'], ['append'], 1), undefined).name).to.equal('alice');
    expect(() => chooseSubmission(plan, undefined)).to.throw(UsageError, 'one of alice, bob');
    expect(() => chooseSubmission(plan, 'carol')).to.throw(UsageError, '--submission carol');
  });

  it('of another kit, or with another version of a scenario, differs', () => {
    const versions = (append: string): Plan => ({
      ...plan,
      scenarios: [{ id: 'append', version: append }, { id: 'failover' }],
    });
    expect(differencesOf(versions('1'), plan)).to.deep.equal([]);
    expect(differencesOf({ ...plan, kit: '0.0.9' }, plan)).to.deep.equal([
      'Its runs were judged by version 0.0.9 of the kit, and these by 0.1.0.',
    ]);
    expect(differencesOf(versions('2'), versions('3'))).to.deep.equal([
      'Its append was version 2, and this is 3.',
    ]);
  });

  it('that is a sweep cannot be compared with', () =>
    withFolder(async (folder) => {
      const sweep = { delaysMs: [5], part: 'request', pingDelayAtMostMs: 150 } as const;
      await writePlan(folder, {
        ...planOf(['alice'], ['append'], 1),
        sweep: { ...sweep, delaysMs: [5] },
      });
      expect(() => readEarlierPlan(folder)).to.throw(UsageError, 'a sweep');
    }));
});
