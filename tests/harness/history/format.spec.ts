import { expect } from 'chai';
import * as fc from 'fast-check';
import { readHistory, writeHistory } from '../../../harness/history/format.js';
import { HistoryFormatError } from '../../../harness/history/history-format-error.js';
import { append, get, history, open, put } from './operations.js';

const HEADER = '{"format":"pblab/history/1"}';
const GET = '"client":"c1","op":"get","key":"k"';

function line(id: number, rest: string): string {
  return `{"id":${id},${rest}}`;
}

function complaint(text: string): HistoryFormatError {
  try {
    readHistory(text);
  } catch (error) {
    if (error instanceof HistoryFormatError) return error;
    throw error;
  }
  throw new Error('the text was read without a complaint');
}

describe('history format', () => {
  it('writes a header and an operation a line', () => {
    const text = writeHistory(history(put('c1', 'a', 0, 1.5), open(append('c2', 'b', 1, 2))));
    expect(text.split('\n')).to.deep.equal([
      '{"format":"pblab/history/1","operations":2}',
      '{"id":0,"client":"c1","op":"put","key":"k","value":"a","callMs":0,"returnMs":1.5,"outcome":"ok"}',
      '{"id":1,"client":"c2","op":"append","key":"k","value":"b","callMs":1,"outcome":"indefinite"}',
      '',
    ]);
  });

  it('reads what it wrote, whatever the values are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (values) => {
        const operations = history(
          ...values.map((value, at) => put('c1', value, at, at + 0.5)),
          open(get('c2', '', 0, 1)),
        );
        expect(readHistory(writeHistory(operations))).to.deep.equal(operations);
      }),
      { numRuns: 300 },
    );
  });

  it('lets a client go on after an operation that was never answered', () => {
    const operations = history(open(put('c1', 'a', 0, 1)), get('c1', 'a', 5, 6));
    expect(readHistory(writeHistory(operations))).to.deep.equal(operations);
  });

  const FIRST =
    '"client":"c1","op":"write","key":7,"value":2,"callMs":0,"returnMs":9,"outcome":"ok"';
  const SECOND = '"client":"c1","op":"read","key":7,"value":null,"callMs":9,"outcome":"indefinite"';
  const read = [
    { id: 0, client: 'c1', op: 'put', key: '7', value: '2', callMs: 0, returnMs: 9, outcome: 'ok' },
    { id: 1, client: 'c1', op: 'get', key: '7', callMs: 9, outcome: 'indefinite' },
  ];

  it('reads operations without a header, as lines or as an array', () => {
    expect(readHistory(`{${FIRST}}\n{${SECOND}}\n`)).to.deep.equal(read);
    expect(readHistory(`[{${FIRST}},{${SECOND}}]`)).to.deep.equal(read);
    expect(readHistory(`[\n {${FIRST}},\n {${SECOND}}\n]\n`)).to.deep.equal(read);
  });

  it('lets a client go on at the time at which it was answered, however coarse times are', () => {
    const operations = history(put('c1', 'a', 5, 8), get('c1', '', 5, 5), get('c1', '', 5, 5));
    expect(readHistory(writeHistory(operations))).to.deep.equal(operations);
  });

  const WHOLE = `${GET},"callMs":0,"outcome":"indefinite"`;
  const BAD: [name: string, text: string, line: number, words: string][] = [
    ['an empty text', '', 1, 'got an empty text'],
    ['something else', 'hello\n', 1, 'expected a header'],
    ['a log of another kind', '\n; x\nhello\nworld', 3, 'operations, got hello'],
    ['another version', '{"format":"pblab/history/9"}\n', 1, 'pblab/history/9'],
    ['a line that is no JSON', `${HEADER}\n\n{"id":`, 3, 'expected one JSON object'],
    ['a list', `${HEADER}\n[1]`, 2, 'expected an object'],
    ['an object of another kind', '{"a":1}', 1, 'an object that describes an operation'],
    ['an array with a mistake', `[{${GET}},\n{"id" 1}]`, 2, 'got {"id" 1}'],
    ['an array without an end', `[\n{${GET}}`, 2, 'a closing bracket'],
    ['an array with more behind it', `[]\n[]`, 2, 'nothing after the array'],
    ['an array that a brace closes', '[\n}', 2, 'expected'],
    ['operations that a brace closes', `[{${WHOLE}}}`, 1, 'bracket'],
    ['an object that a bracket closes', `[{"id":[1]\n]]`, 2, 'a closing brace'],
    ['a plain value in an array', `[{${WHOLE}},\n\n 5,\n{${WHOLE}}]`, 3, 'expected an object'],
    ['a plain value at a line end', `[{${WHOLE}}\n,5\n, 6\n]`, 2, 'expected an object'],
    ...['#_ [', '#_ ', '[', '#tag ', '#tag #_ ', '^{', '#{', '^#_ {'].flatMap(
      (nested): [string, string, number, string][] => [
        [`endless ${nested}`, nested.repeat(20_000), 1, 'expected'],
        [`endless ${nested} in a map`, `{:value\n${nested.repeat(20_000)}`, 2, 'expected'],
      ],
    ),
    [
      'a value that is no text',
      `${HEADER}\n{"client":"c1","op":"put","key":"k","value":1.5}`,
      2,
      '1.5',
    ],
    ['a missing field', `${HEADER}\n{"id":0}`, 2, '"client" to be a name, got none'],
    [
      'an unknown operation',
      `${HEADER}\n${line(0, '"client":"c1","op":"cas","key":"k","callMs":0,"outcome":"ok"')}`,
      2,
      '"op" to be one of get, put, append, puthash, got "cas"',
    ],
    [
      'an unknown field',
      `${HEADER}\n${line(0, `${GET},"callMs":0,"outcome":"indefinite","size":3`)}`,
      2,
      'no other field',
    ],
    [
      'a time that is no number',
      `${HEADER}\n${line(0, `${GET},"callMs":"0","outcome":"indefinite"`)}`,
      2,
      '"callMs" to be a number of ms',
    ],
    [
      'a whole time that a double cannot hold',
      `${HEADER}\n${line(0, `${GET},"callMs":1732900000000000001,"outcome":"indefinite"`)}`,
      2,
      '"callMs" to be a number of ms that a double can hold, such as ms since the start of the run, got 1732900000000000001',
    ],
    [
      'a fraction that a double cannot hold, in an array',
      `[\n${line(0, `${GET},"callMs":0,"returnMs" : 1732900000000.00001,"outcome":"ok"`)}\n]`,
      2,
      '"returnMs" to be a number of ms that a double can hold, such as ms since the start of the run, got 1732900000000.00001',
    ],
    [
      'a put without a value',
      `${HEADER}\n${line(0, '"client":"c1","op":"put","key":"k","callMs":0,"outcome":"indefinite"')}`,
      2,
      'a "value" for the put',
    ],
    [
      'an ok without an end',
      `${HEADER}\n${line(0, `${GET},"callMs":0,"outcome":"ok"`)}`,
      2,
      'returnMs',
    ],
    [
      'an end before the call',
      `${HEADER}\n${line(0, `${GET},"callMs":3,"returnMs":2,"outcome":"ok"`)}`,
      2,
      '"returnMs" not before "callMs" 3, got 2',
    ],
    [
      'an id given twice',
      `${HEADER}\n${line(0, `${GET},"callMs":0,"returnMs":1,"outcome":"ok"`)}\n${line(0, `${GET},"callMs":2,"returnMs":3,"outcome":"ok"`)}`,
      3,
      'id 0, as on line 2',
    ],
    [
      'a client with two operations under way',
      `${HEADER}\n${line(0, `${GET},"callMs":0,"returnMs":5,"outcome":"ok"`)}\n${line(1, `${GET},"callMs":2,"returnMs":3,"outcome":"ok"`)}`,
      3,
      'one operation of a client at a time',
    ],
    [
      'a file that was cut',
      '{"format":"pblab/history/1","operations":2}\n',
      1,
      'expected 2 operations',
    ],
  ];

  for (const [name, text, at, words] of BAD) {
    it(`complains about ${name}`, () => {
      const error = complaint(text);
      expect(error.message).to.include(words);
      expect(error.line).to.equal(at);
    });
  }

  it('survives a line of 100 MB and shows a short part of it', () => {
    const error = complaint(`${HEADER}\n"${'x'.repeat(100_000_000)}`);
    expect(error.line).to.equal(2);
    expect(error.message.length).to.be.lessThan(200);
    expect(error.got).to.match(/^"x+… \(100,000,001 bytes\)$/);
  });
});
