/** Which errors are recognised in what programs print, and how many of them are kept. */

import { expect } from 'chai';
import { readPhrase } from '../../../harness/printed/phrases.js';
import { collectErrors } from '../../../harness/printed/printed-errors.js';

describe('a printed connection error', () => {
  const known: [string, object][] = [
    ['unexpected EOF', { phrase: 'unexpected EOF' }],
    ['call PBServer.Forward: unexpected EOF (retry)', { phrase: 'unexpected EOF' }],
    ['connection reset by peer', { phrase: 'connection reset by peer' }],
    [
      'read unix ->pb2: read: connection reset by peer',
      { phrase: 'connection reset by peer', peer: 'pb2' },
    ],
    ['Error: read ECONNRESET', { phrase: 'connection reset by peer' }],
    [
      'call: write unix @->/var/tmp/pb2: write: broken pipe',
      { phrase: 'broken pipe', peer: 'pb2' },
    ],
    ['broken pipe', { phrase: 'broken pipe' }],
    ['Error: write EPIPE', { phrase: 'broken pipe' }],
    ['connection is shut down', { phrase: 'connection is shut down' }],
    ['rpc: gob: type mismatch: no fields matched', { phrase: 'gob error' }],
    ['dial unix pb2: connect: connection refused', { phrase: 'connection refused', peer: 'pb2' }],
    [
      'dial unix /var/tmp/vs: connect: no such file or directory',
      { phrase: 'no such socket', peer: 'vs' },
    ],
    ['Error: connect ECONNREFUSED pb2', { phrase: 'connection refused', peer: 'pb2' }],
    ['pb2: backup.forward to pb1 failed: ENOENT', { phrase: 'no such socket', peer: 'pb1' }],
    ['clerk: kv.get to pb1 failed: end of stream before the reply', { phrase: 'unexpected EOF' }],
    ['Error: connect ENOENT ./pb1', { phrase: 'no such socket', peer: 'pb1' }],
  ];
  for (const [line, printed] of known) {
    it(`is read from "${line}"`, () => {
      expect(readPhrase(line)).to.deep.equal(printed);
    });
  }

  it('is not read from other lines', () => {
    for (const line of ['EOF', 'dial unix pb2', 'bigob: no', 'EPIPELINE', 'connect E']) {
      expect(readPhrase(line), line).to.equal(undefined);
    }
  });
});

describe('the errors of a process', () => {
  it('are all counted, and kept from the beginning and the end', () => {
    const errors = collectErrors();
    for (let n = 0; n < 10_000; n++) errors.add(`${n} unexpected EOF`, n);
    errors.add('broken pipe', 10_000);
    expect([...errors.counts]).to.deep.equal([
      ['unexpected EOF', 10_000],
      ['broken pipe', 1],
    ]);
    const times = errors.kept.map(({ atMs }) => atMs);
    expect(times.length).to.be.within(500, 900);
    expect(times.slice(0, 100)).to.deep.equal(Array.from({ length: 100 }, (_, n) => n));
    expect(times.slice(-400)).to.deep.equal(Array.from({ length: 400 }, (_, n) => 9601 + n));
  });

  it('are kept with a line of bearable length', () => {
    const errors = collectErrors();
    errors.add(`unexpected EOF ${'x'.repeat(10_000)}`, 1);
    expect(errors.kept[0]?.line).to.have.lengthOf(200);
  });
});
