/** What is kept of what a process prints. */

import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import {
  captureOutput,
  FLOOD_BYTES,
  KEPT_BYTES,
} from '../../../harness/process/captured-output.js';
import { startProgram } from '../../../harness/process/spawn.js';
import { eventually } from '../../support/eventually.js';
import { useSession } from '../../support/session.js';

describe('captured output', () => {
  const session = useSession();

  it('keeps the beginning and the end of a flood, and reports it once', async () => {
    let floods = 0;
    const bytes = FLOOD_BYTES + 8 * 1024 * 1024;
    const program = startProgram({
      argv: ['sh', '-c', `echo first; head -c ${bytes} /dev/zero | tr '\\0' x; echo last >&2`],
      directory: session().directory,
      mark: `${session().mark}flood/`,
      environment: {},
      conversation: false,
      onFlood: () => floods++,
    });
    const total = bytes + 'first\nlast\n'.length;
    await eventually('all of it', () => program.output.totalBytes === total);
    await program.kill();
    const text = program.output.text();
    expect(floods).to.equal(1);
    expect(text.startsWith('first\nxxx')).to.equal(true);
    expect(text.length).to.be.below(3 * KEPT_BYTES);
    expect(text).to.match(/\n\[\.\.\. \d+ bytes left out \.\.\.\]\n/);
    const leftOut = Number(/\[\.\.\. (\d+) bytes/.exec(text)?.[1]);
    expect(leftOut).to.equal(total - 2 * KEPT_BYTES);
  });

  it('keeps all of what is short, from both streams', () => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const output = captureOutput([out, err], { onFlood: () => expect.fail('no flood') });
    out.emit('data', Buffer.from('one '));
    err.emit('data', Buffer.from('two '));
    out.emit('data', Buffer.from('three'));
    expect(output.text()).to.equal('one two three');
    expect(output.totalBytes).to.equal(13);
  });

  it('keeps the very last words', () => {
    const stream = new PassThrough();
    const output = captureOutput([stream], { onFlood() {} });
    for (let n = 0; n < 400; n++) stream.emit('data', Buffer.from(`${n} `.padStart(1000)));
    expect(output.text().endsWith(' 399 ')).to.equal(true);
    expect(output.text().startsWith(' '.repeat(998) + '0 ')).to.equal(true);
  });

  it('remembers when each part has come', () => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    let now = 0;
    const output = captureOutput([out, err], { onFlood() {}, now: () => now });
    const print = (stream: PassThrough, text: string, atMs: number) => {
      now = atMs;
      stream.emit('data', Buffer.from(text));
    };
    print(out, 'one ', 10);
    print(err, 'two ', 20);
    print(out, 'at once', 20.5);
    expect(output.arrivals()).to.deep.equal([
      [0, 10],
      [4, 20],
    ]);
  });

  it('remembers so of the beginning and the end of what is long, and no more than it should', () => {
    const stream = new PassThrough();
    let now = 0;
    const output = captureOutput([stream], { onFlood() {}, now: () => now });
    for (let n = 0; n < 20_000; n++) {
      now = 10 * n;
      stream.emit('data', Buffer.from(`${String(n).padStart(9)}\n`));
    }
    const text = output.text();
    const arrivals = output.arrivals();
    expect(arrivals.length).to.be.within(1000, 3000);
    for (const [position, atMs] of arrivals) {
      expect(text.slice(position, position + 10)).to.equal(`${String(atMs / 10).padStart(9)}\n`);
    }
    expect(arrivals.at(-1)?.[1]).to.equal(10 * 19_999);
  });
});
