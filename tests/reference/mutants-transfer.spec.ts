/** Each mistake about the transfer to a new backup, shown on the bare machine. */

import { expect } from 'chai';
import { AcknowledgesAtOnce } from '../../reference/mutants/transfer/acknowledges-at-once.js';
import { ForwardsBeforeTransfer } from '../../reference/mutants/transfer/forwards-before-transfer.js';
import { InstallsEveryTransfer } from '../../reference/mutants/transfer/installs-every-transfer.js';
import { LostTransferCounts } from '../../reference/mutants/transfer/lost-transfer-counts.js';
import { SendsAThousandKeys } from '../../reference/mutants/transfer/sends-a-thousand-keys.js';
import { ServesDuringTransfer } from '../../reference/mutants/transfer/serves-during-transfer.js';
import { ServesWhatItHolds } from '../../reference/mutants/transfer/serves-what-it-holds.js';
import { TransfersOnceToEach } from '../../reference/mutants/transfer/transfers-once-to-each.js';
import type { Server } from '../../reference/server.js';
import { LOST, OK, ask, brief, viewOf } from './recorded-network.js';
import { Bench } from './server-bench.js';

/** Primary of view 2, with its transfer to pb2 under way; "a" was appended before. */
function transferring(make: typeof Server): Bench {
  const bench = Bench.alone(make);
  bench.append('a', 1);
  bench.hear(viewOf(2, 'pb1', 'pb2'));
  return bench;
}

describe('a mutant that errs about the transfer', () => {
  it('lost-transfer-counts acknowledges a view whose transfer broke off', () => {
    const bench = transferring(LostTransferCounts);
    bench.network.last('backup.transfer').answer(LOST);
    expect(bench.pinged).to.equal(2);
  });

  it('acknowledges-at-once acknowledges while the transfer is under way', () => {
    const bench = transferring(AcknowledgesAtOnce);
    bench.server.tick();
    expect(bench.pinged).to.equal(2);
  });

  it('serves-during-transfer answers what is neither transferred nor forwarded', () => {
    const bench = transferring(ServesDuringTransfer);
    expect(brief(bench.append('b', 2))).to.deep.equal(['{}']);
    expect(bench.forwards()).to.deep.equal([]);
  });

  it('forwards-before-transfer lets the transfer replace what was forwarded before it', () => {
    const primary = transferring(ForwardsBeforeTransfer);
    const reply = primary.append('b', 2);
    primary.forward.answer(OK);
    expect(brief(reply)).to.deep.equal(['{}']);
    const backup = new Bench('pb2', ForwardsBeforeTransfer);
    backup.hear(viewOf(2, 'pb1', 'pb2'));
    expect(brief(backup.receive(2, 'pb1', 'b', 2))).to.deep.equal(['{}']);
    backup.transfer(2, 'pb1', 'a', 1);
    expect(backup.readAsHeir()).to.deep.equal(['{"value":"a"}']);
  });

  it('installs-every-transfer lets a late transfer undo what was forwarded since', () => {
    const bench = Bench.backup(InstallsEveryTransfer);
    bench.receive(2, 'pb1', 'b', 2);
    bench.transfer(2, 'pb1', 'a', 1);
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"a"}']);
  });

  it('transfers-once-to-each sends nothing to a backup that has come back', () => {
    const bench = Bench.paired(TransfersOnceToEach);
    bench.hear(viewOf(3, 'pb1'));
    bench.hear(viewOf(4, 'pb1', 'pb2'));
    expect(bench.network.all('backup.transfer')).to.have.length(1);
    expect(bench.pinged).to.equal(4);
  });

  it('serves-what-it-holds serves an empty store when it is promoted without a transfer', () => {
    const bench = new Bench('pb2', ServesWhatItHolds);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    expect(bench.readAsHeir()).to.deep.equal(['{"value":""}']);
  });

  it('sends-a-thousand-keys sends a thousand of 1,200', () => {
    const bench = Bench.alone(SendsAThousandKeys);
    for (let n = 1; n <= 1200; n++) {
      const update = { op: 'put', key: `k${n}`, value: 'v', client: 'c', sequence: n };
      ask(bench.server, 'kv.update', update);
    }
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    const { params } = bench.network.last('backup.transfer');
    expect(params).to.have.property('store').with.length(1000);
  });
});
