import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readLines } from '../../../../grader/campaign/journal/read-lines.js';
import { withFolder } from '../../support.js';

function linesOf(file: string) {
  const descriptor = openSync(file, 'r');
  try {
    return [...readLines(descriptor)];
  } finally {
    closeSync(descriptor);
  }
}

describe('reading line by line', () => {
  it('gives every line with its end, however long the lines are', () =>
    withFolder((folder) => {
      const file = join(folder, 'lines');
      // More than one chunk, and characters of several bytes across every border.
      const lines = [1, 0, 700_000, 3, 1_500_000, 20].map((length) => '€'.repeat(length));
      const text = lines.map((line) => `${line}\n`).join('');
      writeFileSync(file, text);
      const read = linesOf(file);
      expect(read.map((one) => one.text)).to.deep.equal(lines);
      expect(read.every(({ isEnded }) => isEnded)).to.be.true;
      expect(read.at(-1)?.end).to.equal(Buffer.byteLength(text));
      expect(read[0]?.end).to.equal(4);
    }));

  it('tells a last line that has no end, and finds none in an empty file', () =>
    withFolder((folder) => {
      const file = join(folder, 'lines');
      writeFileSync(file, 'a\nb');
      expect(linesOf(file)).to.deep.equal([
        { text: 'a', isEnded: true, end: 2 },
        { text: 'b', isEnded: false, end: 3 },
      ]);
      writeFileSync(file, '');
      expect(linesOf(file)).to.deep.equal([]);
    }));
});
