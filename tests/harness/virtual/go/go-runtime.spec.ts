/** Runs of a Go lab in the virtual world. */

import { expect } from 'chai';
import { findScenario } from '../../../../harness/scenarios/registry.js';
import { resolveSubmission, type Submission } from '../../../../harness/submission/submission.js';
import { clockOf } from '../../../../harness/virtual/runtimes.js';
import { built, GO_PATIENCE_MS } from '../../../support/go.js';
import { submissionPath } from '../../../support/programs.js';
import { runOnceAsTest } from '../../../support/runs.js';
import { useSession } from '../../../support/session.js';
import { goInstalled } from './installed.js';

describe('a Go lab in the virtual world', function () {
  this.timeout(4 * GO_PATIENCE_MS);

  const session = useSession();
  const spec = submissionPath('go-single');
  let lab: Submission;

  before(async function () {
    if (goInstalled === undefined) return this.skip();
    const resolved = await resolveSubmission(spec, { world: 'virtual' });
    if (resolved.kind !== 'ready') return expect.fail(resolved.failure.output);
    lab = resolved.submission;
  });

  const play = (id: string, seed: string) => {
    const scenario = findScenario(id) ?? expect.fail(`there is no ${id}`);
    return runOnceAsTest({ submission: lab, scenario, seed, world: 'virtual' }, session());
  };

  it('is the same run again with the same seed, and another with another', async () => {
    const [first, second] = [
      await play('primary-failure', 'a'),
      await play('primary-failure', 'a'),
    ];
    expect(first, first.reason).to.include({ world: 'virtual' });
    expect(first.verdict).to.be.oneOf(['pass', 'fail']);
    expect(second.trace).to.equal(first.trace);
    const other = await play('primary-failure', 'b');
    expect(other.trace).to.not.equal(first.trace);
  });

  it('is possible only where it was built for that', async () => {
    expect(clockOf(lab)).to.have.property('prepare');
    expect(clockOf(await built(spec)))
      .to.have.property('impossible')
      .that.includes('of Go if they are built for it');
    const without = { ...lab, virtualClock: { has: false, reason: 'Go 0.1 has none' } as const };
    expect(clockOf(without)).to.deep.equal({ impossible: 'Go 0.1 has none.' });
  });
});
