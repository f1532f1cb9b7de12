/** Real scenarios with a Go submission that is honestly partial, and with one that is wrong on purpose. */

import { expect } from 'chai';
import { findScenario } from '../../../../harness/scenarios/registry.js';
import { startPrimary } from '../../../../harness/scenarios/stage/setting.js';
import type { Submission } from '../../../../harness/submission/submission.js';
import { built, GO_PATIENCE_MS } from '../../../support/go.js';
import { submissionPath } from '../../../support/programs.js';
import { runTest, scenario } from '../../../support/runs.js';
import { useSession } from '../../../support/session.js';

describe('a run of a Go submission', function () {
  this.timeout(GO_PATIENCE_MS);
  const session = useSession();
  let single: Submission;
  let wrong: Submission;

  before(async () => {
    single = await built(submissionPath('go-single'));
    wrong = await built(submissionPath('go-wrong'));
  });

  const play = (submission: Submission, id: string) =>
    runTest({ submission, scenario: findScenario(id) ?? expect.fail(`no ${id}`) }, session());

  for (const id of ['single-primary', 'missing-key', 'odd-bytes', 'view-many-clients']) {
    it(`passes ${id}, for which one server is enough`, async () => {
      const record = await play(single, id);
      expect(record.verdict, record.reason).to.equal('pass');
    });
  }

  it('fails where a backup is needed', async () => {
    const record = await play(single, 'primary-failure');
    expect(record).to.include({ verdict: 'fail', class: 'liveness' });
    expect(record.reason).to.include('reports view 1 with primary pb1 and backup none');
  });

  it('whose server ends by log.Fatal fails as a crash, with its last words', async () => {
    const fatal = scenario(async ({ cluster, clock }) => {
      await startPrimary(cluster);
      const clerk = cluster.clerk('c1');
      for (let n = 0; n < 3; n += 1) await clerk.put('fatal', String(n));
      // The run is over as soon as the end of a server is known.
      await clock.sleep(10_000);
    });
    const record = await runTest({ submission: wrong, scenario: fatal }, session());
    expect(record).to.include({ verdict: 'fail', class: 'crash' });
    expect(record.reason).to.match(/^pb1 ended by itself with exit code 1.*the third of them/);
  });
});
