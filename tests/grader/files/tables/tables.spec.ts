import { expect } from 'chai';
import * as fc from 'fast-check';
import { decodeText, encodeText, type Encoding } from '../../../../grader/files/tables/encoding.js';
import { separatorOf, startOf } from '../../../../grader/files/tables/separator.js';

const ENCODINGS: Encoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'];

describe('the encoding of a table', () => {
  for (const encoding of ENCODINGS) {
    it(`is found, and what is written back is the same: ${encoding}`, () => {
      const mark = encoding.startsWith('utf-16') ? '\uFEFF' : '';
      const text = `${mark}name;Bewertung\r\nZoë “Müller” €;12,5\r\n`;
      const { bytes, lost } = encodeText(text, encoding);
      expect(lost).to.deep.equal([]);
      expect(decodeText(bytes)).to.deep.equal({ text, encoding });
    });
  }

  it('is UTF-16 without a mark where every other byte of the header is zero', () => {
    for (const encoding of ['utf-16le', 'utf-16be'] as const) {
      const { bytes } = encodeText('name,id\n', encoding);
      expect(decodeText(bytes)?.encoding).to.equal(encoding);
    }
  });

  it('is none of them where a byte has no meaning', () => {
    expect(decodeText(Buffer.from([0x61, 0x81]))).to.equal(undefined);
    expect(decodeText(Buffer.from([0x61, 0xff, 0x00, 0x62]))).to.equal(undefined);
  });

  it('leaves every byte as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const decoded = decodeText(bytes);
        if (decoded === undefined) return;
        const again = encodeText(decoded.text, decoded.encoding);
        expect([...again.bytes]).to.deep.equal([...bytes]);
      }),
    );
  });

  it('says which characters it does not have', () => {
    const { bytes, lost } = encodeText('a ≥ b ≥ c', 'windows-1252');
    expect(bytes.toString('latin1')).to.equal('a ? b ? c');
    expect(lost).to.deep.equal(['≥']);
  });
});

describe('the separator of a table', () => {
  for (const [header, separator] of [
    ['name,id', ','],
    ['Name;ID;E-Mail, privat', ';'],
    ['name\tid\t"a,b,c,d"', '\t'],
    ['\uFEFF\n"a;b;c",id', ','],
    ['sep=;\r\na,b;c', ';'],
    ['one', ','],
  ] as const) {
    it(`is found in ${JSON.stringify(header)}`, () => {
      expect(separatorOf(`${header}\n1,2;3\n`)).to.equal(separator);
    });
  }

  it('may be declared in a line before the header', () => {
    const text = 'sep=;\r\na;b\r\n';
    expect(text.slice(startOf(text))).to.equal('a;b\r\n');
  });
});
