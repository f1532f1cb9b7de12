/** What becomes of a run in which a process ends by itself, or only says that it does. */

import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPrimary } from '../../../harness/scenarios/stage/setting.js';
import { dataPath } from '../../support/data.js';
import { runTest, scenario, submission } from '../../support/runs.js';
import { useSession } from '../../support/session.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const recorded = (name: string) => dataPath('go-output', `${name}.txt`);

describe('a process that', () => {
  const session = useSession();
  const place = useTemporaryDirectory();
  const startView = scenario(async ({ cluster, clock }) => {
    await cluster.startView();
    await clock.sleep(60_000);
  });
  const startServer = scenario(async ({ cluster, clock }) => {
    await cluster.startServer('pb1');
    await clock.sleep(60_000);
  });

  it('panics fails its run: with the cause and the function, which group such runs', async () => {
    const server = `node server.mjs ${recorded('nil-pointer')} 2 {self}`;
    const record = await runTest(
      { submission: submission('talkative', { server }), scenario: startServer },
      session(),
    );
    expect(record).to.include({
      verdict: 'fail',
      class: 'crash',
      signature: 'kit-process / exited / panic in viewservice.(*ViewServer).Nil',
      reason:
        'pb1 ended by itself with exit code 2: panic: runtime error: invalid memory address or nil ' +
        'pointer dereference, in viewservice.(*ViewServer).Nil server.go:10, called by ' +
        'viewservice.(*ViewServer).Run server.go:16',
    });
  });

  it('panics leaves evidence: what led to it, and all that it said', async () => {
    const server = `node server.mjs ${recorded('nil-pointer')} 2 {self}`;
    await runTest(
      {
        submission: submission('talkative', { server }),
        scenario: startServer,
        evidence: { root: place(), path: 'evidence' },
      },
      session(),
    );
    const file = (name: string) => readFileSync(join(place(), 'evidence', name), 'utf8');
    expect(file('crash-pb1.txt')).to.equal(readFileSync(recorded('nil-pointer'), 'utf8'));
    expect(file('story.txt')).to.match(/ ms {2}pb1 ends by itself: exit code 2\n/);
    expect(file('story.txt')).to.contain(
      'Crash report of pb1 (in full: crash-pb1.txt):\n    panic: runtime error: ',
    );
  });

  it('is the view service and meets another goroutine in a map fails its run as well', async () => {
    const view = `node server.mjs ${recorded('concurrent-map')} 2 {self}`;
    const record = await runTest(
      { submission: submission('talkative', { view }), scenario: startView },
      session(),
    );
    expect(record).to.include({
      verdict: 'fail',
      class: 'crash',
      signature: 'kit-process / exited / concurrent map access in viewservice.(*ViewServer).tick',
    });
    expect(record.reason).to.match(
      /^vs ended by itself with exit code 2: fatal error: concurrent map /,
    );
  });

  it('calls log.Fatal fails its run: with the line that it printed', async () => {
    const server = `node server.mjs ${recorded('log-fatal')} 1 {self}`;
    const record = await runTest(
      { submission: submission('talkative', { server }), scenario: startServer },
      session(),
    );
    expect(record).to.include({
      signature: 'kit-process / exited / exit code 1',
      reason:
        'pb1 ended by itself with exit code 1; its last words: "2026/11/24 08:43:09 listen error: file already exists"',
    });
  });

  for (const name of ['nil-pointer', 'concurrent-map', 'data-races']) {
    it(`prints ${name} and goes on passes`, async () => {
      const server = `node server.mjs ${recorded(name)} goes-on server {view} {self}`;
      const record = await runTest(
        {
          submission: submission('talkative', { server }),
          scenario: scenario(async ({ cluster }) => {
            await startPrimary(cluster);
            await cluster.clerk('c1').put('k', 'v');
          }),
        },
        session(),
      );
      expect(record).to.include({ verdict: 'pass' });
      const races = 'viewservice.(*ViewServer).Ping / viewservice.(*ViewServer).tick';
      expect(record.races).to.deep.equal(
        name === 'data-races' ? [{ signature: races, count: 3 }] : undefined,
      );
    });
  }
});
