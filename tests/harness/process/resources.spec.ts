/** What real programs hold, with all processes that they consist of. */

import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { machineTime } from '../../../harness/process/machine-load.js';
import { numberIn, resourcesOf, type ResourceUse } from '../../../harness/process/resources.js';
import { processTree } from '../../../harness/process/tree.js';
import { cpuMsOf } from '../../../harness/process/usage.js';
import { eventually } from '../../support/eventually.js';

const MIB = 1024 * 1024;

/** Opens files and starts threads, and takes memory and processor time, when it reads a line. */
const HUNGRY = `
  const { openSync } = require('node:fs');
  const { Worker } = require('node:worker_threads');
  const kept = [];
  process.stdout.write('ready\\n');
  process.stdin.once('data', () => {
    for (let n = 0; n < 50; n++) kept.push(openSync('/dev/null'));
    kept.push(Buffer.alloc(${64 * MIB}, 'x'));
    while (process.cpuUsage().user < 300_000);
    let online = 0;
    for (let n = 0; n < 3; n++) {
      const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
      worker.once('online', () => ++online === 3 && process.stdout.write('full\\n'));
    }
  });
`;

/** A program as a submission may start it: itself, or as the child of a shell that waits for it. */
const WAYS: [string, string, string[]][] = [
  ['a program', process.execPath, ['-e', HUNGRY]],
  ['the child of a shell', 'sh', ['-c', `'${process.execPath}' -e "$HUNGRY"; true`]],
];

describe('the resources of a program', () => {
  for (const [what, command, args] of WAYS) {
    it(`are descriptors, threads, memory and processor time of ${what}`, async () => {
      const program = spawn(command, args, {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: { ...process.env, HUNGRY },
        detached: true,
      });
      const { pid = 0 } = program;
      const tree = () => processTree(pid, 0);
      try {
        await once(program.stdout, 'data');
        const before = resourcesOf(tree());
        program.stdin.write('go\n');
        await once(program.stdout, 'data');
        const grown = (key: keyof ResourceUse) => resourcesOf(tree())[key] - before[key];
        expect(before.descriptors).to.be.above(2);
        expect(grown('descriptors')).to.be.within(50, 80);
        expect(grown('threads')).to.be.within(3, 20);
        expect(grown('memoryBytes')).to.be.within(60 * MIB, 200 * MIB);
        expect(grown('cpuMs')).to.be.within(50, 3000);
        expect(cpuMsOf(tree())).to.be.at.least(before.cpuMs);
      } finally {
        process.kill(-pid, 'SIGKILL');
        await once(program, 'exit');
      }
    });
  }

  it('are none when it is gone', async () => {
    const program = spawn('true');
    await once(program, 'exit');
    expect(resourcesOf([program.pid ?? 0])).to.deep.equal({
      descriptors: 0,
      threads: 0,
      memoryBytes: 0,
      cpuMs: 0,
    });
  });

  it('count the processor time of children that have ended', async () => {
    const busy = `'${process.execPath}' -e 'while (process.cpuUsage().user < 300_000);'`;
    const program = spawn('sh', ['-c', `${busy}; read line`], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    try {
      await eventually('the time of the child', () => resourcesOf([program.pid ?? 0]).cpuMs >= 290);
    } finally {
      program.kill('SIGKILL');
      await once(program, 'exit');
    }
  });

  it('are not those of other programs', () => {
    expect(processTree(process.pid, 0)).to.include(process.pid).and.not.include(1);
  });
});

describe('a field of /proc', () => {
  it('is not taken from the name of a process, which may hold a carriage return', () => {
    const status = 'Name:\tx\rThreads:\t1\nUmask:\t0022\nThreads:\t90\n';
    expect(numberIn(status, 'Threads')).to.equal(90);
    expect(numberIn(status, 'VmRSS')).to.equal(0);
  });
});

describe('the time of the machine', () => {
  it('is that of all processors, busy or not, and goes on', () => {
    const before = machineTime();
    expect(before.busyMs).to.be.above(0).and.below(before.allMs);
    for (const untilMs = performance.now() + 100; performance.now() < untilMs;);
    const after = machineTime();
    expect(after.busyMs - before.busyMs).to.be.at.least(50);
    expect(after.allMs - before.allMs).to.be.at.least(after.busyMs - before.busyMs);
  });
});
