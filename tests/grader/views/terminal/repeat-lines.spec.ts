import { expect } from 'chai';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import { cleaned } from '../../../../grader/text/sanitize.js';
import {
  renderRepeats,
  type OtherRun,
  type Repeats,
} from '../../../../grader/views/terminal/repeat-lines.js';
import { planOf, recordOf } from '../../support.js';

const rendered = (same: number, others: readonly OtherRun[], change: Partial<Repeats> = {}) => {
  const runs = same + others.length;
  const repeats = { planned: runs, runs, same, others, broken: undefined, ...change };
  return renderRepeats(cleaned(repeats), { color: false, width: 100 });
};

/** A run of alice that passed at first. */
function otherRun(change: Partial<OtherRun> = {}): OtherRun {
  const [run] = plannedRuns(planOf(['alice'], ['append'], 1));
  if (run === undefined) throw new Error('the plan has no run');
  const original = { ...recordOf(run), seed: 'abc' };
  return { original, verdict: 'pass', difference: undefined, ...change };
}

describe('runs that were played again', () => {
  it('are counted, with how sure the share is', () => {
    expect(rendered(40, [])).to.equal(
      '40 of 40 runs played again happened as before, event by event: 100 % (91.2–100 %)\n',
    );
  });

  it('are told if they are not the same, with the first difference where it is known', () => {
    const difference = {
      file: 'events.jsonl',
      line: 7,
      first: '{"atMs":1,"kind":"kill"}',
      second: undefined,
    };
    const said = rendered(1, [otherRun(), otherRun({ verdict: 'fail', difference })]);
    expect(said.split('\n').slice(1)).to.deep.equal([
      'not as before: alice in append, seed abc: pass both times',
      'not as before: alice in append, seed abc: pass, then fail',
      '  it differs from line 7 of events.jsonl on; the earlier line, then the new one:',
      '    {"atMs":1,"kind":"kill"}',
      '    nothing more',
      '',
    ]);
  });

  it('are counted where there are many that are not the same', () => {
    const said = rendered(
      0,
      Array.from({ length: 12 }, () => otherRun()),
    );
    expect(said.split('\n')).to.have.lengthOf(1 + 10 + 1 + 1);
    expect(said).to.match(/\nand 2 more\n$/);
  });

  it('are counted where they were not played to the end, with the reason of the first', () => {
    expect(rendered(1, [], { planned: 3, broken: 'a worker of the kit died' })).to.equal(
      '1 of 1 run played again happened as before, event by event: 100 % (2.5–100 %)\n' +
        '2 runs could not be played to the end, the first because: a worker of the kit died\n',
    );
    expect(rendered(0, [], { planned: 2 })).to.equal('2 runs could not be played to the end\n');
  });
});
