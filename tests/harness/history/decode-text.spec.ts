import { expect } from 'chai';
import { decodeHistory } from '../../../harness/history/decode-text.js';
import { HistoryFormatError } from '../../../harness/history/history-format-error.js';

const TEXT = '{"format":"pblab/history/1"}\r\n; ä €';

const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('encoding of a history', () => {
  const same: [name: string, bytes: Buffer][] = [
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-16, low byte first, with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
    ['UTF-16, low byte first', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16, high byte first, with a mark', bigEndian(`\uFEFF${TEXT}`)],
    ['UTF-16, high byte first', bigEndian(TEXT)],
  ];
  for (const [name, bytes] of same) {
    it(`reads ${name}`, () => {
      expect(decodeHistory(bytes)).to.equal(TEXT);
    });
  }

  it('reads nothing as an empty text', () => {
    expect(decodeHistory(Buffer.alloc(0))).to.equal('');
  });

  it('says in which line something else begins', () => {
    const bytes = Buffer.from('{\n"a"\n"\u00e4"', 'latin1');
    expect(() => decodeHistory(bytes))
      .to.throw(HistoryFormatError, 'line 3: expected text, got bytes that are not UTF-8')
      .with.property('line', 3);
  });
});
