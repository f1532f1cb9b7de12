import { expect } from 'chai';
import { LOST, ask, brief, viewOf } from './recorded-network.js';
import { Bench } from './server-bench.js';

describe('server in its views', () => {
  it('pings 0 until it has heard of a view, and then the number of that view', () => {
    const bench = new Bench('pb3');
    bench.server.tick();
    expect(bench.pinged).to.equal(0);
    bench.hear(viewOf(4, 'pb1', 'pb2'));
    bench.server.tick();
    expect(bench.pinged).to.equal(4);
  });

  it('does not ping 0 again before it has an answer, lest that reads as a restart', () => {
    const bench = new Bench('pb3');
    for (let i = 0; i < 3; i += 1) bench.server.tick();
    expect(bench.network.all('view.ping')).to.have.length(1);
    bench.network.last('view.ping').answer(LOST);
    bench.server.tick();
    expect(bench.network.all('view.ping')).to.have.length(2);
  });

  it('refuses clients as idle server, as backup and before it has heard anything', () => {
    const idle = new Bench('pb3');
    expect(brief(idle.get())).to.deep.equal(['not-primary']);
    idle.hear(viewOf(4, 'pb1', 'pb2'));
    expect(brief(idle.append('x', 1))).to.deep.equal(['not-primary']);
    expect(brief(Bench.backup().get())).to.deep.equal(['not-primary']);
  });

  it('serves the first view, empty, once the view service has heard its acknowledgement', () => {
    const bench = new Bench('pb1');
    bench.hear(viewOf(1, 'pb1'));
    expect(bench.pinged).to.equal(1);
    expect(brief(bench.get())).to.deep.equal(['not-ready']);
    bench.answerPing(viewOf(1, 'pb1'));
    expect(brief(bench.get())).to.deep.equal(['{"value":""}']);
  });

  it('refuses for ever when it is made primary without the data', () => {
    const restarted = new Bench('pb1');
    restarted.hear(viewOf(2, 'pb1'));
    restarted.server.tick();
    expect(restarted.pinged).to.equal(0);
    restarted.answerPing(viewOf(2, 'pb1'));
    expect(brief(restarted.get())).to.deep.equal(['not-ready']);
  });

  it('does not lead with data of a view before the last', () => {
    const bench = Bench.backup();
    bench.hear(viewOf(4, 'pb2'));
    bench.server.tick();
    expect(bench.pinged).to.equal(2);
    expect(brief(bench.get())).to.deep.equal(['not-ready']);
  });

  it('ignores the answer to a ping that a newer one has overtaken', () => {
    const bench = Bench.alone();
    bench.server.tick();
    const slow = bench.network.last('view.ping');
    bench.hear(viewOf(2, 'pb2'));
    slow.answer({ kind: 'result', result: { view: viewOf(1, 'pb1') } });
    expect(brief(bench.get())).to.deep.equal(['not-primary']);
  });

  it('gives up its oldest ping when too many are unanswered', () => {
    const bench = Bench.alone();
    for (let i = 0; i < 30; i += 1) bench.server.tick();
    const abandoned = bench.network.all('view.ping').filter((ping) => ping.abandoned);
    expect(abandoned).to.have.length(10);
    expect(bench.network.last('view.ping').abandoned).to.equal(false);
  });

  it('answers everybody who waits when it is deposed', () => {
    const bench = Bench.paired();
    const replies = [bench.append('b', 2), bench.get()];
    bench.hear(viewOf(3, 'pb2'));
    expect(replies.map(brief)).to.deep.equal([['not-primary'], ['not-primary']]);
  });

  it('refuses what it does not understand', () => {
    const bench = Bench.alone();
    expect(brief(ask(bench.server, 'kv.get', { key: 3 }))).to.deep.equal(['bad-params']);
    expect(brief(ask(bench.server, 'kv.steal', {}))).to.deep.equal(['unknown-method']);
    const noSnapshot = { view: 1, primary: 'pb1', store: [['k']], filter: [] };
    expect(brief(ask(bench.server, 'backup.transfer', noSnapshot))).to.deep.equal(['bad-params']);
  });
});
