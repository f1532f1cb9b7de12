/** Histories as large as runs make them. Each was judged in well under a second when it was written. */

import { expect } from 'chai';
import { linearizability } from '../../../harness/checkers/linearizability.js';
import type { Operation } from '../../../harness/history/operation.js';
import { append, get, history, open, put } from '../history/operations.js';
import { busyRegister } from './busy-register.js';
import { busyRun, withStaleReads } from './busy-run.js';
import { coreIds, judge, word } from './judge.js';

const check = (operations: readonly Operation[]) => judge(linearizability, operations);

/** On one key, with unique values. */
const busy = (clients: number, operations: number) =>
  busyRun({ clients, operations, keys: 1, puts: 0.05, repeated: 0 });

/** Clients that append at the same time, without a read. */
function appendsOf(clients: number, each: number): ReturnType<typeof append>[] {
  return Array.from({ length: clients * each }, (_, at) => {
    const [client, turn] = [at % clients, Math.floor(at / clients)];
    return append(`c${client}`, `x ${client} ${turn} y`, turn * 10 + client, turn * 10 + 9);
  });
}

describe('linearizability, at size', () => {
  it('passes 10,000 operations in sequence on one key', () => {
    expect(word(check(busy(1, 10_000)))).to.equal('pass');
  });

  it('passes 5,000 operations of five clients on one key', () => {
    expect(word(check(busy(5, 5_000)))).to.equal('pass');
  });

  it('refuses 5,000 operations of five clients for one that a late read misses', () => {
    const operations = busy(5, 5_000);
    const read = operations.findLast(({ op, value = '' }) => op === 'get' && value.length > 60);
    if (read !== undefined) read.value = read.value?.slice(0, 20) ?? '';
    const finding = check(operations);
    expect(finding.verdict).to.equal('fail');
    expect(coreIds(finding).length).to.be.lessThan(6);
  });

  it('decides every key of fifty clients where one write in thirty repeats a value', () => {
    const settings = { clients: 50, operations: 2_000, keys: 10, puts: 0.3, repeated: 0.03 };
    const operations = busyRun(settings);
    expect(word(check(operations))).to.equal('pass');
    const spoilt = withStaleReads(operations);
    for (const key of new Set(spoilt.map((operation) => operation.key))) {
      const finding = check(spoilt.filter((operation) => operation.key === key));
      expect(finding.verdict).to.equal('fail');
      expect(coreIds(finding).length).to.be.lessThan(6);
    }
  });

  it('passes three clients with 150 appends each and a read of them all', () => {
    const appends = appendsOf(3, 150);
    const all = appends.map(({ value = '' }) => value).join('');
    expect(word(check(history(...appends, get('c0', all, 2_000, 2_001))))).to.equal('pass');
  });

  it('refuses the same read without the first append', () => {
    const appends = appendsOf(3, 150);
    const all = appends.slice(1).map(({ value = '' }) => value);
    const finding = check(history(...appends, get('c0', all.join(''), 2_000, 2_001)));
    expect(word(finding)).to.equal('lost-acknowledged-write');
    expect(coreIds(finding)).to.deep.equal([0, 450]);
  });

  it('is not lost among thirty appends that were never answered', () => {
    const unanswered = appendsOf(30, 1).map(open);
    const seen = unanswered.filter((_, at) => at % 3 === 0).toReversed();
    const all = seen.map(({ value = '' }) => value).join('');
    const reads = [get('r1', '', 50, 51), get('r1', all, 60, 61)];
    expect(word(check(history(...unanswered, ...reads)))).to.equal('pass');
    const back = get('r2', '', 70, 71);
    expect(word(check(history(...unanswered, ...reads, back)))).to.equal('stale-read');
  });

  it('is not lost among thirty equal appends that were never answered', () => {
    const unanswered = Array.from({ length: 30 }, (_, at) => open(append(`c${at}`, 'a', at, 99)));
    const reads = [get('r1', 'a'.repeat(30), 100, 101)];
    expect(word(check(history(...unanswered, ...reads)))).to.equal('pass');
    const tooMany = get('r1', 'a'.repeat(31), 100, 101);
    expect(word(check(history(...unanswered, tooMany)))).to.equal('duplicate-append');
  });

  it('passes 1,500 operations on a register of five values, with writes that were never answered', () => {
    expect(word(check(busyRegister({ operations: 1_500, clients: 10, values: 5 })))).to.equal(
      'pass',
    );
    expect(word(check(busyRegister({ operations: 1_500, clients: 50, values: 5 })))).to.equal(
      'pass',
    );
  });

  it('refuses the same register for one read of a value that had been overwritten', () => {
    const operations = busyRegister({ operations: 1_500, clients: 10, values: 5 });
    const quiet = (operations.at(-1)?.callMs ?? 0) + 1_000;
    const late = history(
      put('w', 'old', quiet, quiet + 1),
      put('w', 'new', quiet + 2, quiet + 3),
      get('r', 'old', quiet + 4, quiet + 5),
    ).map((operation) => ({ ...operation, id: operations.length + operation.id }));
    const finding = check([...operations, ...late]);
    expect(word(finding)).to.equal('lost-acknowledged-write');
    expect(coreIds(finding)).to.deep.equal([1_500, 1_501, 1_502]);
  });

  it('refuses the same register for values that change more often than writes were left unanswered', () => {
    const operations = busyRegister({ operations: 1_500, clients: 10, values: 5 });
    const quiet = (operations.at(-1)?.callMs ?? 0) + 1_000;
    const reads = Array.from({ length: 100 }, (_, at) =>
      get('r', `${at % 5}`, quiet + 2 * at, quiet + 2 * at + 1),
    );
    const finding = check([
      ...operations,
      ...history(...reads).map((read) => ({ ...read, id: operations.length + read.id })),
    ]);
    expect(finding.verdict).to.equal('fail');
  });

  it('stops in time on a register that it cannot decide', () => {
    const operations = busyRegister({ operations: 3_000, clients: 80, values: 30 });
    const startMs = performance.now();
    const budget = { timeMs: 300, states: 2_000_000 };
    const finding = linearizability.check(operations, { timeline: [], budget });
    expect(finding).to.include({ verdict: 'unknown', cause: 'budget-exhausted' });
    expect(performance.now() - startMs).to.be.lessThan(3_000);
  });
});
