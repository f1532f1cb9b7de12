/** Every fault of the registry: that it takes effect, what its caller saw, what was executed, how it heals. */

import { expect } from 'chai';
import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { delayReply } from '../../../harness/faults/delay-reply.js';
import { delayRequest } from '../../../harness/faults/delay-request.js';
import { dropReply } from '../../../harness/faults/drop-reply.js';
import { dropRequest } from '../../../harness/faults/drop-request.js';
import { bothWays, oneWay, type Fault } from '../../../harness/faults/fault.js';
import { duplicateRequest } from '../../../harness/faults/duplicate-request.js';
import { hang } from '../../../harness/faults/hang.js';
import { holdAndRelease } from '../../../harness/faults/hold-and-release.js';
import { lateRequest } from '../../../harness/faults/late-request.js';
import { cut } from '../../../harness/faults/cut.js';
import { refuse } from '../../../harness/faults/refuse.js';
import { FAULTS } from '../../../harness/faults/registry.js';
import { misdirect } from '../../../harness/faults/misdirect.js';
import { resetMidCall } from '../../../harness/faults/reset-mid-call.js';
import { slow } from '../../../harness/faults/slow.js';
import { strikeMidCall, type StrikePosition } from '../../../harness/faults/strike-mid-call.js';
import { truncateReply } from '../../../harness/faults/truncate-reply.js';
import { truncateRequest } from '../../../harness/faults/truncate-request.js';
import { unreliable } from '../../../harness/faults/unreliable.js';
import { eventually } from '../../support/eventually.js';
import { request, useWires, type LoggedEffect } from '../network/wires.js';

/** Longer than any test: a delay that ends before it was ended by healing. */
const FOR_EVER_MS = 600_000;

const tested = new Set<string>();

/** A suite about one fault of the registry. */
function describeFault(name: string, suite: () => void): void {
  tested.add(name);
  describe(`the fault ${name}`, suite);
}

describe('faults', () => {
  const wires = useWires();
  const link = oneWay('a', 'b');
  const put = request('kv.update', { operation: 7 });

  beforeEach(() => wires().link('a', 'b'));

  const heals = async (installed: { heal(): void }) => {
    installed.heal();
    expect(await wires().call('a', 'b')).to.include({ how: 'answered' });
  };
  const effect = (fault: string, facts: Partial<LoggedEffect>): LoggedEffect => ({
    fault,
    from: 'a',
    to: 'b',
    call: 1,
    callerSaw: 'silence',
    delivered: false,
    ...facts,
  });
  const readable = { method: 'kv.update', operation: 7 };

  describeFault('drop-request', () => {
    it('resets the connection, and the callee hears nothing, until it is healed', async () => {
      const installed = wires().install(dropRequest(), link);
      const { how, received } = await wires().call('a', 'b', put);
      expect(how).to.be.oneOf(['ECONNRESET', 'EPIPE']);
      expect(received).to.equal('');
      expect(wires().callee('b').executed).to.deep.equal([]);
      expect(wires().log()).to.deep.equal([
        effect('drop-request', { callerSaw: 'reset or broken pipe' }),
      ]);
      await heals(installed);
    });

    it('breaks the pipe of a caller that writes after the close', async () => {
      wires().install(dropRequest(), link);
      const socket = await wires().dial('a', 'b');
      await eventually('the close', () => wires().log().length === 1);
      const error = new Promise<NodeJS.ErrnoException>((resolve) => socket.once('error', resolve));
      socket.write(put);
      expect((await error).code).to.equal('EPIPE');
    });

    it('says that the stream ended where it had to read the request to know its method', async () => {
      wires().install(dropRequest(), { links: link, method: 'kv.update' });
      expect(await wires().call('a', 'b', put)).to.deep.equal({ how: 'ended', received: '' });
      expect(wires().callee('b').executed).to.deep.equal([]);
      expect(wires().log()).to.deep.equal([
        effect('drop-request', { ...readable, callerSaw: 'end of stream before the reply' }),
      ]);
    });
  });

  describeFault('drop-reply', () => {
    it('ends the stream early, while the callee is still executing', async () => {
      const callee = wires().callee('b');
      callee.hold();
      const installed = wires().install(dropReply('early'), link);
      expect(await wires().call('a', 'b', put)).to.deep.equal({ how: 'ended', received: '' });
      await eventually('the execution', () => callee.executed.length === 1);
      expect(wires().log()).to.deep.equal([
        effect('drop-reply', {
          ...readable,
          callerSaw: 'end of stream before the reply',
          delivered: true,
        }),
      ]);
      expect(callee.openConnections, 'connections on which the callee may answer').to.equal(1);
      callee.release();
      await eventually('the answer to be thrown away', () => callee.openConnections === 0);
      await heals(installed);
    });

    it('ends the stream late, after the callee has answered', async () => {
      const callee = wires().callee('b');
      callee.hold();
      const installed = wires().install(dropReply('late'), link);
      const ending = wires().call('a', 'b', put);
      await eventually('the execution', () => callee.executed.length === 1);
      expect(wires().log(), 'before the answer').to.deep.equal([]);
      callee.release();
      expect(await ending).to.deep.equal({ how: 'ended', received: '' });
      expect(wires().log()).to.deep.equal([
        effect('drop-reply', {
          ...readable,
          callerSaw: 'end of stream before the reply',
          delivered: true,
        }),
      ]);
      await heals(installed);
    });
  });

  describeFault('delay-request', () => {
    it('holds the request back until it is healed', async () => {
      wires().link('a', 'c');
      const installed = wires().install(delayRequest(FOR_EVER_MS), link);
      const ending = wires().call('a', 'b', put);
      await eventually('the effect', () => installed.hits === 1);
      await wires().call('a', 'c');
      expect(wires().callee('b').executed).to.deep.equal([]);
      installed.heal();
      expect(await ending).to.include({ how: 'answered' });
      expect(wires().log()).to.deep.equal([
        effect('delay-request', { ...readable, callerSaw: 'a late reply', delivered: true }),
      ]);
      await heals(installed);
    });

    it('says in the log what came of a call that its caller has left', async () => {
      const installed = wires().install(delayRequest(FOR_EVER_MS), link);
      const socket = await wires().dial('a', 'b');
      socket.write(put);
      await eventually('the effect', () => installed.hits === 1);
      expect(wires().log()[0]).to.include({ callerSaw: 'silence', delivered: false });
      socket.destroy();
      installed.heal();
      const facts = { callerSaw: 'nothing: it had hung up', delivered: true } as const;
      await eventually('its end', () => wires().log()[0]?.callerSaw === facts.callerSaw);
      expect(wires().log()).to.deep.equal([effect('delay-request', { ...readable, ...facts })]);
    });

    it('ends by itself', async () => {
      wires().install(delayRequest(20), link);
      expect(await wires().call('a', 'b', put)).to.include({ how: 'answered' });
    });
  });

  describeFault('delay-reply', () => {
    it('holds the reply back, after the execution, until it is healed', async () => {
      const installed = wires().install(delayReply(FOR_EVER_MS), link);
      let ended = false;
      const ending = wires()
        .call('a', 'b', put)
        .finally(() => (ended = true));
      await eventually('the effect', () => installed.hits === 1);
      expect(wires().callee('b').executed).to.deep.equal(['kv.update']);
      expect(ended).to.equal(false);
      expect(wires().log()).to.deep.equal([
        effect('delay-reply', { ...readable, callerSaw: 'silence', delivered: true }),
      ]);
      installed.heal();
      expect(await ending).to.include({ how: 'answered' });
      await heals(installed);
    });
  });

  describeFault('hang', () => {
    it('is silent until it is healed, and then the connection closes', async () => {
      wires().link('a', 'c');
      const installed = wires().install(hang(), link);
      let ended = false;
      const ending = wires()
        .call('a', 'b', put)
        .finally(() => (ended = true));
      await eventually('the effect', () => installed.hits === 1);
      await wires().call('a', 'c');
      expect(ended).to.equal(false);
      expect(wires().callee('b').executed).to.deep.equal([]);
      expect(wires().log()).to.deep.equal([effect('hang', { callerSaw: 'silence' })]);
      installed.heal();
      expect(await ending).to.include({ how: 'ECONNRESET', received: '' });
      await heals(installed);
    });
  });

  describeFault('truncate-reply', () => {
    it('ends the stream inside the reply', async () => {
      const installed = wires().install(truncateReply(), link);
      const { how, received } = await wires().call('a', 'b', put);
      const whole = '{"jsonrpc":"2.0","id":1,"result":{"operation":7}}\n';
      expect(how).to.equal('ended');
      expect(received).to.equal(whole.slice(0, whole.length / 2));
      expect(wires().log()).to.deep.equal([
        effect('truncate-reply', {
          ...readable,
          callerSaw: 'end of stream inside the reply',
          delivered: true,
        }),
      ]);
      await heals(installed);
    });
  });

  describeFault('truncate-request', () => {
    it('gives the callee the first part of the request, and both the end', async () => {
      const callee = wires().callee('b');
      const installed = wires().install(truncateRequest(), link);
      expect(await wires().call('a', 'b', put)).to.deep.equal({ how: 'ended', received: '' });
      await eventually('the end', () => callee.ends === 1 && callee.openConnections === 0);
      expect(callee.receivedBytes).to.equal(Math.floor(put.length / 2));
      expect(callee.executed).to.deep.equal([]);
      expect(wires().log()).to.deep.equal([
        effect('truncate-request', { ...readable, callerSaw: 'end of stream before the reply' }),
      ]);
      await heals(installed);
    });
  });

  describeFault('late-request', () => {
    it('ends the stream at once, and delivers the request when it is healed', async () => {
      const { executed } = wires().callee('b');
      const installed = wires().install(lateRequest(FOR_EVER_MS), { links: link, kth: 1 });
      expect(await wires().call('a', 'b', put)).to.deep.equal({ how: 'ended', received: '' });
      expect(await wires().call('a', 'b', request('retry'))).to.include({ how: 'answered' });
      expect(executed).to.deep.equal(['retry']);
      expect(wires().log(), 'before the request has arrived').to.deep.equal([]);
      installed.heal();
      await eventually('the arrival', () => installed.hits === 1);
      expect(executed).to.deep.equal(['retry', 'kv.update']);
      expect(wires().log()).to.deep.equal([
        effect('late-request', {
          ...readable,
          callerSaw: 'end of stream before the reply',
          delivered: true,
        }),
      ]);
      await heals(installed);
    });

    it('delivers by itself after its time', async () => {
      const installed = wires().install(lateRequest(20), link);
      await wires().call('a', 'b', put);
      await eventually('the arrival', () => installed.hits === 1);
      expect(wires().callee('b').executed).to.deep.equal(['kv.update']);
    });
  });

  describeFault('duplicate-request', () => {
    it('delivers the request now, and once more when it is healed', async () => {
      const callee = wires().callee('b');
      const installed = wires().install(duplicateRequest(FOR_EVER_MS), { links: link, kth: 1 });
      const { how, received } = await wires().call('a', 'b', put);
      expect(how).to.equal('answered');
      expect(received).to.contain('"operation":7');
      expect(await wires().call('a', 'b', request('newer'))).to.include({ how: 'answered' });
      expect(callee.executed).to.deep.equal(['kv.update', 'newer']);
      installed.heal();
      await eventually('the copy', () => installed.hits === 1);
      expect(callee.executed).to.deep.equal(['kv.update', 'newer', 'kv.update']);
      expect(wires().log()).to.deep.equal([
        effect('duplicate-request', { ...readable, callerSaw: 'the reply', delivered: true }),
      ]);
      await eventually('the end of its connection', () => callee.openConnections === 0);
      await heals(installed);
    });

    it('lets the next call on the same connection go on before the copy', async () => {
      const { executed } = wires().callee('b');
      const installed = wires().install(duplicateRequest(FOR_EVER_MS), { links: link, kth: 1 });
      const socket = await wires().dial('a', 'b');
      socket.write(put);
      await eventually('the first execution', () => executed.length === 1);
      socket.write(request('next'));
      await eventually('the next execution', () => executed.length === 2);
      installed.heal();
      await eventually('the copy', () => installed.hits === 1);
      expect(executed).to.deep.equal(['kv.update', 'next', 'kv.update']);
    });
  });

  describeFault('hold-and-release', () => {
    const named = (name: string) => wires().call('a', 'b', request(name));

    it('delivers a full batch in the reverse order, one after the other', async () => {
      const { executed } = wires().callee('b');
      const fault = holdAndRelease({ batch: 3, maxHeldMs: FOR_EVER_MS });
      const installed = wires().install(fault, link);
      const endings = [];
      for (const name of ['first', 'second', 'third']) {
        expect(executed).to.deep.equal([]);
        endings.push(named(name));
        await eventually('the effect', () => installed.hits === endings.length);
      }
      for (const { how } of await Promise.all(endings)) expect(how).to.equal('answered');
      expect(executed).to.deep.equal(['third', 'second', 'first']);
      expect(wires().log()[0]).to.deep.equal(
        effect('hold-and-release', {
          method: 'first',
          callerSaw: 'a late reply',
          delivered: true,
        }),
      );
      const alone = named('alone');
      await eventually('the effect', () => installed.hits === 4);
      installed.heal();
      expect(await alone).to.include({ how: 'answered' });
      await heals(installed);
    });

    it('lets calls go after a time that never fill a batch, because one waits for another', async () => {
      wires().install(holdAndRelease({ batch: 2, maxHeldMs: 20 }), link);
      expect(await named('first')).to.include({ how: 'answered' });
      expect(await named('second')).to.include({ how: 'answered' });
    });

    it('does not wait for ever for the answer of the call that it has let go first', async () => {
      const callee = wires().callee('b');
      callee.hold();
      wires().install(holdAndRelease({ batch: 2, maxHeldMs: FOR_EVER_MS }), link);
      const endings = [named('first'), named('second')];
      await eventually('both executions', () => callee.executed.length === 2);
      callee.release();
      for (const { how } of await Promise.all(endings)) expect(how).to.equal('answered');
    });

    it('fills a batch with the calls of one link only', async () => {
      wires().link('c', 'b');
      const { executed } = wires().callee('b');
      const fault = holdAndRelease({ batch: 2, maxHeldMs: FOR_EVER_MS });
      const installed = wires().install(fault, () => true);
      const endings = [named('first'), wires().call('c', 'b', request('other'))];
      await eventually('two effects', () => installed.hits === 2);
      endings.push(named('second'));
      await eventually('two executions', () => executed.length === 2);
      expect(executed).to.deep.equal(['second', 'first']);
      installed.heal();
      for (const { how } of await Promise.all(endings)) expect(how).to.equal('answered');
    });
  });

  describeFault('slow', () => {
    it('delivers piece by piece, and the rest at once when it is healed', async () => {
      const callee = wires().callee('b');
      const text = request('long', { text: 'x'.repeat(10_000) });
      const installed = wires().install(slow(1000), link);
      const ending = wires().call('a', 'b', text);
      await eventually('some pieces', () => callee.receivedBytes >= 60);
      expect(callee.receivedBytes).to.be.below(text.length);
      expect(callee.executed).to.deep.equal([]);
      installed.heal();
      expect(await ending).to.include({ how: 'answered' });
      expect(callee.receivedBytes).to.equal(text.length);
      expect(wires().log()).to.deep.equal([
        effect('slow', { method: 'long', callerSaw: 'a late reply', delivered: true }),
      ]);
      await heals(installed);
    });

    it('takes as long as its rate says', async () => {
      const text = request('long', { text: 'x'.repeat(3000) });
      wires().install(slow(10_000), link);
      const startedMs = performance.now();
      expect(await wires().call('a', 'b', text)).to.include({ how: 'answered' });
      expect(performance.now() - startedMs).to.be.at.least(250);
    });
  });

  describeFault('reset-mid-call', () => {
    it('resets the connection after the request was written', async () => {
      const installed = wires().install(resetMidCall(), link);
      expect(await wires().call('a', 'b', put)).to.include({ how: 'ECONNRESET' });
      expect(wires().callee('b').executed).to.deep.equal([]);
      expect(wires().log()).to.deep.equal([
        effect('reset-mid-call', { callerSaw: 'reset or broken pipe' }),
      ]);
      await heals(installed);
    });
  });

  const linkIsDown = async (fault: Fault, name: string) => {
    const installed = wires().install(fault, link);
    expect(existsSync(wires().relayPath('a', 'b'))).to.equal(false);
    expect(await wires().call('a', 'b', put)).to.deep.equal({ how: 'ENOENT', received: '' });
    expect(installed.hits).to.equal(1);
    const whole: LoggedEffect = effect(name, { callerSaw: 'refused', met: true });
    delete whole.call;
    expect(wires().log()).to.deep.equal([whole]);
    return installed;
  };
  describeFault('refuse', () => {
    it('leaves nothing to dial until it is healed', async () => {
      await heals(await linkIsDown(refuse(), 'refuse'));
    });

    it('lets a call under way finish', async () => {
      const callee = wires().callee('b');
      callee.hold();
      const ending = wires().call('a', 'b', put);
      await eventually('the execution', () => callee.executed.length === 1);
      wires().install(refuse(), link);
      callee.release();
      expect(await ending).to.include({ how: 'answered' });
    });

    it('stays until the last of two installations is healed', async () => {
      const [first, second] = [wires().install(refuse(), link), wires().install(cut(), link)];
      first.heal();
      expect(await wires().call('a', 'b')).to.include({ how: 'ENOENT' });
      await heals(second);
    });

    it('also takes a link that comes to be later', async () => {
      const installed = wires().install(refuse(), oneWay('a', 'late'));
      wires().link('a', 'late');
      expect(await wires().call('a', 'late')).to.include({ how: 'ENOENT' });
      installed.heal();
      expect(await wires().call('a', 'late')).to.include({ how: 'answered' });
    });
  });

  describeFault('cut', () => {
    it('leaves nothing to dial until it is healed', async () => {
      await heals(await linkIsDown(cut(), 'cut'));
    });

    it('severs a call under way, which the callee goes on executing', async () => {
      const callee = wires().callee('b');
      callee.hold();
      const ending = wires().call('a', 'b', put);
      await eventually('the execution', () => callee.executed.length === 1);
      wires().install(cut(), link);
      expect(await ending).to.include({ how: 'ended', received: '' });
      await eventually('the end of the connection', () => callee.ends === 1);
    });

    it('is met by the call that it severs, and has a time at which it ended', async () => {
      const callee = wires().callee('b');
      callee.hold();
      const ending = wires().call('a', 'b', put);
      await eventually('the execution', () => callee.executed.length === 1);
      wires().install(cut(), link).heal();
      await ending;
      expect(wires().events()).to.have.lengthOf(1);
      expect(wires().events()[0]).to.include({ met: true }).and.to.have.property('untilMs');
    });

    it('is met by nobody where nobody calls', async () => {
      const installed = wires().install(cut(), link);
      readdirSync(dirname(wires().relayPath('a', 'b')), { withFileTypes: true });
      installed.heal();
      expect(installed.hits).to.equal(0);
      expect(wires().events()[0]).not.to.have.property('met');
      await heals(installed);
      expect(installed.hits, 'after it was healed').to.equal(0);
    });

    it('is not met by a call that comes after it, while another cut is there', async () => {
      const first = wires().install(cut(), link);
      first.heal();
      const second = wires().install(cut(), link);
      await wires().call('a', 'b');
      expect([first.hits, second.hits]).to.deep.equal([0, 1]);
      await heals(second);
    });

    it('is met by the call that comes while two cuts are there, in the log of both', async () => {
      const first = wires().install(cut(), link);
      await wires().call('a', 'b');
      const second = wires().install(cut(), link);
      expect([first.hits, second.hits]).to.deep.equal([1, 0]);
      await wires().call('a', 'b');
      first.heal();
      expect([first.hits, second.hits]).to.deep.equal([1, 1]);
      await heals(second);
    });

    it('goes one way, or both', async () => {
      wires().link('b', 'a');
      const there = wires().install(cut(), oneWay('a', 'b'));
      expect(await wires().call('b', 'a'), 'the way back').to.include({ how: 'answered' });
      there.heal();
      const both = wires().install(cut(), bothWays('a', 'b'));
      expect(both.hits, 'before anybody has dialled').to.equal(0);
      for (const [from, to] of [
        ['a', 'b'],
        ['b', 'a'],
      ] as const) {
        expect(await wires().call(from, to)).to.include({ how: 'ENOENT' });
      }
      expect(both.hits).to.equal(2);
      both.heal();
      expect(await wires().call('b', 'a')).to.include({ how: 'answered' });
      await heals(both);
    });
  });

  describeFault('strike-mid-call', () => {
    const strikeAt = (position: StrikePosition) => {
      const strikes: string[] = [];
      const strike = (kind: string) => () => {
        const executed = wires().callee('b').executed.length;
        strikes.push(`${kind} after ${executed} executions`);
      };
      const fault = strikeMidCall(position, { freeze: strike('freeze'), kill: strike('kill') });
      const installed = wires().install(fault, { links: link, kth: 1 });
      return { strikes, installed };
    };
    const expectations: Record<
      Exclude<StrikePosition, 'frozen'>,
      { how: string; strikes: string[]; effect: Partial<LoggedEffect> }
    > = {
      unread: {
        how: 'ECONNRESET',
        strikes: ['kill after 0 executions'],
        effect: { callerSaw: 'reset or broken pipe' },
      },
      'before-execution': {
        how: 'ended',
        strikes: ['freeze after 0 executions', 'kill after 0 executions'],
        effect: { ...readable, callerSaw: 'end of stream before the reply', delivered: true },
      },
      'after-execution': {
        how: 'ended',
        strikes: ['kill after 1 executions'],
        effect: { ...readable, callerSaw: 'end of stream before the reply', delivered: true },
      },
      'inside-reply': {
        how: 'ended',
        strikes: ['kill after 1 executions'],
        effect: { ...readable, callerSaw: 'end of stream inside the reply', delivered: true },
      },
    };
    for (const position of [
      'unread',
      'before-execution',
      'after-execution',
      'inside-reply',
    ] as const) {
      it(`strikes at ${position}, once, and the next call goes through`, async () => {
        const expected = expectations[position];
        const { strikes, installed } = strikeAt(position);
        const { how, received } = await wires().call('a', 'b', put);
        expect(how).to.equal(expected.how);
        expect(received !== '', 'something received').to.equal(position === 'inside-reply');
        expect(strikes).to.deep.equal(expected.strikes);
        expect(wires().log()).to.deep.equal([effect('strike-mid-call', expected.effect)]);
        await heals(installed);
      });
    }

    it('freezes the callee before it can read, and is silent until it is healed', async () => {
      const { strikes, installed } = strikeAt('frozen');
      const ending = wires().call('a', 'b', put);
      await eventually('the effect', () => installed.hits === 1);
      expect(strikes).to.deep.equal(['freeze after 0 executions']);
      expect(wires().log()).to.deep.equal([
        effect('strike-mid-call', { ...readable, callerSaw: 'silence', delivered: true }),
      ]);
      installed.heal();
      expect(await ending).to.deep.equal({ how: 'ended', received: '' });
      await heals(installed);
    });
  });

  describeFault('misdirect', () => {
    const reached = { ...readable, callerSaw: 'the reply', delivered: true, reached: 'c' } as const;

    it('delivers the call to another callee, and its answer to the caller', async () => {
      wires().link('x', 'c');
      const installed = wires().install(misdirect('c'), link);
      expect(await wires().call('a', 'b', put)).to.include({ how: 'answered' });
      expect(wires().callee('b').executed).to.deep.equal([]);
      expect(wires().callee('c').executed).to.deep.equal(['kv.update']);
      expect(wires().log()).to.deep.equal([effect('misdirect', reached)]);
      await heals(installed);
      expect(wires().callee('b').executed).to.deep.equal(['echo']);
    });

    it('takes a connection that is kept open there and, once it is healed, back', async () => {
      wires().link('x', 'c');
      const socket = await wires().dial('a', 'b');
      let answers = 0;
      socket.on('data', () => answers++);
      const callAgain = async (text: string) => {
        const before = answers;
        socket.write(text);
        await eventually('the answer', () => answers > before);
      };
      await callAgain(request('first'));
      const installed = wires().install(misdirect('c'), link);
      await callAgain(request('astray'));
      installed.heal();
      await callAgain(request('last'));
      expect(wires().callee('b').executed).to.deep.equal(['first', 'last']);
      expect(wires().callee('c').executed).to.deep.equal(['astray']);
      expect(socket.readableEnded, 'whether the caller was told of an end').to.equal(false);
    });

    it('ends a call that the other callee does not answer once it is healed', async () => {
      wires().link('x', 'c');
      wires().callee('c').hold();
      const installed = wires().install(misdirect('c'), link);
      const ending = wires().call('a', 'b', put);
      await eventually('the execution', () => wires().callee('c').executed.length === 1);
      installed.heal();
      expect(await ending).to.deep.equal({ how: 'ended', received: '' });
      const ended = { ...reached, callerSaw: 'end of stream before the reply' } as const;
      expect(wires().log()).to.deep.equal([effect('misdirect', ended)]);
    });

    it('ends a call that the other callee is not there to take', async () => {
      wires().link('x', 'c');
      await wires().callee('c').close();
      wires().install(misdirect('c'), link);
      expect(await wires().call('a', 'b', put)).to.deep.equal({ how: 'ended', received: '' });
      expect(wires().log()[0]).to.include({ delivered: false, reached: 'c' });
    });
  });

  describeFault('unreliable', () => {
    it('loses about a tenth of the requests and a fifth of the other replies', async () => {
      const installed = wires().install(unreliable(), link);
      const calls = 400;
      const ends: string[] = [];
      for (let n = 0; n < calls; n++) ends.push((await wires().call('a', 'b')).how);
      const log = wires().log();
      expect(log.length).to.equal(installed.hits);
      expect(ends.filter((how) => how === 'answered').length).to.equal(calls - log.length);
      const requests = log.filter(({ fault }) => fault === 'drop-request');
      const replies = log.filter(({ fault }) => fault === 'drop-reply');
      // The draws are seeded; the bounds are wide enough for another seed.
      expect(requests.length / calls).to.be.within(0.05, 0.16);
      expect(replies.length / calls).to.be.within(0.11, 0.26);
      expect(replies.every(({ delivered }) => delivered)).to.equal(true);
      const { executed } = wires().callee('b');
      await eventually('the executions', () => executed.length === calls - requests.length);
      await heals(installed);
    });
  });

  it('are all tested here', () => {
    expect([...tested].toSorted()).to.deep.equal(FAULTS.map(({ name }) => name).toSorted());
  });
});
