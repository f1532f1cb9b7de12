/** What a callee sees of a caller that goes away. */

import { expect } from 'chai';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { machineTimers } from '../../../harness/ground/clock.js';
import { atOnce } from '../../../harness/ground/world-time.js';
import { converse } from '../../../harness/network/conversation.js';
import { jsonLines } from '../../../harness/network/framing/json-lines.js';
import { thisMachine } from '../../../harness/process/machine.js';
import { eventually } from '../../support/eventually.js';
import { useTemporaryDirectory } from '../../support/temporary.js';
import { Callee } from './callee.js';
import { request } from './wires.js';

const AT_ONCE = {
  fromCaller: atOnce,
  fromCallee: atOnce,
  after: machineTimers().after,
  dial: thisMachine.dial,
};

describe('a conversation whose caller goes away', () => {
  const place = useTemporaryDirectory();
  const relayPath = () => join(place(), 'relay');
  const calleePath = () => join(place(), 'callee');

  /** A caller that has sent a request, as the relay sees it. */
  const called = async (): Promise<{ accepted: Socket; end: () => void }> => {
    const relay = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    await new Promise<void>((resolve) => relay.listen(relayPath(), resolve));
    const caller = connect(relayPath());
    caller.write(request('echo'));
    const [accepted] = await once(relay, 'connection');
    return {
      accepted,
      end() {
        caller.destroy();
        relay.close();
      },
    };
  };
  const listener = { onAnswered() {}, onUnreadable() {} };

  it('before the callee is dialled makes no connection', async () => {
    const callee = new Callee(calleePath());
    const { accepted, end } = await called();
    const conversation = converse(accepted, jsonLines, AT_ONCE, listener);
    const asked = await conversation.nextRequest();
    if (asked === undefined) return expect.fail('no request');
    accepted.destroy();
    expect(await conversation.deliver(asked.bytes, calleePath(), 1)).to.equal(false);
    const later = connect(calleePath());
    await eventually('the guest after it', () => callee.guests > 0);
    expect(callee.guests).to.equal(1);
    later.destroy();
    end();
    await callee.close();
  });

  it('while the callee is dialled makes a connection with its request', async () => {
    const callee = new Callee(calleePath());
    const { accepted, end } = await called();
    const conversation = converse(accepted, jsonLines, AT_ONCE, listener);
    const asked = await conversation.nextRequest();
    if (asked === undefined) return expect.fail('no request');
    const delivery = conversation.deliver(asked.bytes, calleePath(), 1);
    accepted.destroy();
    expect(await delivery).to.equal(true);
    await eventually('the execution', () => callee.executed.length === 1);
    await eventually('the end of it', () => callee.openConnections === 0);
    end();
    await callee.close();
  });
});
