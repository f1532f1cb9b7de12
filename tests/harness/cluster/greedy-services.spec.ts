/** Services that take so much of the machine that nothing goes on: it is they who fail, and the run says so. */

import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { linearizability } from '../../../harness/checkers/linearizability.js';
import { startPrimary } from '../../../harness/scenarios/stage/setting.js';
import { referenceWith } from '../../support/lawful.js';
import { runOnceAsTest, runTest, scenario } from '../../support/runs.js';
import { useSession } from '../../support/session.js';

const PROGRAM = join(import.meta.dirname, 'programs/greedy-service.js');

/** By then a service that does not answer is found out, in ms. */
const SOON_MS = 6000;

const putOften = (deadlineMs: number) =>
  scenario(
    async ({ cluster }) => {
      await startPrimary(cluster);
      const clerk = cluster.clerk('c1');
      for (let n = 0; n < 600; n++) {
        await clerk.put(`k${n % 10}`, `v${n}`);
      }
    },
    { checkers: [linearizability], deadlineMs },
  );

describe('a run with a service that', () => {
  const session = useSession();

  const run = async (name: string, deadlineMs = SOON_MS, play = runTest) => {
    const submission = await referenceWith({
      server: `node ${PROGRAM} ${name} server {view} {self}`,
      clerk: `node ${PROGRAM} ${name} clerk {view}`,
    });
    return play({ submission, scenario: putOften(deadlineMs) }, session());
  };

  it('leaks connections until there are thousands fails at once, however late anybody is', async () => {
    const record = await run('leaking', 60_000);
    expect(record).to.include({
      verdict: 'fail',
      class: 'cost',
      signature: 'kv-resources / too-many-connections',
    });
    expect(record.reason).to.match(
      /^There were 400\d connections open at once, \d+ of them from c1 to vs: /,
    );
  });

  for (const name of ['spinning', 'flooding']) {
    it(`is ${name} fails: nobody else has taken the machine`, async () => {
      const record = await run(name);
      expect(record.verdict, record.reason).to.equal('fail');
      expect(record.class).to.equal('liveness');
    });
  }

  describe('beside programs that take the machine', () => {
    const loops: ChildProcess[] = [];

    before(() => {
      for (let n = 0; n < 2 * availableParallelism(); n++) {
        loops.push(spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
      }
    });

    after(async () => {
      const gone = loops.map((loop) => once(loop, 'exit'));
      for (const loop of loops) loop.kill('SIGKILL');
      await Promise.all(gone);
    });

    it('is spinning is not held to account: others were, too', async function () {
      // Of many processors, its few threads and the loops leave it enough.
      if (availableParallelism() > 4) this.skip();
      const record = await run('spinning', SOON_MS, runOnceAsTest);
      expect(record).to.include({ verdict: 'unknown', cause: 'disturbed' });
    });

    it('is right does not fail', async () => {
      const record = await run('lawful', 60_000, runOnceAsTest);
      expect(record.verdict, record.reason).to.not.equal('fail');
    });
  });
});
