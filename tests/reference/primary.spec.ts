import { expect } from 'chai';
import { refuse } from '../../reference/machine.js';
import type { Answer } from '../../reference/machine.js';
import { putHashOf } from '../../reference/protocol.js';
import { LOST, OK, ask, brief, viewOf } from './recorded-network.js';
import { Bench } from './server-bench.js';

const NOT_READY: Answer = refuse('not-ready');

describe('primary', () => {
  it('executes a retried update once', () => {
    const bench = Bench.alone();
    for (const sequence of [1, 1, 2, 1]) bench.append(`${sequence};`, sequence);
    expect(brief(bench.get())).to.deep.equal(['{"value":"1;2;"}']);
  });

  it('takes equal updates of different sequence or client for different', () => {
    const bench = Bench.alone();
    bench.append('x', 1);
    bench.append('x', 2);
    bench.append('x', 1, 'd');
    expect(brief(bench.get())).to.deep.equal(['{"value":"xxx"}']);
  });

  it('answers a puthash with the value before it, and a retry of it with the same', () => {
    const bench = Bench.alone();
    bench.append('a', 1);
    const answers = [2, 2, 3].flatMap((sequence) => brief(bench.update('puthash', 'b', sequence)));
    // FNV-1a of "ab", and then of that number followed by "b".
    expect(answers).to.deep.equal(['{"value":"a"}', '{"value":"a"}', '{"value":"1294271946"}']);
    expect(brief(bench.get())).to.deep.equal([`{"value":"${putHashOf('1294271946', 'b')}"}`]);
  });

  it('knows a retried puthash and its answer from the primary before', () => {
    const bench = new Bench('pb2');
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    const content = { store: [['k', '7']], filter: [['c', 4, 'old']] };
    ask(bench.server, 'backup.transfer', { view: 2, primary: 'pb1', ...content });
    bench.readAsHeir();
    expect(brief(bench.update('puthash', 'x', 4))).to.deep.equal(['{"value":"old"}']);
    expect(brief(bench.get())).to.deep.equal(['{"value":"7"}']);
  });

  it('sends store and filter to a new backup and acknowledges the view only after it took them', () => {
    const bench = Bench.alone();
    bench.append('a', 1);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    const { to, params } = bench.network.last('backup.transfer');
    expect(to).to.equal('pb2');
    expect(params).to.deep.equal({
      view: 2,
      primary: 'pb1',
      store: [['k', 'a']],
      filter: [['c', 1, '']],
    });
    expect(bench.pinged).to.equal(1);
    expect(brief(bench.append('b', 2))).to.deep.equal(['not-ready']);
    bench.network.last('backup.transfer').answer(OK);
    expect(bench.pinged).to.equal(2);
  });

  it('tries a failed transfer again on the next tick', () => {
    const bench = Bench.alone();
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    bench.network.last('backup.transfer').answer(NOT_READY);
    expect(bench.network.all('backup.transfer')).to.have.length(1);
    bench.server.tick();
    expect(bench.pinged).to.equal(1);
    expect(bench.network.all('backup.transfer')).to.have.length(2);
  });

  it('answers only after the backup has accepted, reads included', () => {
    const bench = Bench.paired();
    const write = bench.append('b', 2);
    const read = bench.get();
    expect([...write, ...read]).to.deep.equal([]);
    bench.forward.answer(OK);
    expect(brief(write)).to.deep.equal(['{}']);
    expect(brief(read)).to.deep.equal([]);
    bench.forward.answer(OK);
    expect(brief(read)).to.deep.equal(['{"value":"ab"}']);
  });

  it('forwards one operation at a time', () => {
    const bench = Bench.paired();
    bench.append('b', 2);
    bench.append('c', 1, 'd');
    expect(bench.forwards()).to.deep.equal(['b']);
    bench.forward.answer(OK);
    expect(bench.forwards()).to.deep.equal(['b', 'c']);
  });

  it('fails all waiting clients fast when a forward is lost', () => {
    const bench = Bench.paired();
    const replies = [bench.append('b', 2), bench.append('c', 1, 'd')];
    bench.forward.answer(LOST);
    expect(replies.map(brief)).to.deep.equal([['not-ready'], ['not-ready']]);
  });

  it('forwards what the backup may have executed again, before anything else', () => {
    const bench = Bench.paired();
    bench.append('b', 2);
    bench.append('c', 1, 'd');
    bench.forward.answer(LOST);
    const later = bench.append('e', 1, 'f');
    expect(bench.forwards()).to.deep.equal(['b', 'b']);
    bench.forward.answer(OK);
    expect(bench.forwards()).to.deep.equal(['b', 'b', 'e']);
    bench.forward.answer(OK);
    expect(brief(later)).to.deep.equal(['{}']);
    const read = bench.get();
    bench.forward.answer(OK);
    expect(brief(read)).to.deep.equal(['{"value":"abe"}']);
  });

  it('forwards a lost update again on the next tick even if nobody asks', () => {
    const bench = Bench.paired();
    bench.append('b', 2);
    bench.forward.answer(LOST);
    expect(bench.forwards()).to.deep.equal(['b']);
    bench.server.tick();
    expect(bench.forwards()).to.deep.equal(['b', 'b']);
  });

  it('lets a retry join the pending operation', () => {
    const bench = Bench.paired();
    const first = bench.append('b', 2);
    const retry = bench.append('b', 2);
    bench.forward.answer(OK);
    expect([first, retry].map(brief)).to.deep.equal([['{}'], ['{}']]);
    expect(bench.forwards()).to.deep.equal(['b']);
  });

  it('does not repeat a read whose forward was lost', () => {
    const bench = Bench.paired();
    bench.get();
    bench.forward.answer(LOST);
    bench.server.tick();
    expect(bench.forwards()).to.deep.equal(['get']);
  });

  it('drops what the backup refused, and asks for the view at once', () => {
    const bench = Bench.paired();
    const pings = bench.network.all('view.ping').length;
    const reply = bench.append('b', 2);
    bench.forward.answer(refuse('not-primary'));
    expect(brief(reply)).to.deep.equal(['not-ready']);
    expect(bench.network.all('view.ping')).to.have.length(pings + 1);
    bench.server.tick();
    expect(bench.forwards()).to.deep.equal(['b']);
  });

  it('keeps a refused update that an earlier attempt may have brought to the backup', () => {
    const bench = Bench.paired();
    bench.append('b', 2);
    bench.forward.answer(LOST);
    bench.server.tick();
    bench.forward.answer(NOT_READY);
    bench.server.tick();
    expect(bench.forwards()).to.deep.equal(['b', 'b', 'b']);
  });

  it('abandons a forward to a silent backup when the view changes, and completes it alone', () => {
    const bench = Bench.paired();
    const reply = bench.append('b', 2);
    const silent = bench.forward;
    bench.hear(viewOf(3, 'pb1'));
    expect(silent.abandoned).to.equal(true);
    bench.answerPing(viewOf(3, 'pb1'));
    expect(brief(reply)).to.deep.equal(['{}']);
    expect(brief(bench.get())).to.deep.equal(['{"value":"ab"}']);
  });

  it('brings what waits to a new backup, behind the transfer', () => {
    const bench = Bench.paired();
    const reply = bench.append('b', 2);
    bench.hear(viewOf(3, 'pb1', 'pb3'));
    bench.network.last('backup.transfer').answer(OK);
    expect(bench.forwards()).to.deep.equal(['b']);
    bench.answerPing(viewOf(3, 'pb1', 'pb3'));
    expect(bench.forward.to).to.equal('pb3');
    bench.forward.answer(OK);
    expect(brief(reply)).to.deep.equal(['{}']);
  });

  it('drops a lost update nobody waits for when the view changes; its clerk asks again', () => {
    const bench = Bench.paired();
    bench.append('b', 2);
    bench.forward.answer(LOST);
    bench.hear(viewOf(3, 'pb1'));
    bench.answerPing(viewOf(3, 'pb1'));
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
    bench.append('b', 2);
    expect(brief(bench.get())).to.deep.equal(['{"value":"ab"}']);
  });

  it('completes nothing once its backup was promoted, although it has not heard of it', () => {
    const deposed = Bench.paired();
    const heir = Bench.backup();
    heir.hear(viewOf(3, 'pb2'));
    const reply = deposed.get();
    const [refusal] = ask(heir.server, 'backup.forward', deposed.forward.params);
    expect(brief(refusal ? [refusal] : [])).to.deep.equal(['not-primary']);
    if (refusal) deposed.forward.answer(refusal);
    expect(brief(reply)).to.deep.equal(['not-ready']);
  });
});
