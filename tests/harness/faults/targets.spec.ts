/** Which calls of which links a fault hits. */

import { expect } from 'chai';
import { dropReply } from '../../../harness/faults/drop-reply.js';
import { dropRequest } from '../../../harness/faults/drop-request.js';
import { oneWay, towards, type Target } from '../../../harness/faults/fault.js';
import { refuse } from '../../../harness/faults/refuse.js';
import { randomFrom } from '../../../harness/ground/seed.js';
import { request, useWires } from '../network/wires.js';

/** What a caller may see of a connection that was closed unread. */
const RESET = ['ECONNRESET', 'EPIPE'];

describe('the target of a fault', () => {
  const wires = useWires();
  const links = oneWay('a', 'b');

  beforeEach(() => wires().link('a', 'b'));

  /** Makes these calls one after the other, and tells which of them, from 1, were not answered. */
  const lostOf = async (target: Target, requests: readonly string[]): Promise<number[]> => {
    const installed = wires().install(dropReply('late'), target);
    const lost: number[] = [];
    for (const [index, text] of requests.entries()) {
      if ((await wires().call('a', 'b', text)).how !== 'answered') lost.push(index + 1);
    }
    expect(installed.hits).to.equal(lost.length);
    expect(
      wires()
        .log()
        .map(({ call }) => call),
    ).to.deep.equal(lost);
    installed.heal();
    return lost;
  };
  const times = (count: number, text = request('echo')) =>
    Array.from({ length: count }, () => text);

  it('hits every call of its links, and none of others', async () => {
    wires().link('a', 'c');
    wires().link('c', 'b');
    wires().install(dropRequest(), links);
    expect(await wires().call('a', 'c')).to.include({ how: 'answered' });
    expect(await wires().call('c', 'b')).to.include({ how: 'answered' });
    expect((await wires().call('a', 'b')).how).to.be.oneOf(RESET);
  });

  it('hits all links towards a name', async () => {
    wires().link('c', 'b');
    wires().link('b', 'a');
    wires().install(refuse(), towards('b'));
    expect(await wires().call('a', 'b')).to.include({ how: 'ENOENT' });
    expect(await wires().call('c', 'b')).to.include({ how: 'ENOENT' });
    expect(await wires().call('b', 'a')).to.include({ how: 'answered' });
  });

  it('hits only the k-th call after the installation', async () => {
    expect(await lostOf({ links, kth: 3 }, times(5))).to.deep.equal([3]);
  });

  it('counts from its own installation', async () => {
    await wires().call('a', 'b');
    const installed = wires().install(dropReply('late'), { links, kth: 1 });
    expect(await wires().call('a', 'b')).to.include({ how: 'ended' });
    expect(await wires().call('a', 'b')).to.include({ how: 'answered' });
    expect(installed.hits).to.equal(1);
    expect(wires().log()[0]).to.include({ call: 2 });
  });

  it('hits only calls of its method', async () => {
    const mixed = ['echo', 'kv.get', 'echo', 'kv.get'].map((method) => request(method));
    expect(await lostOf({ links, method: 'kv.get' }, mixed)).to.deep.equal([2, 4]);
  });

  it('hits calls of all methods that its pattern describes', async () => {
    const mixed = ['kv.get', 'view.get', 'kv.update', 'kv.get'].map((method) => request(method));
    expect(await lostOf({ links, method: 'kv.*' }, mixed)).to.deep.equal([1, 3, 4]);
  });

  it('drops the reply of the third call of any method of one name, whatever is called between', async () => {
    const mixed = ['Get', 'PutAppend', 'Ping', 'Forward', 'Get'].map((method) =>
      request(`${method === 'Ping' ? 'ViewServer' : 'PBServer'}.${method}`),
    );
    expect(await lostOf({ links, method: 'PBServer.*', kth: 3 }, mixed)).to.deep.equal([4]);
  });

  it('hits only calls that carry its bytes', async () => {
    const mixed = ['one', 'two', 'two'].map((value) => request('echo', { value }));
    expect(await lostOf({ links, carrying: '"two"' }, mixed)).to.deep.equal([2, 3]);
  });

  it('counts to k among the calls that meet its other conditions', async () => {
    const mixed = ['kv.get', 'echo', 'kv.get', 'echo'].map((method) => request(method));
    expect(await lostOf({ links, method: 'echo', kth: 2 }, mixed)).to.deep.equal([4]);
  });

  it('hits with its probability, the same calls again for the same seed', async () => {
    const target = { links, probability: 0.3 };
    const lost = await lostOf(target, times(60));
    expect(lost.length).to.be.within(8, 30);
    const random = randomFrom('wires').child('link:a>b');
    const drawn = Array.from({ length: 60 }, (_, index) => (random.chance(0.3) ? index + 1 : 0));
    expect(lost).to.deep.equal(drawn.filter((n) => n > 0));
  });

  it('never hits with probability 0 and always with probability 1', async () => {
    expect(await lostOf({ links, probability: 0 }, times(5))).to.deep.equal([]);
    const installed = wires().install(dropRequest(), { links, probability: 1 });
    for (const text of times(5)) {
      expect((await wires().call('a', 'b', text)).how).to.be.oneOf(RESET);
    }
    expect(installed.hits).to.equal(5);
  });
});
