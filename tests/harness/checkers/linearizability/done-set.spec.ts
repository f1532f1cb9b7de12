import { expect } from 'chai';
import * as fc from 'fast-check';
import { createDoneSet } from '../../../../harness/checkers/linearizability/done-set.js';
import { poseProblem } from '../../../../harness/checkers/linearizability/problem.js';
import { append, get, history, open } from '../../history/operations.js';

/** A hundred required tasks and fifty optional ones, seen by one read. */
function manyTasks() {
  const appends = Array.from({ length: 150 }, (_, at) => append('c1', `<${at}>`, at, at + 1));
  const writes = history(...appends.map((sketch, at) => (at % 3 === 0 ? open(sketch) : sketch)));
  const all = writes.map(({ value = '' }) => value).join('');
  const posed = writes.map((operation) => ({ operation, relaxed: false }));
  return poseProblem(history(get('c2', all, 200, 201)), posed).tasks;
}

describe('text of a set of tasks', () => {
  const tasks = manyTasks();

  it('is the same for the same set, on whatever way it was reached', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: tasks.length - 1 }), { maxLength: 400 }), (flips) => {
        const wandering = createDoneSet(tasks);
        const inside = new Set<number>();
        for (const at of flips) {
          const task = tasks[at];
          if (task === undefined) continue;
          if (inside.delete(at)) wandering.remove(task);
          else {
            wandering.add(task);
            inside.add(at);
          }
          // Looking at the text on the way must not change it.
          wandering.text();
        }
        const straight = createDoneSet(tasks);
        tasks.forEach((task, at) => inside.has(at) && straight.add(task));
        expect(wandering.text()).to.equal(straight.text());
      }),
      { numRuns: 300 },
    );
  });

  it('differs for sets that differ in one task, near a full set or an empty one', () => {
    for (const fill of [false, true]) {
      const done = createDoneSet(tasks);
      if (fill) for (const task of tasks) done.add(task);
      const texts = new Set([done.text()]);
      for (const task of tasks) {
        if (fill) done.remove(task);
        else done.add(task);
        texts.add(done.text());
        if (fill) done.add(task);
        else done.remove(task);
      }
      expect(texts.size).to.equal(tasks.length + 1);
    }
  });
});
