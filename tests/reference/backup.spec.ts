import { expect } from 'chai';
import { brief, viewOf } from './recorded-network.js';
import { Bench } from './server-bench.js';

describe('backup', () => {
  it('executes what the primary of its view forwards, once', () => {
    const bench = Bench.backup();
    expect(brief(bench.receive(2, 'pb1', 'b', 2))).to.deep.equal(['{}']);
    expect(brief(bench.receive(2, 'pb1', 'b', 2))).to.deep.equal(['{}']);
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"ab"}']);
  });

  it('refuses forwards of an old view and of anyone who is not its primary', () => {
    const bench = Bench.backup();
    expect(brief(bench.receive(1, 'pb1', 'b', 2))).to.deep.equal(['not-primary']);
    expect(brief(bench.receive(2, 'pb3', 'b', 2))).to.deep.equal(['not-primary']);
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"a"}']);
  });

  it('accepts no forward before the transfer', () => {
    const bench = new Bench('pb2');
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    expect(brief(bench.receive(2, 'pb1', 'b', 2))).to.deep.equal(['not-ready']);
  });

  it('asks for the view when the primary is ahead of it', () => {
    const bench = Bench.backup();
    const pings = bench.network.all('view.ping').length;
    expect(brief(bench.transfer(3, 'pb1', 'x', 1))).to.deep.equal(['not-ready']);
    expect(bench.network.all('view.ping')).to.have.length(pings + 1);
  });

  it('accepts a late second transfer without undoing what came since', () => {
    const bench = Bench.backup();
    bench.receive(2, 'pb1', 'b', 2);
    expect(brief(bench.transfer(2, 'pb1', 'a', 1))).to.deep.equal(['{}']);
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"ab"}']);
  });

  it('refuses transfers of an old view, and once it is primary', () => {
    const bench = Bench.backup();
    expect(brief(bench.transfer(1, 'pb1', 'x', 1))).to.deep.equal(['not-primary']);
    bench.hear(viewOf(3, 'pb2'));
    expect(brief(bench.transfer(2, 'pb1', 'x', 1))).to.deep.equal(['not-primary']);
  });

  it('waits for a new transfer in every new view', () => {
    const bench = Bench.backup();
    bench.hear(viewOf(3, 'pb1', 'pb2'));
    expect(brief(bench.receive(3, 'pb1', 'b', 2))).to.deep.equal(['not-ready']);
    bench.transfer(3, 'pb1', 'abc', 3);
    expect(bench.readAsHeir(4)).to.deep.equal(['{"value":"abc"}']);
  });

  it('knows after its promotion what the old primary had done, so that a retry is known as one', () => {
    const bench = Bench.backup();
    bench.hear(viewOf(3, 'pb2'));
    bench.answerPing(viewOf(3, 'pb2'));
    expect(brief(bench.append('a', 1))).to.deep.equal(['{}']);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
  });
});
