/** Dumps of stacks as a hostile program may print them. */

import { expect } from 'chai';
import { blocksFrom, linesOfDump } from '../../../../harness/printed/stacks/dump-lines.js';

const isStart = (line: string) => line.startsWith('thread');

describe('the blocks of a dump', () => {
  it('end at an empty line or at the next one', () => {
    const lines = ['before', 'thread 1', 'a', 'b', '', 'between', 'thread 2', 'c', 'thread 3', 'd'];
    expect(blocksFrom(lines, isStart)).to.deep.equal([
      ['thread 1', 'a', 'b'],
      ['thread 2', 'c'],
      ['thread 3', 'd'],
    ]);
  });

  it('are as many and as long as a person can read, whatever was printed', () => {
    const many = Array.from({ length: 100_000 }, () => 'thread');
    expect(blocksFrom(many, isStart)).to.have.length(2000);
    expect(blocksFrom(['thread', ...many.map(() => 'a')], isStart)[0]).to.have.length(200);
    expect(linesOfDump(' '.repeat(10_000_000))).to.deep.equal([' '.repeat(500)]);
  });
});
