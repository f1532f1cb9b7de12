import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { filterNotTransferred } from '../../reference/mutants/filter/filter-not-transferred.js';
import { forwardBlocks } from '../../reference/mutants/forwarding/forward-blocks.js';
import { forwardResultIgnored } from '../../reference/mutants/forwarding/forward-result-ignored.js';
import { forwardsTheResult } from '../../reference/mutants/forwarding/forwards-the-result.js';
import { losesWrites } from '../../reference/mutants/transfer/loses-writes.js';
import { ownWritesOnly } from '../../reference/mutants/transfer/own-writes-only.js';
import { transfersTheLog } from '../../reference/mutants/transfer/transfers-the-log.js';
import { noDuplicateFilter } from '../../reference/mutants/filter/no-duplicate-filter.js';
import { noStateTransfer } from '../../reference/mutants/transfer/no-state-transfer.js';
import { MUTANTS } from '../../reference/mutants/registry.js';
import { LOST, brief, viewOf } from './recorded-network.js';
import { Bench } from './server-bench.js';

const MAIN = join(import.meta.dirname, '../../reference/mutants/main.js');

interface Ending {
  code: number;
  out: string;
  err: string;
}

function runMain(...args: string[]): Promise<Ending> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('mutants', () => {
  it('forward-result-ignored acknowledges a write whose forward was lost', () => {
    const bench = Bench.paired(forwardResultIgnored);
    const reply = bench.append('b', 2);
    bench.forward.answer(LOST);
    expect(brief(reply)).to.deep.equal(['{}']);
  });

  it('forward-blocks does not hear that its backup is gone', () => {
    const bench = Bench.paired(forwardBlocks);
    const reply = bench.append('b', 2);
    bench.forward.answer(LOST);
    bench.hear(viewOf(3, 'pb1'));
    bench.server.tick();
    expect(bench.forwards()).to.deep.equal(['b', 'b']);
    expect(bench.pinged).to.equal(2);
    expect(reply).to.deep.equal([]);
  });

  it('no-duplicate-filter executes a retry', () => {
    const bench = Bench.alone(noDuplicateFilter);
    bench.append('a', 1);
    bench.append('a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"aa"}']);
  });

  it('no-state-transfer acknowledges a view without a transfer', () => {
    const bench = Bench.alone(noStateTransfer);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    expect(bench.network.all('backup.transfer')).to.deep.equal([]);
    expect(bench.pinged).to.equal(2);
  });

  it('filter-not-transferred sends the data without the filter', () => {
    const { params } = Bench.paired(filterNotTransferred).network.last('backup.transfer');
    expect(params).to.deep.include({ store: [['k', 'a']], filter: [] });
  });

  it('forwards-the-result sends the backup the whole value', () => {
    const bench = Bench.paired(forwardsTheResult);
    bench.append('b', 2);
    expect(bench.forwards()).to.deep.equal(['ab']);
  });

  it('own-writes-only keeps what it was sent itself from its backup', () => {
    const bench = Bench.backup(ownWritesOnly);
    bench.hear(viewOf(3, 'pb2', 'pb3'));
    expect(bench.network.last('backup.transfer').params).to.deep.include({ store: [] });
  });

  it('transfers-the-log sends every value that ever was', () => {
    const bench = Bench.alone(transfersTheLog);
    bench.update('put', 'a', 1);
    bench.update('put', 'b', 2);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    const store = [
      ['k', 'a'],
      ['k', 'b'],
    ];
    expect(bench.network.last('backup.transfer').params).to.deep.include({ store });
  });

  it('loses-writes forgets at a promotion, with the probability asked for', () => {
    const drawing = (draw: number) => ({
      parts: () => losesWrites.parts({ rate: 0.3, random: () => draw }),
    });
    const [forgets, keeps] = [drawing(0.29), drawing(0.3)];
    expect(Bench.backup(forgets).readAsHeir()).to.deep.equal(['{"value":""}']);
    expect(Bench.backup(keeps).readAsHeir()).to.deep.equal(['{"value":"a"}']);
  });
});

describe('main program of the mutants', () => {
  it('lists every mutant as JSON', async () => {
    const { code, out } = await runMain('--list');
    expect(code).to.equal(0);
    const listed: { name: string }[] = JSON.parse(out);
    expect(listed.map(({ name }) => name)).to.deep.equal(MUTANTS.map(({ name }) => name));
  });

  it('names the mutants there are when it does not know one', async () => {
    const { code, err } = await runMain('perfect', 'view', 'vs');
    expect(code).to.equal(64);
    expect(err).to.contain('forward-blocks');
  });

  it('refuses a rate that is no probability, and a rate where there is none to set', async () => {
    const tooMuch = await runMain('loses-writes', '--rate', '2', 'view', 'vs');
    expect(tooMuch).to.deep.include({ code: 64, out: '' });
    expect((await runMain('forward-blocks', '--rate', '1', 'view', 'vs')).code).to.equal(64);
  });
});
