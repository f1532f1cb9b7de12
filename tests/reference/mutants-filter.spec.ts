import { expect } from 'chai';
import { answerNotRemembered } from '../../reference/mutants/filter/answer-not-remembered.js';
import { answersNotTransferred } from '../../reference/mutants/filter/answers-not-transferred.js';
import { answersTheLastAttempt } from '../../reference/mutants/filter/answers-the-last-attempt.js';
import { asksViewPerRequest } from '../../reference/mutants/filter/asks-view-per-request.js';
import { filterByContent } from '../../reference/mutants/filter/filter-by-content.js';
import { filterCheckedOnArrival } from '../../reference/mutants/filter/filter-checked-on-arrival.js';
import { filterGrowsForEver } from '../../reference/mutants/filter/filter-grows-for-ever.js';
import { filterHandedOver } from '../../reference/mutants/filter/filter-handed-over.js';
import { forgetsAfterTwoSeconds } from '../../reference/mutants/filter/forgets-after-two-seconds.js';
import { forwardsNotInFilter } from '../../reference/mutants/filter/forwards-not-in-filter.js';
import { keepsItsFilter } from '../../reference/mutants/filter/keeps-its-filter.js';
import { newViewNewFilter } from '../../reference/mutants/filter/new-view-new-filter.js';
import { oldNumberIsNew } from '../../reference/mutants/filter/old-number-is-new.js';
import { putsNotFiltered } from '../../reference/mutants/filter/puts-not-filtered.js';
import { remembersEightClients } from '../../reference/mutants/filter/remembers-eight-clients.js';
import { remembersOneClient } from '../../reference/mutants/filter/remembers-one-client.js';
import { waitsForItsClerk } from '../../reference/mutants/filter/waits-for-its-clerk.js';
import { LOST, OK, brief, viewOf } from './recorded-network.js';
import { Bench } from './server-bench.js';

describe('mutants of the filter', () => {
  it('forwards-not-in-filter executes a retry of what was forwarded to it, but not of the transfer', () => {
    const bench = Bench.backup(forwardsNotInFilter);
    bench.receive(2, 'pb1', 'b', 2);
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"ab"}']);
    bench.append('a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"ab"}']);
    bench.append('b', 2);
    expect(brief(bench.get())).to.deep.equal(['{"value":"abb"}']);
  });

  it('filter-by-content takes a repetition for a retry', () => {
    const bench = Bench.alone(filterByContent);
    bench.append('a', 1);
    expect(brief(bench.append('a', 2))).to.deep.equal(['{}']);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
  });

  it('filter-checked-on-arrival executes a retry that came while the original was under way', () => {
    const bench = Bench.paired(filterCheckedOnArrival);
    bench.append('b', 2);
    bench.append('b', 2);
    bench.forward.answer(OK);
    bench.forward.answer(OK);
    bench.append('b', 2);
    bench.forward.answer(OK);
    const read = bench.get();
    bench.forward.answer(OK);
    expect(brief(read)).to.deep.equal(['{"value":"abb"}']);
  });

  it('waits-for-its-clerk forwards nothing until the clerk of a lost forward asks again', () => {
    const bench = Bench.paired(waitsForItsClerk);
    bench.append('b', 2);
    bench.forward.answer(LOST);
    bench.append('x', 1, 'other');
    bench.server.tick();
    expect(bench.forwards()).to.deep.equal(['b']);
    bench.append('b', 2);
    bench.forward.answer(OK);
    expect(bench.forwards()).to.deep.equal(['b', 'b', 'x']);
  });

  it('answer-not-remembered answers the retry of a puthash with the hash', () => {
    const bench = Bench.alone(answerNotRemembered);
    expect(brief(bench.update('puthash', 'a', 1))).to.deep.equal(['{"value":""}']);
    expect(brief(bench.update('puthash', 'a', 1))).to.deep.equal(['{"value":"3826002220"}']);
  });

  it('filter-grows-for-ever sends an entry for each update to a new backup', () => {
    const bench = Bench.alone(filterGrowsForEver);
    for (const sequence of [1, 2, 3, 3]) bench.append('a', sequence);
    expect(brief(bench.get())).to.deep.equal(['{"value":"aaa"}']);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    expect(bench.network.last('backup.transfer').params.filter).to.have.length(3);
  });

  it('asks-view-per-request pings for each request', () => {
    const bench = Bench.alone(asksViewPerRequest);
    const before = bench.network.all('view.ping').length;
    bench.append('a', 1);
    bench.get();
    expect(bench.network.all('view.ping')).to.have.length(before + 2);
  });

  it('remembers-one-client executes a retry that comes after an update of another client', () => {
    const bench = Bench.alone(remembersOneClient);
    bench.append('a', 1);
    bench.append('a', 1);
    bench.append('b', 1, 'other');
    bench.append('a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"aba"}']);
  });

  it('remembers-eight-clients forgets the one that was away longest', () => {
    const bench = Bench.alone(remembersEightClients);
    bench.append('a', 1);
    for (let n = 1; n <= 7; n++) bench.append('.', 1, `other ${n}`);
    bench.append('a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a......."}']);
    bench.append('.', 1, 'other 8');
    bench.append('a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a........a"}']);
  });

  it('forgets-after-two-seconds executes a retry that comes after that', () => {
    const bench = Bench.alone(forgetsAfterTwoSeconds);
    bench.append('a', 1);
    for (let tick = 1; tick < 20; tick++) bench.server.tick();
    bench.append('a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
    bench.server.tick();
    bench.append('a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"aa"}']);
  });

  it('old-number-is-new executes a request that comes after the next one of its client', () => {
    const bench = Bench.alone(oldNumberIsNew);
    bench.append('a', 1);
    bench.append('b', 2);
    bench.append('b', 2);
    bench.append('a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"aba"}']);
  });

  it('new-view-new-filter executes a retry of what was done in the view before', () => {
    const bench = Bench.backup(newViewNewFilter);
    bench.readAsHeir();
    bench.append('a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"aa"}']);
  });

  it('filter-handed-over executes a retry at the primary that its backup throws out', () => {
    const bench = Bench.paired(filterHandedOver);
    const transfer = bench.network.last('backup.transfer').params;
    expect(transfer.filter).to.deep.equal([['c', 1, '']]);
    bench.append('a', 1);
    bench.forward.answer(OK);
    const read = bench.get();
    bench.forward.answer(OK);
    expect(brief(read)).to.deep.equal(['{"value":"aa"}']);
  });

  it('answers-not-transferred sends a filter without what a puthash answered', () => {
    const bench = Bench.alone(answersNotTransferred);
    bench.update('put', 'a', 1);
    bench.update('puthash', 'b', 2);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    expect(bench.network.last('backup.transfer').params.filter).to.deep.equal([['c', 2, '']]);
  });

  it('keeps-its-filter throws out a forward that it executed in a view before, although its store forgot it', () => {
    const bench = Bench.backup(keepsItsFilter);
    bench.receive(2, 'pb1', 'b', 2);
    bench.hear(viewOf(3, 'pb1'));
    bench.hear(viewOf(4, 'pb1', 'pb2'));
    bench.transfer(4, 'pb1', 'a', 1);
    expect(brief(bench.receive(4, 'pb1', 'b', 2))).to.deep.equal(['{}']);
    expect(bench.readAsHeir(5)).to.deep.equal(['{"value":"a"}']);
  });

  it('puts-not-filtered executes a late put after that of another client', () => {
    const bench = Bench.alone(putsNotFiltered);
    bench.update('put', 'a', 1);
    bench.update('put', 'b', 1, 'other');
    bench.update('put', 'a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
    bench.append('b', 2);
    bench.append('b', 2);
    expect(brief(bench.get())).to.deep.equal(['{"value":"ab"}']);
  });

  it('answers-the-last-attempt leaves the attempts before it without an answer', () => {
    const bench = Bench.paired(answersTheLastAttempt);
    const [first, second] = [bench.append('b', 2), bench.append('b', 2)];
    bench.forward.answer(OK);
    expect([brief(first), brief(second)]).to.deep.equal([[], ['{}']]);
  });
});
