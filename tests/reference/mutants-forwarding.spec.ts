/** Each mistake about forwarding, shown on the bare machine. */

import { expect } from 'chai';
import { answersBeforeForward } from '../../reference/mutants/forwarding/answers-before-forward.js';
import { appliesBeforeForwarding } from '../../reference/mutants/forwarding/applies-before-forwarding.js';
import { backupFiltersLast } from '../../reference/mutants/forwarding/backup-filters-last.js';
import { backupNeverFilters } from '../../reference/mutants/forwarding/backup-never-filters.js';
import { forwardsTheHash } from '../../reference/mutants/forwarding/forwards-the-hash.js';
import { forwardsWithoutLock } from '../../reference/mutants/forwarding/forwards-without-lock.js';
import { lostForwardDropped } from '../../reference/mutants/forwarding/lost-forward-dropped.js';
import { noForward } from '../../reference/mutants/forwarding/no-forward.js';
import { queueOfEight } from '../../reference/mutants/forwarding/queue-of-eight.js';
import { Server } from '../../reference/server.js';
import { LOST, OK, ask, brief } from './recorded-network.js';
import { Bench, type ServerOrMutant } from './server-bench.js';

describe('a mutant that errs about forwarding', () => {
  it('no-forward sends its backup nothing', () => {
    const bench = Bench.paired(noForward);
    expect(brief(bench.append('b', 2))).to.deep.equal(['{}']);
    expect(bench.forwards()).to.deep.equal([]);
  });

  it('answers-before-forward answers while the forward is under way', () => {
    const bench = Bench.paired(answersBeforeForward);
    expect(brief(bench.append('b', 2))).to.deep.equal(['{}']);
    expect(bench.forwards()).to.deep.equal(['b']);
    expect(brief(bench.append('c', 3))).to.deep.equal([]);
    bench.forward.answer(OK);
    expect(bench.forwards()).to.deep.equal(['b', 'c']);
  });

  it('forwards-without-lock has two forwards under way', () => {
    const bench = Bench.paired(forwardsWithoutLock);
    const replies = [bench.append('b', 2), bench.append('c', 1, 'd')];
    expect(bench.forwards()).to.deep.equal(['b', 'c']);
    for (const forward of bench.network.all('backup.forward')) forward.answer(OK);
    expect(replies.map(brief)).to.deep.equal([['{}'], ['{}']]);
  });

  it('lost-forward-dropped goes on with others before it knows what became of the first', () => {
    const bench = Bench.paired(lostForwardDropped);
    bench.append('b', 2);
    bench.forward.answer(LOST);
    bench.append('c', 1, 'd');
    expect(bench.forwards()).to.deep.equal(['b', 'c']);
  });

  it('applies-before-forwarding shows a write whose forward has failed', () => {
    const bench = Bench.paired(appliesBeforeForwarding);
    const write = bench.append('b', 2);
    bench.forward.answer(LOST);
    const read = bench.get();
    bench.forward.answer(OK);
    expect([...brief(write), ...brief(read)]).to.deep.equal(['not-ready', '{"value":"ab"}']);
  });

  /** What an heir holds whose backup received these forwards: `client sequence value`. */
  const heldAfter = (make: ServerOrMutant, forwards: readonly [string, number, string][]) => {
    const bench = Bench.backup(make);
    for (const [client, sequence, value] of forwards) {
      const operation = { op: 'append', key: 'k', value, client, sequence };
      ask(bench.server, 'backup.forward', { view: 2, primary: 'pb1', operation });
    }
    return bench;
  };

  it('backup-never-filters executes a forward that comes twice', () => {
    const bench = heldAfter(backupNeverFilters, [
      ['c', 2, 'b'],
      ['c', 2, 'b'],
    ]);
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"abb"}']);
  });

  it('backup-filters-last executes a forward that comes again after another', () => {
    const forwards: [string, number, string][] = [
      ['c', 2, 'b'],
      ['c', 2, 'b'],
      ['d', 1, 'x'],
      ['c', 2, 'b'],
    ];
    expect(heldAfter(backupFiltersLast, forwards).readAsHeir()).to.deep.equal(['{"value":"abxb"}']);
    expect(heldAfter(Server, forwards).readAsHeir()).to.deep.equal(['{"value":"abx"}']);
  });

  it('forwards-the-hash sends the backup a put of it', () => {
    const bench = Bench.paired(forwardsTheHash);
    const reply = bench.update('puthash', 'b', 2);
    // FNV-1a of "ab" is 1294271946.
    expect(bench.forward.params.operation).to.deep.include({ op: 'put', value: '1294271946' });
    bench.forward.answer(OK);
    expect(brief(reply)).to.deep.equal(['{"value":"a"}']);
  });

  it('queue-of-eight never answers the ninth', () => {
    const bench = Bench.paired(queueOfEight);
    const replies = Array.from({ length: 9 }, (_, n) => bench.append('.', 1, `client ${n}`));
    for (let n = 0; n < 8; n++) bench.forward.answer(OK);
    expect(replies.map((reply) => reply.length)).to.deep.equal([1, 1, 1, 1, 1, 1, 1, 1, 0]);
    expect(bench.forwards()).to.have.length(8);
  });
});
