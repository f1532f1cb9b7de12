/** What is seen of a program that takes more than it may. */

import { expect } from 'chai';
import type { Cluster } from '../../../harness/cluster/cluster.js';
import { eventually } from '../../support/eventually.js';
import { findIsolation } from '../../../harness/box/probe.js';
import { limitsResources } from '../../../harness/box/isolation.js';
import { PYTHON, useBox } from '../../support/boxes.js';
import { runOnceAsTest, scenario, submission } from '../../support/runs.js';
import { useSession } from '../../support/session.js';

const MIB = 1024 ** 2;

/** Each with what its server takes, and what staff are told. */
const TAKEN = [
  ['memory', 'memory-limit'],
  ['processes', 'process-limit'],
  ['files', 'directory-limit'],
  ['space', 'directory-limit'],
] as const;

/** Waits until a server has almost all threads that it may have, and a little longer. */
async function manyThreads(cluster: Cluster): Promise<void> {
  await eventually('many threads', () => cluster.resources('pb1').threads > 1000);
  const isWell = () => false;
  await cluster.waitForView('more', isWell, 1000).catch(() => {});
}

describe('a run with a server that takes more than it may', function () {
  const session = useSession();

  before(async function () {
    const isolation = await findIsolation();
    if (isolation.level === 'full' && limitsResources(isolation)) return;
    if (this.test?.parent) this.test.parent.title += ' (skipped: nothing is limited here)';
    this.skip();
  });

  for (const [what, incident] of TAKEN) {
    it(`tells of ${what}`, async () => {
      const greedy = submission('hostile', { server: `${PYTHON} greedy.py ${what} {self}` });
      const waiting = scenario(
        async ({ cluster }) => {
          await cluster.startView();
          await cluster.startServer('pb1');
          // The others end with the server. Without further threads this one lives on.
          if (what === 'processes') await manyThreads(cluster);
          else await cluster.waitForView('a primary', ({ primary }) => primary !== '', 40_000);
        },
        { deadlineMs: 50_000 },
      );
      const {
        incidents = [],
        reason,
        verdict,
      } = await runOnceAsTest({ submission: greedy, scenario: waiting }, session());
      expect(incidents.map(({ kind, process }) => [kind, process])).to.deep.equal([
        [incident, 'pb1'],
      ]);
      if (what === 'memory' && verdict === 'fail') {
        expect(reason).to.match(/^pb1 was killed because it used all the memory .* \(2 GiB\)/);
      }
    });
  }
});

describe('a program in a box with small limits', function () {
  const box = useBox();

  it('has as much in /tmp and /dev/shm as it may, and no more', async () => {
    const script =
      'for each in /tmp /dev/shm; do head -c 3M /dev/zero > $each/a && echo $each; done';
    const small = { temporaryBytes: 4 * MIB, sharedMemoryBytes: 2 * MIB };
    const { text } = await box.run(['sh', '-c', `(${script}) 2> /dev/null`], { allowance: small });
    expect(text).to.equal('/tmp\n');
  });

  it('is ended by the kernel without memory, which is seen', async function () {
    if (!limitsResources(box.isolation())) return this.skip();
    const program = box.start([PYTHON, '-c', 'b"x" * (128 << 20)'], {
      allowance: { memoryBytes: 64 * MIB },
    });
    expect(await program.exited).to.deep.equal({ kind: 'signal', signal: 'SIGKILL' });
    expect(program.limitsMet()).to.deep.equal(['memory']);
  });

  it('cannot start more processes than it may, which is seen', async function () {
    if (!limitsResources(box.isolation())) return this.skip();
    const script = 'for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 1000 & done; exit 5';
    const program = box.start(['sh', '-c', script], { allowance: { processes: 8 } });
    await program.exited;
    expect(program.limitsMet()).to.deep.equal(['pids']);
  });

  it('cannot write a larger file than it may', async () => {
    const script = 'ulimit -c; head -c 3M /dev/zero > file; echo $?';
    const { text } = await box.run(['sh', '-c', script], { allowance: { fileBytes: MIB } });
    // What the shell says of it may come before or after the code.
    expect(text).to.match(/^0\n[^]*?(?<=\n)(?:153|1)\n/);
  });
});
