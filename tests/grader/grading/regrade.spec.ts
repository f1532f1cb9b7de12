import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { keepHistory } from '../../../grader/results/earlier-results.js';
import { keepFiles } from '../../../grader/results/kept-files.js';
import { replaceByRevised } from '../../../grader/grading/replace-plan.js';
import { replacePlan } from '../../../grader/plan/plan-file.js';
import { planOf, withFolder } from '../support.js';

const plan = planOf(['alice'], ['view-zero'], 3);

const nothing = {
  found: new Map(),
  concerns: () => false,
  chosen: () => undefined,
  scenarios: plan.scenarios,
  runsPerScenario: plan.runsPerScenario,
  at: '2026-01-03T00:00:00.000Z',
  kit: '0.2.0',
};

describe('a regrade by another rubric', () => {
  it('is done again as a whole if it was killed before it began', () =>
    withFolder(async (folder) => {
      await replacePlan(folder, plan);
      await keepFiles(folder, { rubric: 'old' });
      writeFileSync(join(folder, 'results.json'), 'old results');
      // As far as the first one got: the rubric is in its place, and the plan is not.
      await keepHistory(folder, 1);
      await keepFiles(folder, { rubric: 'new' });

      const { revisions = [] } = await replaceByRevised(folder, plan, nothing, { rubric: 'new' });
      expect(revisions.flatMap(({ changes }) => changes)).to.deep.equal([
        { submission: 'alice', reason: 'the rubric has changed', scenarios: [] },
      ]);
      const kept = (name: string) => readFileSync(join(folder, 'history/1', name), 'utf8');
      expect([kept('rubric.yaml'), kept('results.json')]).to.deep.equal(['old', 'old results']);
      expect(readFileSync(join(folder, 'rubric.yaml'), 'utf8')).to.equal('new');
    }));

  it('is none by the rubric that there is', () =>
    withFolder(async (folder) => {
      await keepFiles(folder, { rubric: 'old' });
      expect(await replaceByRevised(folder, plan, nothing, { rubric: 'old' })).to.equal(plan);
    }));
});
