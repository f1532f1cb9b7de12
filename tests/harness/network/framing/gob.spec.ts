/** Values of encoding/gob, as Go wrote them and as nobody would. */

import { expect } from 'chai';
import type { Limits } from '../../../../harness/network/framing/gob/decode-values.js';
import { createDictionary } from '../../../../harness/network/framing/gob/dictionary.js';
import { decodeStream } from '../../../../harness/network/framing/gob/stream.js';
import { RECORDED_VALUES } from './recordings.js';

const LIMITS: Limits = { values: 10_000, depth: 32, textBytes: 4_096 };

const decode = (bytes: Buffer, limits = LIMITS) => decodeStream(bytes, createDictionary(), limits);

function streamOf(name: string): Buffer {
  const found = RECORDED_VALUES.find((recording) => recording.name === name);
  if (found === undefined) throw new Error(`no recording is called ${name}`);
  return found.stream;
}

/** A message behind its length. */
function message(...bytes: number[]): Buffer {
  return Buffer.from([bytes.length, ...bytes]);
}

/** The signed number that a byte can hold, such as that of a type. */
const signed = (value: number) => (value < 0 ? (-value * 2 - 2) | 1 : value * 2);

/** A type's number that no type of Go's has. */
const OWN = 50;

/** Defines type `OWN` as a slice of elements of another type. */
function sliceOf(element: number): Buffer {
  return message(signed(-OWN), 2, 1, 2, signed(OWN), 0, 1, signed(element), 0, 0);
}

describe('the decoder of gob', () => {
  for (const { name, stream, values } of RECORDED_VALUES) {
    it(`reads ${name}`, () => {
      expect(decode(stream)).to.deep.equal({ values, problem: undefined });
      expect(JSON.parse(JSON.stringify(decode(stream).values))).to.deep.equal(values);
    });
  }

  it('gives what was readable of every cut stream, and says of a part that it is one', () => {
    for (const { name, stream, values } of RECORDED_VALUES) {
      let whole = 0;
      for (let length = 1; length <= stream.length; length++) {
        const { values: read, problem } = decode(stream.subarray(0, length));
        if (problem === undefined) whole = read.length;
        else expect(problem, `${name}, ${length}`).to.be.oneOf(['cut', 'continued']);
        expect(read.slice(0, whole), `${name}, ${length}`).to.deep.equal(values.slice(0, whole));
        expect(read.length).to.be.within(whole, whole + 1);
      }
      expect(whole).to.equal(values.length);
    }
  });

  it('gives the fields before a cut, and does not take those behind it for zero', () => {
    const stream = streamOf('structs in structs');
    const { values, problem } = decode(stream.subarray(0, stream.length - 3));
    expect(values).to.deep.equal([
      { Inner: { Name: 'n', Count: 9 }, Empty: { Name: '', Count: 0 }, After: 'e' },
    ]);
    expect(problem).to.equal('cut');
    expect(decode(stream.subarray(0, stream.length - 6)).values).to.deep.equal([
      { Inner: { Name: 'n', Count: 9 }, Empty: { Name: '', Count: 0 } },
    ]);
  });

  describe('on streams that no Go program writes', () => {
    it('believes no length', () => {
      const huge = [0xf8, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
      expect(decode(Buffer.from([...huge, 0, 1]))).to.deep.equal({
        values: [],
        problem: 'unreadable',
      });
      const billions = [0xfc, 0x7f, 0xff, 0xff, 0xff];
      expect(decode(message(signed(6), 0, ...billions, 0x61))).to.deep.equal({
        values: ['a'],
        problem: 'cut',
      });
      const list = Buffer.concat([sliceOf(2), message(signed(OWN), 0, ...billions, 2, 4)]);
      expect(decode(list)).to.deep.equal({ values: [[1, 2]], problem: 'cut' });
    });

    it('ends in a list that contains lists of itself', () => {
      const deep = Array.from({ length: 100 }, () => 1);
      const stream = Buffer.concat([sliceOf(OWN), message(signed(OWN), 0, ...deep)]);
      const { values, problem } = decode(stream);
      expect(problem).to.equal('limit');
      expect(JSON.stringify(values)).to.match(/^\[{33}"… 1 more"\]{33}$/);
    });

    it('shows no more values than the limit, and how many there are', () => {
      const stream = streamOf('lists');
      const { values, problem } = decode(stream, { ...LIMITS, values: 3 });
      expect(problem).to.equal('limit');
      expect(values).to.deep.equal([{ Numbers: [1, '… 2 more'] }]);
    });

    it('counts the zero fields of structs among the values', () => {
      // A slice of a struct with three fields, each element of which is one byte long.
      const fields = ['a', 'b', 'c'].flatMap((name) => [1, 1, name.charCodeAt(0), 1, 4, 0]);
      const struct = message(signed(-51), 3, 1, 2, signed(51), 0, 1, 3, ...fields, 0, 0);
      const zeros = Array.from({ length: 100 }, () => 0);
      const list = Buffer.concat([struct, sliceOf(51), message(signed(OWN), 0, 100, ...zeros)]);
      expect(decode(list).values[0]).to.have.lengthOf(100);
      const { values, problem } = decode(list, { ...LIMITS, values: 40 });
      expect(problem).to.equal('limit');
      expect(values[0]).to.have.lengthOf.within(10, 12);
    });

    it('says that a type is unknown, or described by nonsense', () => {
      expect(decode(message(signed(40), 0, 1)).problem).to.equal('unreadable');
      const nonsense = message(signed(-OWN), 9, 9, 9);
      expect(decode(Buffer.concat([nonsense, message(signed(OWN), 0, 1)]))).to.deep.equal({
        values: [],
        problem: 'unreadable',
      });
    });

    it('keeps the first of two definitions of a type', () => {
      const stream = Buffer.concat([sliceOf(2), sliceOf(6), message(signed(OWN), 0, 1, 6)]);
      expect(decode(stream)).to.deep.equal({ values: [[3]], problem: undefined });
    });
  });
});
