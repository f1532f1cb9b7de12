import { expect } from 'chai';
import { appendNeedsAKey } from '../../reference/mutants/store/append-needs-a-key.js';
import { emptyKeyRefused } from '../../reference/mutants/store/empty-key-refused.js';
import { firstHashIsTheValue } from '../../reference/mutants/store/first-hash-is-the-value.js';
import { fixedBuffer } from '../../reference/mutants/store/fixed-buffer.js';
import { hashWithoutCollisions } from '../../reference/mutants/store/hash-without-collisions.js';
import { ignoresEmptyValues } from '../../reference/mutants/store/ignores-empty-values.js';
import { keysCutAt256 } from '../../reference/mutants/store/keys-cut-at-256.js';
import { signedHash } from '../../reference/mutants/store/signed-hash.js';
import { trimsValues } from '../../reference/mutants/store/trims-values.js';
import { valueComputedOnArrival } from '../../reference/mutants/store/value-computed-on-arrival.js';
import { OK, ask, brief } from './recorded-network.js';
import { Bench } from './server-bench.js';

describe('mutants of the store', () => {
  it('append-needs-a-key drops the first append', () => {
    const bench = Bench.alone(appendNeedsAKey);
    expect(brief(bench.append('a', 1))).to.deep.equal(['{}']);
    expect(brief(bench.get())).to.deep.equal(['{"value":""}']);
  });

  it('ignores-empty-values keeps what "" was written over', () => {
    const bench = Bench.alone(ignoresEmptyValues);
    bench.update('put', 'a', 1);
    expect(brief(bench.update('put', '', 2))).to.deep.equal(['{}']);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a"}']);
  });

  it('trims-values loses the spaces around a value', () => {
    const bench = Bench.alone(trimsValues);
    bench.update('put', ' a b\n', 1);
    expect(brief(bench.get())).to.deep.equal(['{"value":"a b"}']);
  });

  it('fixed-buffer cuts a long value off', () => {
    const bench = Bench.alone(fixedBuffer);
    bench.update('put', 'x'.repeat(65_537), 1);
    expect(brief(bench.get())).to.deep.equal([JSON.stringify({ value: 'x'.repeat(65_536) })]);
  });

  it('hash-without-collisions lets keys share a place once there are many', () => {
    const { server } = Bench.alone(hashWithoutCollisions);
    const keys = Array.from({ length: 240 }, (_, n) => `key ${n}`);
    for (const [n, key] of keys.entries()) {
      ask(server, 'kv.update', { op: 'put', key, value: key, client: 'c', sequence: n + 1 });
    }
    const kept = keys.filter(
      (key) => brief(ask(server, 'kv.get', { key }))[0] === JSON.stringify({ value: key }),
    );
    expect(kept.length).to.be.above(50).and.at.most(128);
  });

  it('value-computed-on-arrival loses one of two updates that come together', () => {
    const bench = Bench.paired(valueComputedOnArrival);
    bench.append('b', 2);
    bench.append('c', 1, 'other');
    bench.forward.answer(OK);
    bench.forward.answer(OK);
    const read = bench.get();
    bench.forward.answer(OK);
    expect(brief(read)).to.deep.equal(['{"value":"ac"}']);
  });

  it('signed-hash writes the sign of a hash that has none', () => {
    const bench = Bench.alone(signedHash);
    bench.update('puthash', 'a', 1);
    // FNV-1a of "a" is 3826002220.
    expect(brief(bench.get())).to.deep.equal(['{"value":"-468965076"}']);
  });

  it('empty-key-refused refuses "" as a key', () => {
    const { server } = Bench.alone(emptyKeyRefused);
    expect(brief(ask(server, 'kv.get', { key: '' }))).to.deep.equal(['bad-params']);
  });

  it('keys-cut-at-256 makes one key of two', () => {
    const { server } = Bench.alone(keysCutAt256);
    const key = 'x'.repeat(256);
    ask(server, 'kv.update', { op: 'put', key: `${key}1`, value: 'a', client: 'c', sequence: 1 });
    expect(brief(ask(server, 'kv.get', { key: `${key}2` }))).to.deep.equal(['{"value":"a"}']);
  });

  it('first-hash-is-the-value hashes only from the second puthash on', () => {
    const bench = Bench.alone(firstHashIsTheValue);
    bench.update('puthash', 'a', 1);
    expect(brief(bench.update('puthash', 'b', 2))).to.deep.equal(['{"value":"a"}']);
    // FNV-1a of "ab" is 1294271946.
    expect(brief(bench.get())).to.deep.equal(['{"value":"1294271946"}']);
  });
});
