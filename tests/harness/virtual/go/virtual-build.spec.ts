/** A Go lab is built for the virtual world apart from its build for the real one. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { resolveSubmission } from '../../../../harness/submission/submission.js';
import { built, GO_PATIENCE_MS } from '../../../support/go.js';
import { submissionPath } from '../../../support/programs.js';
import { goInstalled } from './installed.js';

describe('a Go lab for the virtual world', function () {
  this.timeout(4 * GO_PATIENCE_MS);

  before(function () {
    if (goInstalled === undefined) this.skip();
  });

  it('is built with the clock, and apart from the lab for the real one', async () => {
    const spec = submissionPath('go-single');
    const real = await built(spec);
    const resolved = await resolveSubmission(spec, { world: 'virtual' });
    if (resolved.kind !== 'ready') return expect.fail(resolved.failure.output);
    const virtual = resolved.submission;
    expect(virtual.virtualClock).to.deep.equal({ has: true });
    expect(real).not.to.have.property('virtualClock');
    expect(virtual.digest).not.to.equal(real.digest);
    const hasClock = ({ root }: { root: string }) =>
      readFileSync(join(root, 'pblab-go')).includes('PBLAB_CLOCK_FIFO=');
    expect([hasClock(real), hasClock(virtual)]).to.deep.equal([false, true]);
    expect(virtual.manifest).to.deep.equal(real.manifest);
  });
});
