import { expect } from 'chai';
import { gradeAtHome, replayAtHome } from '../../../grader/text/student-commands.js';

describe('commands for students', () => {
  const run = { scenario: 'append', seed: 'a1' };

  it('play a run in the world in which it has failed: in real time often, in the virtual world once', () => {
    expect(replayAtHome(run, '.')).to.equal('pblab replay append@a1 --submission . -k 20');
    expect(replayAtHome({ ...run, world: 'processes' }, 'DIR')).to.equal(
      'pblab replay append@a1 --submission DIR -k 20',
    );
    expect(replayAtHome({ ...run, world: 'virtual' }, '.')).to.equal(
      'pblab replay append@a1 --submission . --world virtual -k 1',
    );
  });

  it('measure a scenario in the world in which it was measured', () => {
    expect(gradeAtHome('append', 30)).to.equal('pblab grade . -s append -n 30');
    expect(gradeAtHome('append', 30, 'virtual')).to.equal(
      'pblab grade . -s append --world virtual -n 30',
    );
  });
});
