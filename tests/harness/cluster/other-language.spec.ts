/** A submission in another language, with a protocol that the kit cannot read. */

import { expect } from 'chai';
import { singlePrimary } from '../../../harness/scenarios/basics/single-primary.js';
import { linearizability } from '../../../harness/checkers/linearizability.js';
import { dropRequest } from '../../../harness/faults/drop-request.js';
import { oneWay } from '../../../harness/faults/fault.js';
import { startPrimary } from '../../../harness/scenarios/stage/setting.js';
import type { TimelineEvent } from '../../../harness/history/timeline.js';
import { resolveSubmission } from '../../../harness/submission/submission.js';
import { runTest, scenario, submission } from '../../support/runs.js';
import { submissionPath } from '../../support/programs.js';
import { useTemporaryDirectory } from '../../support/temporary.js';
import { useSession } from '../../support/session.js';

describe('a submission in Python', () => {
  const session = useSession();
  const place = useTemporaryDirectory();
  const cacheHome = process.env['XDG_CACHE_HOME'];

  beforeEach(() => (process.env['XDG_CACHE_HOME'] = place()));
  afterEach(() => {
    if (cacheHome === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = cacheHome;
  });

  it('passes the scenario that needs no backup, built and run from its directory', async () => {
    const resolved = await resolveSubmission(submissionPath('python'));
    if (resolved.kind !== 'ready') return expect.fail(resolved.failure.reason);
    const record = await runTest(
      { submission: resolved.submission, scenario: singlePrimary },
      session(),
    );
    expect(record).to.include({ verdict: 'pass' });
    expect(record.operations).to.deep.equal({ ok: 12, failed: 0, indefinite: 0 });
  });

  it('passes it as well if it ends itself at a connection without a request', async () => {
    const strict = submission('python', {
      view: 'python3 kv.py strict view {self}',
      server: 'python3 kv.py strict server {view} {self}',
    });
    const record = await runTest({ submission: strict, scenario: singlePrimary }, session());
    expect(record).to.include({ verdict: 'pass' });
  });

  it('is struck by faults, which name the operation that its clerk had under way', async () => {
    let timeline: readonly TimelineEvent[] = [];
    const lossy = scenario(
      async ({ cluster }) => {
        await startPrimary(cluster);
        const clerk = cluster.clerk('c1');
        await clerk.put('k', 'one');
        cluster.install(dropRequest(), { links: oneWay('c1', 'pb1'), kth: 1 });
        await clerk.put('k', 'two');
        await clerk.get('k');
      },
      {
        checkers: [linearizability],
        unexercised(facts) {
          timeline = facts.timeline;
          return undefined;
        },
      },
    );
    const record = await runTest({ submission: submission('python'), scenario: lossy }, session());
    expect(record).to.include({ verdict: 'pass' });
    const effects = timeline.filter((event) => event.kind === 'fault');
    expect(effects).to.have.lengthOf(1);
    expect(effects[0]).to.include({ fault: 'drop-request', from: 'c1', to: 'pb1', operation: 1 });
  });

  it('fails the scenario that needs a backup', async () => {
    const needsBackup = scenario(async ({ cluster }) => {
      await startPrimary(cluster);
      await cluster.startServer('pb2');
      await cluster.waitForView('a backup', ({ backup }) => backup !== '', 100);
    });
    const record = await runTest(
      { submission: submission('python'), scenario: needsBackup },
      session(),
    );
    expect(record).to.include({ verdict: 'fail', class: 'liveness' });
    expect(record.reason).to.include('reports view 1 with primary pb1 and backup none');
  });
});
