/** Each mistake about the transfer to a new backup, shown on the bare machine. */

import { expect } from 'chai';
import { refuse } from '../../reference/machine.js';
import { acknowledgesAtOnce } from '../../reference/mutants/transfer/acknowledges-at-once.js';
import { fillsTheGaps } from '../../reference/mutants/transfer/fills-the-gaps.js';
import { forwardsBeforeTransfer } from '../../reference/mutants/transfer/forwards-before-transfer.js';
import { halfAnAnswerCounts } from '../../reference/mutants/transfer/half-an-answer-counts.js';
import { installsEveryTransfer } from '../../reference/mutants/transfer/installs-every-transfer.js';
import { lostTransferCounts } from '../../reference/mutants/transfer/lost-transfer-counts.js';
import { lostTransferNotRepeated } from '../../reference/mutants/transfer/lost-transfer-not-repeated.js';
import { preparesTheSnapshot } from '../../reference/mutants/transfer/prepares-the-snapshot.js';
import { replaysWhatItSetAside } from '../../reference/mutants/transfer/replays-what-it-set-aside.js';
import { sendsAThousandKeys } from '../../reference/mutants/transfer/sends-a-thousand-keys.js';
import { sendsByCursor } from '../../reference/mutants/transfer/sends-by-cursor.js';
import { servesDuringTransfer } from '../../reference/mutants/transfer/serves-during-transfer.js';
import { servesWhatItHolds } from '../../reference/mutants/transfer/serves-what-it-holds.js';
import { slowTransferCounts } from '../../reference/mutants/transfer/slow-transfer-counts.js';
import { slowTransferStartsOver } from '../../reference/mutants/transfer/slow-transfer-starts-over.js';
import { transfersOnceToEach } from '../../reference/mutants/transfer/transfers-once-to-each.js';
import { LOST, OK, ask, brief, viewOf } from './recorded-network.js';
import { Bench, type ServerOrMutant } from './server-bench.js';

/** Primary of view 2, with its transfer to pb2 under way; "a" was appended before. */
function transferring(make: ServerOrMutant): Bench {
  const bench = Bench.alone(make);
  bench.append('a', 1);
  bench.hear(viewOf(2, 'pb1', 'pb2'));
  return bench;
}

describe('a mutant that errs about the transfer', () => {
  it('lost-transfer-counts acknowledges a view whose transfer broke off', () => {
    const bench = transferring(lostTransferCounts);
    bench.network.last('backup.transfer').answer(LOST);
    expect(bench.pinged).to.equal(2);
  });

  it('acknowledges-at-once acknowledges while the transfer is under way', () => {
    const bench = transferring(acknowledgesAtOnce);
    bench.server.tick();
    expect(bench.pinged).to.equal(2);
  });

  it('serves-during-transfer answers what is neither transferred nor forwarded', () => {
    const bench = transferring(servesDuringTransfer);
    expect(brief(bench.append('b', 2))).to.deep.equal(['{}']);
    expect(bench.forwards()).to.deep.equal([]);
  });

  it('forwards-before-transfer lets the transfer replace what was forwarded before it', () => {
    const primary = transferring(forwardsBeforeTransfer);
    const reply = primary.append('b', 2);
    primary.forward.answer(OK);
    expect(brief(reply)).to.deep.equal(['{}']);
    const backup = new Bench('pb2', forwardsBeforeTransfer);
    backup.hear(viewOf(2, 'pb1', 'pb2'));
    expect(brief(backup.receive(2, 'pb1', 'b', 2))).to.deep.equal(['{}']);
    backup.transfer(2, 'pb1', 'a', 1);
    expect(backup.readAsHeir()).to.deep.equal(['{"value":"a"}']);
  });

  it('installs-every-transfer lets a late transfer undo what was forwarded since', () => {
    const bench = Bench.backup(installsEveryTransfer);
    bench.receive(2, 'pb1', 'b', 2);
    bench.transfer(2, 'pb1', 'a', 1);
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"a"}']);
  });

  it('transfers-once-to-each sends nothing to a backup that has come back', () => {
    const bench = Bench.paired(transfersOnceToEach);
    bench.hear(viewOf(3, 'pb1'));
    bench.hear(viewOf(4, 'pb1', 'pb2'));
    expect(bench.network.all('backup.transfer')).to.have.length(1);
    expect(bench.pinged).to.equal(4);
  });

  it('serves-what-it-holds serves an empty store when it is promoted without a transfer', () => {
    const bench = new Bench('pb2', servesWhatItHolds);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    expect(bench.readAsHeir()).to.deep.equal(['{"value":""}']);
  });

  it('sends-a-thousand-keys sends a thousand of 1,200', () => {
    const bench = Bench.alone(sendsAThousandKeys);
    for (let n = 1; n <= 1200; n++) {
      const update = { op: 'put', key: `k${n}`, value: 'v', client: 'c', sequence: n };
      ask(bench.server, 'kv.update', update);
    }
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    const { params } = bench.network.last('backup.transfer');
    expect(params).to.have.property('store').with.length(1000);
  });

  it('fills-the-gaps keeps its old value of a key that the transfer has, too', () => {
    const bench = Bench.backup(fillsTheGaps);
    bench.hear(viewOf(3, 'pb1'));
    bench.hear(viewOf(4, 'pb1', 'pb2'));
    bench.transfer(4, 'pb1', 'new', 2);
    expect(bench.readAsHeir(5)).to.deep.equal(['{"value":"a"}']);
  });

  it('prepares-the-snapshot sends what there was at the last copy', () => {
    const bench = Bench.alone(preparesTheSnapshot);
    for (let tick = 0; tick < 10; tick++) bench.server.tick();
    bench.append('a', 1);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    expect(bench.network.last('backup.transfer').params).to.deep.include({ store: [] });
  });

  it('sends-by-cursor misses a key that is written behind the cursor', () => {
    const bench = Bench.alone(sendsByCursor);
    let sequence = 0;
    const write = (key: string) => {
      sequence += 1;
      const update = { op: 'put', key, value: 'v', client: 'c', sequence };
      return ask(bench.server, 'kv.update', update);
    };
    for (let n = 1000; n < 2500; n++) write(`k${n}`);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    expect(brief([...write('a'), ...write('z')])).to.deep.equal(['{}', '{}']);
    bench.network.last('backup.transfer').answer(OK);
    expect(bench.pinged).to.equal(1);
    bench.network.last('backup.transfer').answer(OK);
    expect(bench.pinged).to.equal(2);
    const sent = bench.network.all('backup.transfer').map(({ params }) => params);
    expect(sent).to.have.length(2);
    expect(sent[0]).to.have.property('store').with.length(1000);
    expect(sent[1]).to.have.property('store').with.length(501);
    expect(JSON.stringify(sent)).to.contain('["z","v"]').and.not.contain('["a","v"]');
    const backup = new Bench('pb2', sendsByCursor);
    backup.hear(viewOf(2, 'pb1', 'pb2'));
    for (const params of sent) {
      expect(brief(ask(backup.server, 'backup.transfer', params))).to.deep.equal(['{}']);
    }
    backup.readAsHeir();
    expect(brief(ask(backup.server, 'kv.get', { key: 'k1000' }))).to.deep.equal(['{"value":"v"}']);
  });

  it('replays-what-it-set-aside does so although the second transfer has it already', () => {
    const bench = transferring(replaysWhatItSetAside);
    expect(brief(bench.append('b', 2))).to.deep.equal(['{}']);
    bench.network.last('backup.transfer').answer(LOST);
    bench.server.tick();
    const { params } = bench.network.last('backup.transfer');
    expect(params).to.deep.include({ store: [['k', 'ab']] });
    bench.network.last('backup.transfer').answer(OK);
    expect(bench.pinged).to.equal(1);
    const backup = new Bench('pb2', replaysWhatItSetAside);
    backup.hear(viewOf(2, 'pb1', 'pb2'));
    ask(backup.server, 'backup.transfer', params);
    const replay = bench.network.last('backup.replay');
    expect(brief(ask(backup.server, 'backup.replay', replay.params))).to.deep.equal(['{}']);
    replay.answer(OK);
    expect(bench.pinged).to.equal(2);
    expect(backup.readAsHeir()).to.deep.equal(['{"value":"abb"}']);
  });

  it('slow-transfer-starts-over gives a transfer up after ten ticks', () => {
    const bench = transferring(slowTransferStartsOver);
    const first = bench.network.last('backup.transfer');
    for (let tick = 0; tick < 10; tick++) bench.server.tick();
    expect(first.abandoned).to.equal(true);
    expect(bench.network.all('backup.transfer')).to.have.length(2);
    expect(bench.pinged).to.equal(1);
  });

  it('slow-transfer-counts acknowledges the view instead', () => {
    const bench = transferring(slowTransferCounts);
    for (let tick = 0; tick < 10; tick++) bench.server.tick();
    expect(bench.network.last('backup.transfer').abandoned).to.equal(true);
    expect(bench.network.all('backup.transfer')).to.have.length(1);
    expect(bench.pinged).to.equal(2);
  });

  it('lost-transfer-not-repeated waits for another view, but repeats one that was refused', () => {
    const bench = transferring(lostTransferNotRepeated);
    bench.network.last('backup.transfer').answer(refuse('not-ready'));
    bench.server.tick();
    bench.network.last('backup.transfer').answer(LOST);
    bench.server.tick();
    bench.server.tick();
    expect(bench.network.all('backup.transfer')).to.have.length(2);
    expect(bench.pinged).to.equal(1);
  });

  it('half-an-answer-counts acknowledges a view whose backup may have refused the transfer', () => {
    const bench = transferring(halfAnAnswerCounts);
    const reason = 'end of stream inside the reply';
    bench.network.last('backup.transfer').answer({ kind: 'lost', reason });
    expect(bench.pinged).to.equal(2);
  });
});
