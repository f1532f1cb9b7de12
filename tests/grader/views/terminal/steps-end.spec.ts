import { expect } from 'chai';
import { chooseSteps } from '../../../../grader/plan/choice.js';
import { renderStepsEnd } from '../../../../grader/views/terminal/steps-end.js';
import { STEPS, type Verdict } from '../../../../harness/index.js';

const WIDTH = 80;

describe('the end of a test of steps', () => {
  const end = (text: string, verdicts: Record<string, Verdict>, more: readonly string[] = []) => {
    const records = Object.entries(verdicts).map(([scenario, verdict]) => ({ scenario, verdict }));
    const planned = [...Object.keys(verdicts), ...more];
    return renderStepsEnd(
      chooseSteps(text),
      { planned, records },
      { command: 'pblab test mine', width: WIDTH },
    );
  };

  it('names the next step, what to build, and the command', () => {
    expect(end('1', { 'view-zero': 'pass' })).to.equal(
      [
        'Step 1 of 10 passed. Next, step 2: a first primary.',
        '  The first server that pings becomes the primary of view 1. All who ask are',
        '  told that view.',
        '  pblab test mine --step 2',
        '',
      ].join('\n'),
    );
  });

  it('names the first step that is not done, whether a run of it failed or was not made', () => {
    const said = end('1-3', { 'view-zero': 'unknown', 'view-first-primary': 'fail' });
    expect(said).to.match(/^Step 2 of 10, a first primary, is not done yet\.\n/);
    expect(said).to.match(/\n {2}pblab test mine --step 2\n$/);
    expect(end('1-2', { 'view-zero': 'pass' }, ['view-first-primary'])).to.contain('Step 2 of 10');
  });

  it('says of a step of which no run failed which runs to make again', () => {
    const said = end('1-2', { 'view-zero': 'pass', 'view-first-primary': 'unknown' });
    expect(said).to.equal(
      'The run of view-first-primary could not be judged. Nothing failed; test it\n' +
        '  again:\n' +
        '  pblab test mine -s view-first-primary\n',
    );
  });

  it('does not wait for scenarios that the submission does not play', () => {
    expect(end('6', { 'single-primary': 'pass' })).to.match(/^Step 6 of 10 passed\. Next, step 7/);
  });

  it('comes to all scenarios after the last step', () => {
    const passed = Object.fromEntries(
      STEPS.flatMap(({ scenarios }) => scenarios.map((id) => [id, 'pass'] as const)),
    );
    expect(end(`1-${STEPS.length}`, passed)).to.equal(
      'Steps 1 to 10 of 10 passed. Next, all scenarios:\n  pblab test mine\n',
    );
  });
});

describe('choosing steps', () => {
  const numbers = (text: string) => chooseSteps(text).map(({ number }) => number);

  it('takes a number or a range', () => {
    expect(numbers('3')).to.deep.equal([3]);
    expect(numbers('2-4')).to.deep.equal([2, 3, 4]);
    expect(numbers(`1-${STEPS.length}`)).to.have.length(STEPS.length);
  });

  it('says which steps there are if it is another', () => {
    for (const text of ['0', '11', '3-11', '4-2', 'three', '', '1-', '1.5']) {
      expect(() => numbers(text), text).to.throw(
        `no such step: got "${text}", expected a number from 1 to 10, or a range such as 1-10; \`pblab list steps\` shows all`,
      );
    }
  });
});
