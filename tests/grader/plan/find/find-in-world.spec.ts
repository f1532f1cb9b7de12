/** The world of a grading is one into which all of its submissions fit, and they are built for it. */

import { expect } from 'chai';
import { findInWorld } from '../../../../grader/plan/find/find-in-world.js';
import { submissionOf } from '../../../../grader/plan/preparation.js';
import type { Found } from '../../../../grader/plan/find/find-submissions.js';
import { GO_PATIENCE_MS } from '../../../support/go.js';
import { submissionPath } from '../../../support/programs.js';
import { goInstalled } from '../../../harness/virtual/go/installed.js';

describe('the world of submissions', function () {
  this.timeout(4 * GO_PATIENCE_MS);

  before(function () {
    if (goInstalled === undefined) this.skip();
  });

  const lab = submissionPath('go-single');

  const digests = (found: readonly Found[]) =>
    found.map((one) => (one.kind === 'gradable' ? submissionOf(one.resolved).digest : one.reason));

  it('is the virtual one where all fit into it', async () => {
    const { found, world } = await findInWorld([lab, 'reference'], { world: 'virtual' });
    expect(world).to.equal('virtual');
    const [one] = found;
    if (one?.kind !== 'gradable') return expect.fail('not gradable');
    expect(submissionOf(one.resolved).virtualClock).to.deep.equal({ has: true });
  });

  it('is the real one where one does not, and all are built for that', async () => {
    const specs = [lab, submissionPath('python')];
    const real = await findInWorld(specs, {});
    expect(real.world).to.equal('processes');
    const { found, world } = await findInWorld(specs, { world: 'virtual' });
    expect(world).to.equal('processes');
    expect(digests(found)).to.deep.equal(digests(real.found));
  });
});
