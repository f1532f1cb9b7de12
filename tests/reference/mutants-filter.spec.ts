import { expect } from 'chai';
import { AnswerNotRemembered } from '../../reference/mutants/filter/answer-not-remembered.js';
import { AsksViewPerRequest } from '../../reference/mutants/filter/asks-view-per-request.js';
import { FilterByContent } from '../../reference/mutants/filter/filter-by-content.js';
import { FilterCheckedOnArrival } from '../../reference/mutants/filter/filter-checked-on-arrival.js';
import { FilterGrowsForEver } from '../../reference/mutants/filter/filter-grows-for-ever.js';
import { ForwardsNotInFilter } from '../../reference/mutants/filter/forwards-not-in-filter.js';
import { WaitsForItsClerk } from '../../reference/mutants/filter/waits-for-its-clerk.js';
import { LOST, OK, brief, viewOf } from './recorded-network.js';
import { Bench } from './server-bench.js';

describe('mutants of the filter', () => {
  it('forwards-not-in-filter executes a retry of what was forwarded to it, but not of the transfer', () => {
    const bench = Bench.backup(ForwardsNotInFilter);
    bench.receive(2, 'pb1', 'b', 2);
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"ab"}']);
    bench.append('a', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"ab"}']);
    bench.append('b', 2);
    expect(brief(bench.get())).to.deep.equal(['{"value":"abb"}']);
  });

  it('filter-by-content takes a repetition for a retry', () => {
    const bench = Bench.alone(FilterByContent);
    bench.append('a', 1);
    expect(brief(bench.append('a', 2))).to.deep.equal(['{}']);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
  });

  it('filter-checked-on-arrival executes a retry that came while the original was under way', () => {
    const bench = Bench.paired(FilterCheckedOnArrival);
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
    const bench = Bench.paired(WaitsForItsClerk);
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
    const bench = Bench.alone(AnswerNotRemembered);
    expect(brief(bench.update('puthash', 'a', 1))).to.deep.equal(['{"value":""}']);
    expect(brief(bench.update('puthash', 'a', 1))).to.deep.equal(['{"value":"3826002220"}']);
  });

  it('filter-grows-for-ever sends an entry for each update to a new backup', () => {
    const bench = Bench.alone(FilterGrowsForEver);
    for (const sequence of [1, 2, 3, 3]) bench.append('a', sequence);
    expect(brief(bench.get())).to.deep.equal(['{"value":"aaa"}']);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    expect(bench.network.last('backup.transfer').params.filter).to.have.length(3);
  });

  it('asks-view-per-request pings for each request', () => {
    const bench = Bench.alone(AsksViewPerRequest);
    const before = bench.network.all('view.ping').length;
    bench.append('a', 1);
    bench.get();
    expect(bench.network.all('view.ping')).to.have.length(before + 2);
  });
});
