/** What becomes of a run whose servers misbehave: a clear failure, and nothing of them is left. */

import { expect } from 'chai';
import { deadlines } from '../../../harness/checkers/deadlines.js';
import { linearizability } from '../../../harness/checkers/linearizability.js';
import type { Scenario } from '../../../harness/scenarios/stage/scenario.js';
import { startPrimary } from '../../../harness/scenarios/stage/setting.js';
import { runTest, scenario, submission } from '../../support/runs.js';
import { useSession } from '../../support/session.js';
import { survivors } from '../../support/survivors.js';

/** Starts a server, and goes on until something ends the run. */
const startServer = scenario(async ({ cluster, clock }) => {
  await cluster.startServer('pb1');
  await clock.sleep(60_000);
});

/** A server with data is killed, started again, and used by a clerk where it may be. */
const useAndKill = scenario(
  async ({ cluster }) => {
    await startPrimary(cluster);
    const clerk = cluster.clerk('c1');
    await clerk.put('k', 'v');
    await clerk.get('k');
    await cluster.kill('pb1');
    await cluster.restart('pb1');
  },
  { checkers: [linearizability, deadlines] },
);

/** How long servers of some manners may take to listen, in ms; the second has to be there. */
const PATIENCE_MS = [
  ['never', 200],
  ['elsewhere', 1500],
] as const;

describe('a run with a server that', () => {
  const session = useSession();

  const run = (server: string, what: Scenario) =>
    runTest(
      {
        submission: submission('hostile', { server }),
        scenario: what,
        readyDeadlineMs: PATIENCE_MS.find(([manner]) => server.includes(manner))?.[1] ?? 10_000,
      },
      session(),
    );

  it('never listens fails: it did not listen in time', async () => {
    const record = await run('node server.mjs never-listens', startServer);
    expect(record).to.include({
      verdict: 'fail',
      class: 'protocol',
      signature: 'kit-process / never-listened',
      reason: 'pb1 did not listen on its socket "pb1" within 0.2 s; it printed nothing',
    });
  });

  it('listens on another socket fails: with the path of that', async () => {
    const { reason } = await run('node server.mjs listens-elsewhere', startServer);
    expect(reason).to.equal(
      'pb1 did not listen on its socket "pb1" within 1.5 s, but on "sockets-of-mine": the name is a path in its working directory; it printed nothing',
    );
  });

  it('exits at once fails: with its exit code and its last words', async () => {
    const record = await run('node server.mjs exits-at-once', startServer);
    expect(record).to.include({
      verdict: 'fail',
      class: 'crash',
      signature: 'kit-process / ended-before-listening / exit code 3',
      reason:
        'pb1 ended by itself with exit code 3; its last words: "cannot find my configuration"',
    });
  });

  it('cannot be started fails: with the reason', async () => {
    const record = await run('./no-such-program {self}', startServer);
    expect(record).to.include({ verdict: 'fail', class: 'crash' });
    expect(record.reason).to.match(
      /^pb1 could not be started: \.\/no-such-program: no such file or directory;/,
    );
  });

  it('crashes later fails: with its exit code and its exception', async () => {
    const record = await run('node server.mjs crashes-later {self}', startServer);
    expect(record).to.include({
      verdict: 'fail',
      class: 'crash',
      signature: 'kit-process / exited / uncaught exception in Server.<anonymous>',
    });
    expect(record.reason).to.match(
      /^pb1 ended by itself with exit code 1: Error: nobody has come, in Server.<anonymous> server.mjs:/,
    );
  });

  it('floods its output fails: it was stopped', async () => {
    const record = await run('node server.mjs floods {self}', startServer);
    expect(record).to.include({
      verdict: 'fail',
      class: 'protocol',
      signature: 'kit-process / output-flood',
      reason: 'pb1 printed without end and was stopped',
    });
  });

  it('prints garbage passes: a server may print what it likes', async () => {
    const server = 'node server.mjs prints-garbage server {view} {self}';
    expect(await run(server, useAndKill)).to.include({ verdict: 'pass' });
  });

  it('ignores SIGTERM passes, and is killed and restarted all the same', async () => {
    const server = 'node server.mjs ignores-sigterm server {view} {self}';
    expect(await run(server, useAndKill)).to.include({ verdict: 'pass' });
  });

  it('leaves its socket behind can be restarted', async () => {
    const record = await run(
      'node server.mjs careless {self}',
      scenario(async ({ cluster }) => {
        await cluster.startServer('pb1');
        await cluster.kill('pb1');
        await cluster.restart('pb1');
      }),
    );
    expect(record).to.include({ verdict: 'pass' });
  });

  it('forks a daemon has the daemon killed with it', async () => {
    const left: number[] = [];
    const record = await run(
      'python3 daemon.py daemon {self}',
      scenario(async ({ cluster }) => {
        await cluster.startServer('pb1');
        await cluster.kill('pb1');
        left.push(...survivors(session().mark));
      }),
    );
    expect(record).to.include({ verdict: 'pass' });
    expect(left).to.deep.equal([]);
  });

  it('leaves all to a daemon fails: the server has ended', async () => {
    const record = await run("sh -c 'setsid sleep 1000 & exit 0'", startServer);
    expect(record).to.include({
      verdict: 'fail',
      class: 'crash',
      reason: 'pb1 ended by itself with exit code 0; it printed nothing',
    });
  });
});

describe('a run with a view service that', () => {
  const session = useSession();
  const waitForView = scenario(async ({ cluster }) => {
    await cluster.startView();
    await cluster.waitForView('a first view', ({ viewnum }) => viewnum > 0, 50);
  });
  const run = (view: string) =>
    runTest({ submission: submission('hostile', { view }), scenario: waitForView }, session());

  it('answers rubbish fails: with what it answered and what was expected', async () => {
    const record = await run('node server.mjs answers-rubbish {self}');
    expect(record).to.include({
      verdict: 'fail',
      class: 'protocol',
      signature: 'kit-clerk / bad-view',
      reason:
        'the view service answered Hello!, expected {"view":{"viewnum":...,"primary":"...","backup":"..."}}',
    });
  });

  it('answers nothing fails: it did not answer', async () => {
    const record = await run('node server.mjs answers-nothing {self}');
    expect(record).to.include({
      verdict: 'fail',
      class: 'liveness',
      signature: 'kv-latest / view-overdue',
      reason: 'Expected a first view within 0.05 s, but the view service did not answer.',
    });
  });

  it('never forms a view fails: with the view that it reports', async () => {
    const record = await run('node ../../../dist/reference/main.js view {self}');
    expect(record).to.include({
      verdict: 'fail',
      class: 'liveness',
      reason:
        'Expected a first view within 0.05 s, but the view service reports view 0 with primary none and backup none.',
    });
  });
});
