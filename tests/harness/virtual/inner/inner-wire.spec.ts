/** Connections without a socket: each rule is one that Unix sockets keep, too. */

import { expect } from 'chai';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { InnerWire, THE_KIT } from '../../../../harness/virtual/inner/inner-wire.js';

describe('an inner connection', () => {
  let near: InnerWire;
  let far: InnerWire;
  let seen: string[];

  const listen = (wire: InnerWire) => {
    wire.on('data', (piece: Buffer) => seen.push(`data ${piece.toString()}`));
    for (const event of ['end', 'close']) wire.on(event, () => seen.push(event));
    wire.on('error', ({ code }: NodeJS.ErrnoException) => seen.push(`error ${code}`));
  };
  const rest = async () => {
    for (let turn = 0; turn < 4; turn++) await nextTurn();
  };

  beforeEach(() => {
    seen = [];
    near = new InnerWire(THE_KIT, true);
    far = new InnerWire(THE_KIT, true);
    near.join(far);
  });

  it('brings what was sent, and then its end, also when its sender is gone', async () => {
    near.write('a');
    near.end('b');
    near.destroySoon();
    listen(far);
    await rest();
    expect(seen).to.deep.equal(['data ab', 'end']);
  });

  it('stays open in one direction when the other has ended', async () => {
    listen(near);
    far.resume();
    near.end();
    await rest();
    far.write('late');
    far.end();
    await rest();
    expect(seen).to.deep.equal(['data late', 'end', 'close']);
  });

  it('is reset when it is closed with something unread in it', async () => {
    listen(near);
    near.write('unread');
    far.destroy();
    await rest();
    expect(seen).to.deep.equal(['error ECONNRESET', 'close']);
  });

  it('brings what was sent before a reset', async () => {
    far.write('sent');
    near.write('unread');
    far.destroy();
    listen(near);
    await rest();
    expect(seen).to.deep.equal(['data sent', 'error ECONNRESET', 'close']);
  });

  it('refuses what is sent to an end that was closed', async () => {
    far.destroy();
    listen(near);
    await rest();
    near.write('too late');
    await rest();
    expect(seen).to.deep.equal(['end', 'error EPIPE', 'close']);
  });

  it('lets a sender wait while too much is unread', async () => {
    let isSent = false;
    near.write(Buffer.alloc(300_000), () => (isSent = true));
    await rest();
    expect([isSent, near.isSending]).to.deep.equal([false, true]);
    far.resume();
    await rest();
    expect([isSent, near.isSending, far.bytesRead]).to.deep.equal([true, false, 300_000]);
  });

  it('loses what there was no room for when its sender is killed', async () => {
    near.write(Buffer.alloc(5_000_000));
    near.on('error', () => {});
    near.destroy();
    listen(far);
    let bytes = 0;
    far.on('data', (piece: Buffer) => (bytes += piece.length));
    await rest();
    expect(bytes).to.be.within(1, 300_000);
    expect(seen.at(-1)).to.equal('end');
  });

  it('tells a sender that waits when the other end is closed', async () => {
    const told: unknown[] = [];
    near.on('error', () => {});
    near.write(Buffer.alloc(300_000), (error) => told.push(error?.message));
    await rest();
    far.destroy();
    await rest();
    expect(told).to.deep.equal(['write EPIPE']);
  });
});
