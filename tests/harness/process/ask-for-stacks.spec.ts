/** How programs are asked what they are doing, and that they are asked only if they can answer. */

import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import { PYTHON_STACKS, signalFor } from '../../../harness/process/ask-for-stacks.js';
import { captureOutput } from '../../../harness/process/captured-output.js';
import { startProgram } from '../../../harness/process/spawn.js';
import { eventually } from '../../support/eventually.js';
import { useSession } from '../../support/session.js';

describe('a program that is asked for its stacks', () => {
  const session = useSession();
  const start = (script: string, command = 'python3', option = '-c') =>
    startProgram({
      argv: [command, option, script],
      directory: session().directory,
      mark: `${session().mark}asked/`,
      environment: PYTHON_STACKS,
      conversation: false,
      onFlood: () => expect.fail('no flood'),
    });

  it('in Python prints them, and they are not its output', async () => {
    const program = start('import time\nprint("ready", flush=True)\ntime.sleep(60)');
    await eventually('ready', () => program.output.text() === 'ready\n');
    const stacks = await program.prepareStacks()(5000);
    await program.kill();
    expect(stacks).to.match(
      /Current thread 0x\w+ \(most recent call first\):\n {2}File "<string>", line 3/,
    );
    expect(program.output.text()).to.equal('ready\n');
  });

  it('that cannot answer is left alone', async () => {
    const program = start('setTimeout(() => {}, 60_000); console.log("ready")', 'node', '-e');
    await eventually('ready', () => program.output.text() === 'ready\n');
    expect(await program.prepareStacks()(5000)).to.equal(undefined);
    expect(await Promise.race([program.exited, Promise.resolve('alive')])).to.equal('alive');
    await program.kill();
  });

  it('gets the signal that it catches', () => {
    const status = (mask: string) => `SigIgn:\t0000000000000000\nSigCgt:\t${mask}\nCapInh:\t0\n`;
    expect(signalFor(status('fffffffd7fc1fefd'))).to.equal('SIGQUIT');
    expect(signalFor(status('00000001000004e8'))).to.equal('SIGABRT');
    expect(signalFor(status('0000000180004a02'))).to.equal(undefined);
    expect(signalFor('')).to.equal(undefined);
  });

  it('may print without end: a bounded part is kept, and it is no flood', () => {
    const out = new PassThrough();
    const output = captureOutput([out], { onFlood: () => expect.fail('no flood') });
    out.emit('data', Buffer.from('before'));
    const printed = output.divert();
    for (let n = 0; n < 40; n++) out.emit('data', Buffer.alloc(1024 * 1024, 'x'));
    expect(printed.bytes).to.equal(40 * 1024 * 1024);
    expect(printed.text().length).to.equal(1024 * 1024);
    expect(output.text()).to.equal('before');
  });
});
