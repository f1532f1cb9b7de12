/** The lines that are found in a stream, however it comes. */

import { expect } from 'chai';
import { createLineScanner } from '../../../harness/printed/line-scanner.js';

/** The lines found in these chunks; after one that holds "more", the next is wanted too. */
function found(...chunks: readonly (string | Buffer)[]): string[] {
  const lines: string[] = [];
  const scanner = createLineScanner({
    pattern: /EOF|^start/gm,
    onLine(line) {
      lines.push(line);
      return line.includes('more');
    },
  });
  for (const chunk of chunks) scanner.take(Buffer.from(chunk));
  return lines;
}

describe('the scanner of output', () => {
  it('finds lines of interest among others', () => {
    expect(found('a\nan EOF\nb\nEOF again\n\nc\n')).to.deep.equal(['an EOF', 'EOF again']);
  });

  it('finds them wherever a stream is cut', () => {
    const text = 'first\nan EOF here\nnot at the start\nstart of it\nlast\n';
    for (let at = 0; at <= text.length; at++) {
      expect(found(text.slice(0, at), text.slice(at)), `cut at ${at}`).to.deep.equal([
        'an EOF here',
        'start of it',
      ]);
    }
    expect(found(...text.split(''))).to.deep.equal(['an EOF here', 'start of it']);
  });

  it('gives the lines after one that wants them', () => {
    expect(found('start more\nx more\n', 'y\nz\n')).to.deep.equal(['start more', 'x more', 'y']);
  });

  it('waits for the end of a line, and looks at a very long one without it', () => {
    expect(found('EOF')).to.deep.equal([]);
    const [long = ''] = found(`EOF ${'x'.repeat(70_000)}`, 'y\n');
    expect(long).to.have.lengthOf(70_004);
  });

  it('leaves the text as it was printed', () => {
    expect(found('schlüssel → EOF 😀\n')).to.deep.equal(['schlüssel → EOF 😀']);
    const bytes = Buffer.from('schlüssel EOF\n');
    expect(found(bytes.subarray(0, 5), bytes.subarray(5))).to.deep.equal(['schlüssel EOF']);
  });
});
