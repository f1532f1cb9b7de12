import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findLate, sortOut } from '../../../../grader/plan/find/add-submissions.js';
import { namedByPaths, planOf, withFolder } from '../../support.js';

const MANIFEST = 'preset: process\nrun: { view: "true", server: "true", clerk: "true" }\n';

const REQUEST = { byFolder: true, scenarios: ['view-zero'] };

/** A plan of these submissions, in a folder in which they and the late ones are. */
async function withPlan(
  planned: readonly string[],
  late: readonly string[],
  work: (plan: ReturnType<typeof planOf>, path: (name: string) => string) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const path = (name: string) => join(folder, name);
    for (const name of [...planned, ...late]) {
      mkdirSync(path(name), { recursive: true });
      writeFileSync(join(path(name), 'pblab.yaml'), MANIFEST);
    }
    const submissions = namedByPaths(planned.map(path));
    await work({ ...planOf([], ['view-zero'], 1), submissions }, path);
  });
}

describe('late submissions', () => {
  it('are those that are not in the plan, however their paths are written', () =>
    withPlan(['alice', 'bob'], ['carol'], (plan, path) => {
      const words = ['carol', 'bob/', 'carol/../alice'].map((name) => `${path('')}/${name}`);
      const { known, late } = sortOut([...words, 'reference'], plan);
      expect(known.map(({ name }) => name)).to.deep.equal(['bob', 'alice']);
      expect(late).to.deep.equal([words[0], 'reference']);
      return Promise.resolve();
    }));

  it('get names that tell them from those before them, which keep theirs', () =>
    withPlan(['alice/lab2'], ['bob/lab2', 'carol/lab2', 'lab2', 'control'], async (plan, path) => {
      expect(plan.submissions.map(({ name }) => name)).to.deep.equal(['lab2']);
      const late = ['bob/lab2', 'carol/lab2', 'control'].map(path);
      const { added, submissions } = await findLate(late, plan, REQUEST);
      const names = added.map(({ name }) => name);
      expect(names.slice(0, 2)).to.deep.equal(['bob-lab2', 'carol-lab2']);
      expect(names[2]).to.match(/.-control$/);
      expect([...submissions.keys()]).to.deep.equal(names);
    }));

  it('get such names, too, where all before them were told apart', () =>
    withPlan(['alice/lab2', 'bob/lab2'], ['carol/lab2'], async (plan, path) => {
      const { added } = await findLate([path('carol/lab2')], plan, REQUEST);
      expect(added.map(({ name }) => name)).to.deep.equal(['carol-lab2']);
    }));

  it('are taken in with the reason where they cannot be graded', () =>
    withPlan(['alice'], [], async (plan, path) => {
      mkdirSync(path('empty'));
      const { added, submissions } = await findLate([path('empty')], plan, REQUEST);
      expect(added[0]).to.include({ name: 'empty', digest: '' });
      expect(added[0]?.ungradable).to.match(/^empty has no pblab\.yaml/);
      expect(submissions.size).to.equal(0);
    }));
});
